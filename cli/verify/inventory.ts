import { Inventory, type Item } from "../../policies/inventory";
import type { Recorded } from "../stack";
import { type Drift, observe } from "./drift";
import type { Properties, Reading } from "./reading";

/** A resource that AWS holds otherwise than the last update left it, or not at all. */
export interface Drifted {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly gone: boolean;
  readonly drift: readonly Drift[];
}

/** The stack as AWS holds it, and where that differs from what was asked for. */
export interface Held {
  readonly items: readonly Item[];
  readonly drifted: readonly Drifted[];
  /** What the provider reads of each resource now, by URN. */
  readonly outputs: ReadonlyMap<string, Properties>;
}

/**
 * Rebuilds the inventory from what AWS answers: links and protection from the state, inputs from the reading. What is gone is no
 * part of it, so that whatever relied on it is judged without it.
 */
export function held(recorded: readonly Recorded[], readings: ReadonlyMap<string, Reading>): Held {
  const seen = recorded.map((resource) => ({ resource, reading: readings.get(resource.urn) }));
  const gone = ({ resource, reading }: (typeof seen)[number]): boolean =>
    resource.custom && reading !== undefined && reading.now === undefined;

  const drifted = seen.flatMap((one): Drifted[] => {
    const { urn, type, name } = one.resource;
    if (gone(one)) return [{ urn, type, name, gone: true, drift: [] }];
    const drift = one.reading === undefined ? [] : observe(one.reading).drift;
    return drift.length === 0 ? [] : [{ urn, type, name, gone: false, drift }];
  });
  return {
    items: seen.filter((one) => !gone(one)).map(({ resource, reading }) => item(resource, reading)),
    drifted,
    outputs: new Map(seen.map(({ resource, reading }) => [resource.urn, reading?.now?.outputs ?? resource.outputs])),
  };
}

/** The inventory that the whole catalogue judges, with whatever else was found in the account. */
export function inventory({ items }: Held, others: readonly Item[], today: string): Inventory {
  return new Inventory([...items, ...others], today);
}

function item({ urn, type, name, protect, custom, ...state }: Recorded, reading: Reading | undefined): Item {
  const outputs = reading?.now?.outputs ?? state.outputs;
  const inputs = reading === undefined ? state.inputs : observe(reading).inputs;
  const ids = [state.id, outputs["arn"], outputs["keyId"]].filter((id) => typeof id === "string");
  return {
    urn,
    type,
    name,
    inputs,
    protect,
    custom,
    ids,
    dependencies: state.dependencies,
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([property, urns]) => [property, urns ?? []]),
    ),
  };
}
