import { spawnSync } from "node:child_process";

import Ajv from "ajv";
import { parse } from "yaml";

import { buildDocument, MOST_CHARACTERS, testDocument } from "../../stacks/image/document";
import { topics } from "../../stacks/image/items";

interface Step {
  readonly name: string;
  readonly inputs: { readonly commands: readonly string[] };
}
interface Document {
  readonly phases: readonly { readonly name: string; readonly steps: readonly Step[] }[];
}

/**
 * What AWSTOE takes of the fields that we use (EC2 Image Builder User Guide, "Use the AWSTOE component document framework
 * for custom components" and "Action modules supported by AWSTOE component manager").
 */
const SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["schemaVersion", "phases"],
  properties: {
    name: { type: "string", pattern: "^[A-Za-z0-9_-]+$" },
    description: { type: "string", minLength: 1 },
    schemaVersion: { const: "1.0" },
    phases: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "steps"],
        properties: {
          name: { enum: ["build", "validate", "test"] },
          steps: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              additionalProperties: false,
              required: ["name", "action", "inputs"],
              properties: {
                name: { type: "string", pattern: "^[A-Za-z0-9_-]+$" },
                action: { const: "ExecuteBash" },
                timeoutSeconds: { type: "integer", minimum: 1 },
                inputs: {
                  type: "object",
                  additionalProperties: false,
                  required: ["commands"],
                  properties: { commands: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } } },
                },
              },
            },
          },
        },
      },
    },
  },
} as const;
const isDocument = new Ajv({ strict: true }).compile(SCHEMA);

const mirror = "https://mirror.example.com/ubuntu";
const all = (["ubuntu", "al2023"] as const).flatMap((family) =>
  topics({ family, mirror: family === "ubuntu" ? mirror : undefined }).map(
    (topic) => [`${family} ${topic.name}`, topic] as const,
  ),
);
const read = (text: string) => parse(text) as Document;
const steps = (text: string, phase: string) => read(text).phases.find(({ name }) => name === phase)?.steps ?? [];
const names = (found: readonly Step[]) => found.map(({ name }) => name);

describe.each(all)("the components of %s", (_, topic) => {
  const build = buildDocument(topic);
  const test = testDocument(topic);

  it("are documents that AWSTOE takes, each of a length that Image Builder takes inline", () => {
    for (const text of [build, test]) {
      expect({ valid: isDocument(parse(text)), errors: isDocument.errors }).toEqual({ valid: true, errors: null });
      expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    }
  });

  it("build and validate in one, and only test in the other, or the test stage would not run it", () => {
    expect(read(build).phases.map(({ name }) => name)).toEqual(["build", "validate"]);
    expect(read(test).phases.map(({ name }) => name)).toEqual(["test"]);
  });

  it("validate and test everything that they build, step for step", () => {
    const built = names(steps(build, "build"));

    expect(built).toEqual(["prepare", ...topic.items.map(({ id }) => id)]);
    expect(names(steps(build, "validate"))).toEqual(built);
    expect(names(steps(test, "test"))).toEqual(built);
    for (const { validate, apply } of topic.items) expect(validate).not.toBe(apply);
  });

  it("hold scripts that bash can read, and nothing that AWSTOE would take for a reference", () => {
    const scripts = [build, test].flatMap((text) =>
      read(text).phases.flatMap((phase) => phase.steps.flatMap(({ inputs }) => inputs.commands)),
    );
    for (const [index, script] of scripts.entries()) {
      expect(script).not.toContain("{{");
      // Sooner or later a machine that says 194 is started again (AWSTOE's code for "restart me").
      expect(script).not.toMatch(/exit 194/);
      if (index > 0) expect(script.trim()).not.toBe("");
    }
    const together = scripts.map((script) => `(\n${script}\n)`).join("\n");
    expect(spawnSync("bash", ["-n"], { input: together, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});

it("names every item once, and claims no CIS section but those of the kubelet's files", () => {
  for (const family of ["ubuntu", "al2023"] as const) {
    const items = topics({ family, mirror: undefined }).flatMap((topic) => topic.items);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items.length).toBeGreaterThanOrEqual(75);
    expect(items.filter(({ refs }) => refs?.cis !== undefined).map(({ id }) => id)).toEqual(["kubelet-files"]);
  }
});

it("is the same text whenever it is written", () => {
  for (const [, topic] of all) expect(buildDocument(topic)).toBe(buildDocument(topic));
});
