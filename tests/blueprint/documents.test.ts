import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { renderSchema } from "../../stacks/blueprint/json-schema";
import { renderReference } from "../../stacks/blueprint/reference";
import { parse } from "yaml";
import { example } from "./stack-file";

const committed = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");
const validate = new Ajv({ strict: true, formats: { email: true }, allErrors: true }).compile(
  JSON.parse(renderSchema()) as object,
);

describe("the editor's schema", () => {
  it("is committed as the blueprint's schema says", () => {
    expect(renderSchema()).toBe(committed("stacks/blueprint/pulumi-stack.schema.json"));
  });

  it.each(["production", "account-111122223333-eu-central-1"])(
    "accepts the example %s, which names it in its first line",
    (stack) => {
      expect(validate(parse(example(stack))) || validate.errors).toBe(true);
      expect(example(stack)).toMatch(
        /^# yaml-language-server: \$schema=\.\.\/\.\.\/stacks\/blueprint\/pulumi-stack\.schema\.json\n/,
      );
    },
  );

  it.each([
    ["an unquoted version", 'version: "1.36"', "version: 1.36"],
    ["an unknown option", "owner:", "ownr:"],
    ["an unknown environment", "environment: production", "environment: prod"],
    ["a misspelt key", "bulwark:blueprint:", "bulwark:blueprnt:"],
    ["a provider's own setting", "config:", "config:\n  aws:region: eu-central-1"],
  ])("underlines %s", (_, from, to) => {
    expect(validate(parse(example("production").replace(from, to)))).toBe(false);
  });

  it("leaves other packages' configuration alone", () => {
    expect(validate(parse(example("production").replace("config:", "config:\n  pulumi:tags: {}")))).toBe(true);
  });

  it("explains every option", () => {
    const silent: string[] = [];
    JSON.parse(renderSchema(), (key, value: unknown) => {
      if (key !== "properties" || typeof value !== "object" || value === null) return value;
      for (const [name, option] of Object.entries(value))
        if (!("description" in (option as object)) && name !== "config") silent.push(name);
      return value;
    });
    expect(silent).toEqual([]);
  });
});

describe("the reference page", () => {
  it("is committed as the blueprint's schema says", () => {
    expect(renderReference()).toBe(committed("docs/configuration.md"));
  });

  it("gives every option a type, a default, what is allowed and an example", () => {
    const options = renderReference().split(/^### /m).slice(1);
    expect(options.length).toBeGreaterThan(40);
    for (const option of options)
      expect(option).toMatch(
        /\*\*Type\*\*: \w.*\n- \*\*Default\*\*: .+\n- \*\*Allowed\*\*: .+\n(- \*\*Protects\*\*: .+\n)?- \*\*Example\*\*: `.+`/,
      );
  });
});
