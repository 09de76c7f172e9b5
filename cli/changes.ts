import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { ROOT } from "./checkout";

const FOLDER = join(ROOT, "examples", "changes");

/** What carries tags is so much that a row says it in these words. */
export const TAGGED = "everything with tags";

const resources = z.array(z.string()).default([]);

const change = z.strictObject({
  /** The change, as the end of "what happens when …". */
  change: z.string(),
  /** What is written into the blueprint: maps are merged, lists and values replaced, null takes an option away (RFC 7396). */
  write: z.record(z.string(), z.unknown()),
  /** Which example is changed. */
  of: z.enum(["production", "development"]).default("production"),
  /** A control that a waiver sets aside. */
  waived: z.string().optional(),
  create: resources,
  update: z.union([resources, z.literal(TAGGED)]).default([]),
  replace: resources,
  delete: resources,
  /** Whether only what the stack tells other stacks changes. */
  tells: z.boolean().default(false),
  /** Who refuses the change (controls, or `configuration` for the program itself), and with which words. */
  refused: z.strictObject({ by: z.array(z.string()).min(1), says: z.string() }).optional(),
  /** What people and pods notice. */
  notice: z.string(),
  /** Whether the test also applies it and asks for a second preview without changes. */
  applied: z.boolean().default(false),
});

/** One line of configuration that changes, and all that it does. */
export type Change = z.infer<typeof change>;

/** Every change that is promised to do this and nothing else, by the file it stands in. */
export function readChanges(): ReadonlyMap<string, readonly Change[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));
  return new Map(
    files.map((file) => [
      file.replace(/\.yaml$/, ""),
      z.array(change).parse(parse(readFileSync(join(FOLDER, file), "utf8"))),
    ]),
  );
}

const HEAD = `# What a change does

<!-- Written by \`npm run generate\` from examples/changes; do not edit. -->

What one changed line of a cluster's configuration creates, updates, replaces and deletes, and what people notice. Each row is tried on the
real engine against the twin; \`production\` is [examples/production](../examples/production), \`development\` a cluster of two zones that says
nothing else. Nothing protected goes without being asked: such a change is refused before anything happens, with the words shown here.
\`npm run preview -- <stack>\` shows the same for yours.`;

/** The page for platform engineers who fear diffs. */
export function renderChanges(): string {
  const sections = [...readChanges()].map(([noun, rows]) => {
    const lines = rows.map(
      (row) =>
        `| ${row.change} | \`${written(row)}\` | ${row.refused ? refusal(row.refused) : effects(row)} | ${row.notice} |`,
    );
    return [`## ${noun.charAt(0).toUpperCase()}${noun.slice(1)}`, "", ...HEADER, ...lines].join("\n");
  });
  return `${[HEAD, ...sections].join("\n\n")}\n`;
}

const HEADER = ["| change | written | does | noticed |", "| --- | --- | --- | --- |"];

function written({ write }: Change): string {
  const line = stringify(write, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true }).trim();
  return line.replace(/^\{ (.*) \}$/s, "$1").replaceAll("|", "\\|");
}

function refusal({ by, says }: NonNullable<Change["refused"]>): string {
  const judges = by.map((id) => (id === "configuration" ? "the configuration's rules" : `\`${id}\``));
  return `**refused** by ${judges.join(", ")}: “${says}”`;
}

function effects(row: Change): string {
  const parts = (["create", "update", "replace", "delete"] as const).flatMap((op) => {
    const what = row[op];
    if (what.length === 0) return [];
    return [`${op}s ${typeof what === "string" ? what : listed(what)}`];
  });
  const waiver = row.waived === undefined ? [] : [`needs a waiver of \`${row.waived}\``];
  return [...waiver, ...parts, ...(row.tells ? ["changes what the stack tells other stacks"] : [])].join("; ");
}

/** The longest list that a cell of a table shows in full. */
const SHOWN = 8;

function listed(all: readonly string[]): string {
  const more = all.length - SHOWN;
  return more > 0 ? `${all.slice(0, SHOWN).join(", ")} and ${more} more` : all.join(", ");
}
