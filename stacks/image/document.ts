import { stringify } from "yaml";

import type { Item, Topic } from "./items/item";
import { LIBRARY, LIBRARY_PATH, PREAMBLE } from "./items/library";

/** One step: its script runs as root in bash, once, and a code other than 0 ends the build: AWSTOE's own defaults. */
interface Step {
  readonly name: string;
  readonly action: "ExecuteBash";
  readonly timeoutSeconds: number;
  readonly inputs: { readonly commands: readonly string[] };
}

/**
 * A component document of AWSTOE (EC2 Image Builder User Guide, "Use the AWSTOE component document framework for custom
 * components").
 */
interface ComponentDocument {
  readonly name: string;
  readonly description: string;
  readonly schemaVersion: "1.0";
  readonly phases: readonly { readonly name: "build" | "validate" | "test"; readonly steps: readonly Step[] }[];
}

/** What Image Builder takes of a document that is given inline. */
export const MOST_CHARACTERS = 16_000;

/** The component that makes a topic so, and sees on the spot that it is so. */
export function buildDocument({ name, description, items }: Topic): string {
  return render({
    name,
    description,
    schemaVersion: "1.0",
    phases: [
      { name: "build", steps: steps(items, ({ apply }) => apply) },
      { name: "validate", steps: steps(items, ({ validate }) => validate) },
    ],
  });
}

/**
 * The component that tests a topic on a machine started from the finished image. It is one of its own, because a
 * component that runs in the test stage must have no other phase than `test` (the guide, "Manage components").
 */
export function testDocument({ name, description, items }: Topic): string {
  return render({
    name: `${name}-test`,
    description,
    schemaVersion: "1.0",
    phases: [{ name: "test", steps: steps(items, tested) }],
  });
}

/** What is looked at on the booted machine: the files again, where `exit 0` ends only that half, and what they led to. */
function tested({ validate, running }: Item): string {
  return running === undefined ? validate : `( ${validate}\n)\n${running}`;
}

/** Each phase brings the words of its scripts along: nothing is left over from another, least of all in the image. */
function steps(items: readonly Item[], script: (item: Item) => string): readonly Step[] {
  const library = `cat > ${LIBRARY_PATH} <<'END'\n${LIBRARY}END\n`;
  return [step("prepare", library), ...items.map((item) => step(item.id, `${PREAMBLE}\n${script(item)}\n`))];
}

function step(name: string, script: string): Step {
  return { name, action: "ExecuteBash", timeoutSeconds: 600, inputs: { commands: [script] } };
}

function render(document: ComponentDocument): string {
  // AWSTOE would read `{{ … }}` as a reference to another step; anchors would make the text shorter and harder to read.
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, blockQuote: "literal" });
}
