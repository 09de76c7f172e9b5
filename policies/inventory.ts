import type { Token } from "./control";
import { guarded, isUnknown, UnknownValue } from "./unknown";

/** One registered resource as the engine, the twin or an example describes it; inputs are raw and may hold unknowns. */
export interface Item {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  /** For each top-level input the URNs it was computed from; known at preview even where the value is not. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Everything that exists before this resource, `dependsOn` included. */
  readonly dependencies?: readonly string[];
  /** What other resources may call it by, besides its name: id and ARN, once they are known. */
  readonly ids?: readonly string[];
  /** False for components, which exist only in the program. */
  readonly custom?: boolean;
}

/** A resource under judgement: its inputs refuse to be read where they are unknown. */
export interface Subject<Inputs> extends Omit<Item, "inputs"> {
  readonly inputs: Inputs;
}

/** Everything a stack registers, indexed by type, with its links. */
export class Inventory {
  private readonly byType = new Map<string, Item[]>();
  private readonly byUrn = new Map<string, Item>();

  /** `today` (YYYY-MM-DD) is the day that promises with an end are judged on. */
  constructor(
    readonly items: readonly Item[],
    readonly today: string = new Date().toISOString().slice(0, 10),
  ) {
    for (const item of items) {
      this.byUrn.set(item.urn, item);
      this.byType.set(item.type, [...(this.byType.get(item.type) ?? []), item]);
    }
  }

  /** How many resources of a cloud there are: neither components nor Pulumi's own bookkeeping. */
  get scanned(): number {
    return this.items.filter(({ type, custom }) => custom !== false && !/^(pulumi|bulwark):/.test(type)).length;
  }

  /** Every resource of one type. */
  all<Inputs>(token: Token<Inputs>): Subject<Inputs>[] {
    return (this.byType.get(token.type) ?? []).map((item) => subject<Inputs>(item));
  }

  /**
   * The resources of type `to` that an input refers to: by what the engine recorded it was computed from, else by id,
   * ARN or name. A value that is unknown and was computed from nothing of this type cannot be followed and throws. A
   * dotted path looks at one part of an input alone, so that what is unknown beside it does not matter.
   */
  linked<Inputs>(from: Subject<unknown>, property: string, to: Token<Inputs>): Subject<Inputs>[] {
    const [input = ""] = property.split(".");
    const recorded = (from.propertyDependencies[input] ?? [])
      .map((urn) => this.byUrn.get(urn))
      .filter((item) => item?.type === to.type);
    if (recorded.length > 0) return recorded.flatMap((item) => (item === undefined ? [] : [subject<Inputs>(item)]));

    const values = leaves(at(this.byUrn.get(from.urn)?.inputs, property));
    if (values.some(isUnknown)) throw new UnknownValue(property);
    return (this.byType.get(to.type) ?? [])
      .filter((item) => callsigns(item).some((callsign) => values.includes(callsign)))
      .map((item) => subject<Inputs>(item));
  }

  /** The resources of type `from` one of whose inputs `property` refers to this resource. */
  linking<Inputs>(from: Token<Inputs>, property: string, to: Subject<unknown>): Subject<Inputs>[] {
    const itself = { type: to.type } satisfies Token<unknown>;
    return this.all(from).filter((other) => this.linked(other, property, itself).some(({ urn }) => urn === to.urn));
  }

  /** True when the resource is made only after the other one exists. */
  isAfter(resource: Subject<unknown>, other: Subject<unknown>): boolean {
    const before = [...(resource.dependencies ?? []), ...Object.values(resource.propertyDependencies).flat()];
    return before.includes(other.urn);
  }
}

/** A subject for one item; inputs are typed by the token that selected it. */
export function subject<Inputs>(item: Item): Subject<Inputs> {
  return { ...item, inputs: guarded(item.inputs) as Inputs };
}

function callsigns({ inputs, ids }: Item): unknown[] {
  const names = [inputs["name"], inputs["bucket"]].filter((name) => typeof name === "string" && !isUnknown(name));
  return [...names, ...(ids ?? [])];
}

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((inner, part) => (inner as Readonly<Record<string, unknown>> | undefined)?.[part], value);
}

function leaves(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return Object.values(value).flatMap(leaves);
}
