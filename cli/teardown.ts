import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMap, isScalar, parse, parseDocument } from "yaml";
import type { Verdict } from "../policies/verdict";
import type { Recorded } from "./stack";

const BLUEPRINT = "bulwark:blueprint";

/** Who takes a cluster down, why, and until when the permission lasts. */
export interface Teardown {
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/** One line of `bulwark.waivers.yaml`. */
export interface WaiverLine {
  readonly control: string;
  readonly resource: string;
  readonly stack: string;
  readonly owner: string;
  readonly reason: string;
  readonly expiry: string;
}

/** The block in a stack's configuration that lets what is protected go; undefined without one. */
export function readTeardown(configFile: string): Teardown | undefined {
  if (!existsSync(configFile)) return undefined;
  const file = parse(readFileSync(configFile, "utf8")) as {
    config?: Record<string, { teardown?: Teardown } | undefined>;
  };
  return file.config?.[BLUEPRINT]?.teardown;
}

/** Writes the block into a configuration; comments and order of the file stay. */
export function addTeardown(configFile: string, teardown: Teardown): void {
  const document = parseDocument(readFileSync(configFile, "utf8"));
  document.setIn(["config", BLUEPRINT, "teardown"], document.createNode(teardown));
  // A bare day is a timestamp to the engine's YAML reader.
  const until = document.getIn(["config", BLUEPRINT, "teardown", "until"], true);
  if (isScalar(until)) until.type = "QUOTE_DOUBLE";
  writeFileSync(configFile, document.toString());
}

/** The block as a person types it. */
export function teardownLines({ reason, by, until }: Teardown): string {
  const lines = [`teardown:`, `  reason: ${reason}`, `  by: ${by}`, `  until: "${until}"`];
  return lines.map((line) => `    ${line}`).join("\n");
}

/** What was refused: by which control, for which resource. */
export type Refused = Pick<Verdict, "control" | "resource">;

/**
 * The waivers without which the teardown's preview or its destroy is refused: one for each control and resource, however
 * many sentences the control has about it, since a second one would set nothing aside.
 */
export function waiversFor(refused: readonly Refused[], { reason, by, until }: Teardown, stack: string): WaiverLine[] {
  const lines = refused.map(({ control, resource }) => ({
    control,
    resource: `${resource.type}::${resource.name}`,
    stack,
    owner: by,
    reason,
    expiry: until,
  }));
  return [...new Map(lines.map((line) => [`${line.control} ${line.resource}`, line])).values()];
}

/** Adds waivers to the file. */
export function addWaivers(file: string, waivers: readonly WaiverLine[]): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const written = parseDocument(text);
  // A file that grants nothing may be empty, or hold an empty list.
  const document = isMap(written.contents) ? written : parseDocument("waivers: []\n");
  const { waivers: before } = document.toJS() as { readonly waivers?: readonly unknown[] | null };
  document.set("waivers", document.createNode([...(before ?? []), ...waivers]));
  writeFileSync(file, document.toString());
}

/** The waivers as a person types them. */
export function waiverLines(waivers: readonly WaiverLine[]): string {
  return waivers
    .map(({ control, resource, stack, owner, reason, expiry }) =>
      [
        `  - control: ${control}`,
        `    resource: "${resource}"`,
        `    stack: ${stack}`,
        `    owner: ${owner}`,
        `    reason: ${reason}`,
        `    expiry: "${expiry}"`,
      ].join("\n"),
    )
    .join("\n");
}

/** The resources that the engine refuses to delete as the state stands now. */
export function protectedOnes(resources: readonly Recorded[]): Recorded[] {
  return resources.filter(({ protect }) => protect);
}
