import { UNKNOWN } from "../../twin/wire";

/** Plain property values as the state keeps them. */
export type Properties = Readonly<Record<string, unknown>>;

/** One resource as a state file records it; what recovery does not look at stays as it is. */
export interface Entry {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  /** True for what was replaced and waits for its deletion. */
  readonly delete?: boolean;
}

/** An operation that a killed engine had begun. */
export interface Pending {
  /** `creating`, `updating`, `deleting`, `reading`, `importing`. */
  readonly type: string;
  readonly resource: Entry;
}

/** A state as `pulumi stack export` writes it. */
export interface Exported {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly Entry[];
    readonly pending_operations?: readonly Pending[];
  };
}

/** A resource that should exist and that the state does not know. */
export interface Wanted extends Entry {
  readonly inputs: Properties;
  /** True when an engine died while it was being created: it may exist. */
  readonly begun: boolean;
}

/** What the account holds, as the provider reads it. */
export interface Held {
  readonly id: string;
  readonly inputs: Properties;
  readonly properties: Properties;
}

/** How the engine's events and the state hide the value of a secret. */
const HIDDEN = /^\[secret\]$|^\[encrypted\]$/;

/**
 * The state with what the account holds put in, as if its creation had been recorded. An earlier resource of the same URN
 * becomes one that was replaced: the next `up` deletes it. What an entry depends on the next `up` records again.
 */
export function adopted(
  exported: Exported,
  finds: readonly { readonly wanted: Wanted; readonly held: Held }[],
): Exported {
  const entries = new Map(finds.map(({ wanted, held }) => [wanted.urn, entryOf(wanted, held)]));
  const replaced: Entry[] = [];
  const resources = (exported.deployment.resources ?? []).map((entry) => {
    const now = entry.delete === true ? undefined : entries.get(entry.urn);
    if (now === undefined) return entry;
    entries.delete(entry.urn);
    replaced.push({ ...entry, delete: true, protect: false });
    return now;
  });
  const whole = [...resources, ...entries.values(), ...replaced];
  return { ...exported, deployment: { ...exported.deployment, resources: whole, pending_operations: [] } };
}

/** The ids that the state knows of a type, those that wait for their deletion too. */
export function knownIds({ deployment }: Exported, type: string): ReadonlySet<string> {
  const ids = (deployment.resources ?? []).flatMap((entry) => (entry.type === type && entry.id ? [entry.id] : []));
  return new Set(ids);
}

/** Outputs that hold a resource's own ARN. */
const ARNS = ["arn", "accessEntryArn", "associationArn", "protectionGroupArn"];

/** Whether the state holds what has this ARN. */
export function isKnown({ deployment }: Exported, arn: string): boolean {
  return (deployment.resources ?? []).some(({ outputs = {} }) => ARNS.some((property) => outputs[property] === arn));
}

function entryOf({ urn, type, inputs, parent, provider, protect, begun }: Wanted, held: Held): Entry {
  return {
    urn,
    custom: true,
    id: held.id,
    type,
    inputs: seen({ urn, inputs, begun }, held.inputs),
    outputs: held.properties,
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider }),
    ...(protect === true && { protect }),
  };
}

/** What the program asks for; where an event hides it, or a preview has made a name up, what the account says. */
function seen(wanted: Pick<Wanted, "urn" | "inputs" | "begun">, held: Properties): Properties {
  const told = Object.entries(wanted.inputs).map(([key, value]) => {
    const isOpen = isHidden(value) || isMadeUp(wanted, value);
    return [key, isOpen ? (held[key] ?? value) : value] as const;
  });
  return Object.fromEntries(told.filter(([, value]) => value !== UNKNOWN));
}

/** The engine names by logical name and seven digits what the program does not name, anew at each preview. */
export function isMadeUp({ urn, begun }: Pick<Wanted, "urn" | "begun">, value: unknown): boolean {
  const name = urn.split("::").at(-1) ?? "";
  return (
    !begun &&
    typeof value === "string" &&
    value.startsWith(`${name}-`) &&
    /^[0-9a-f]{7}$/.test(value.slice(name.length + 1))
  );
}

function isHidden(value: unknown): boolean {
  if (typeof value === "string") return value === UNKNOWN || HIDDEN.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(isHidden);
}

/** True when an input still waits for another resource: the creation cannot have been begun. */
export function waits(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(waits);
}
