import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Change, TAGGED } from "../../../cli/changes";
import { called } from "../../../cli/component";
import { type Events, readEvents, type Step } from "../../../cli/event";
import { Ending, EXIT } from "../../../cli/exit";
import { gateUpdate } from "../../../cli/gate";
import type { Refused } from "../../../cli/teardown";
import { type Base, changed, STACK } from "./base";

/** What a preview said of a change, in the form of a row. */
export interface Answer extends Events {
  readonly create: readonly string[];
  readonly update: readonly string[] | typeof TAGGED;
  readonly replace: readonly string[];
  readonly delete: readonly string[];
  /** Who refused it; nobody when it may be applied. */
  readonly by: readonly string[];
  readonly message: string;
  /** Whether an `up` would follow. */
  readonly hasChanges: boolean;
}

/** Previews a change as `npm run preview` does: engine, policy pack, guard. */
export async function previewed(base: Base, row: Change, slug: string): Promise<Answer> {
  const { place, configFile } = changed(base, row, slug);
  const gate = await gateUpdate(place, { stack: STACK, configFile }).then(
    ({ hasChanges }) => ({ by: [], message: "", hasChanges }),
    (error: unknown) => ({ ...refusal(error), hasChanges: false }),
  );
  const events = readEvents(join(place.logs, `${STACK}.preview.events.jsonl`));
  const of = (op: string) =>
    events.steps
      .filter((step) => step.op === op && isResource(step))
      .map(called)
      .toSorted();
  const update = of("update");
  const isTags = tagged(base).every((name) => update.includes(name)) && update.length === tagged(base).length;
  return {
    ...{ ...events, ...gate },
    ...{ create: of("create"), replace: of("replace"), delete: of("delete") },
    update: isTags ? TAGGED : update,
  };
}

/** What the base recorded with tags of the provider's. */
function tagged({ ground }: Base): readonly string[] {
  const { resources } = JSON.parse(readFileSync(ground.account, "utf8")) as {
    resources: { urn?: string; type: string; properties: Record<string, unknown> }[];
  };
  return resources.flatMap(({ urn, type, properties }) =>
    urn !== undefined && properties["tagsAll"] !== undefined ? [called({ urn, type })] : [],
  );
}

function isResource({ type }: Step): boolean {
  return type.startsWith("aws:");
}

function refusal(error: unknown): Pick<Answer, "by" | "message"> {
  if (!(error instanceof Ending)) throw error;
  if (error.code === EXIT.usage) return { by: ["configuration"], message: error.message };
  const refused = (error.details["refused"] ?? []) as readonly Refused[];
  return { by: [...new Set(refused.map(({ control }) => control))].toSorted(), message: error.message };
}
