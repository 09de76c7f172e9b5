import type { Recorded } from "../../cli/stack";
import { type Held, held } from "../../cli/verify/inventory";
import type { Reading } from "../../cli/verify/reading";

/** A resource of a small stack: what was asked for, and what AWS answers of it now; `undefined`: AWS has it no more. */
export interface Part {
  readonly type: string;
  readonly name?: string;
  readonly id?: string;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly now?: Readonly<Record<string, unknown>> | "gone";
}

/** A stack as it is read back: everything as asked for, unless a part says otherwise. */
export function stackOf(...parts: readonly Part[]): Held {
  const all = parts.map(({ name = "main", ...part }) => ({ ...part, name, urn: urnOf(part.type, name) }));
  const recorded = all.map(({ urn, type, name, id, asked }): Recorded => ({
    urn,
    type,
    name,
    id: id ?? name,
    custom: true,
    protect: true,
    outputs: asked,
    inputs: asked,
    dependencies: [],
    propertyDependencies: {},
  }));
  const readings = all.map(({ urn, type, asked, now = asked }): [string, Reading] => [
    urn,
    { urn, type, asked, recorded: asked, now: now === "gone" ? undefined : { inputs: asked, outputs: now } },
  ]);
  return held(recorded, new Map(readings));
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:production::bulwark::${type}::${name}`;
}
