import facts from "../../facts/import-ids.json";
import { UNKNOWN } from "../../twin/wire";
import type { Properties } from "./deployment";

/** How a resource of some type is found in the account when no state knows it. */
interface Way {
  /** Import ids made of inputs, the first whose inputs are all there. */
  readonly key?: readonly string[];
  /** The resource part of an ARN; `*`: the ARN is the import id itself. */
  readonly tag?: string;
  /** The import id, of what the ARN holds and of inputs. */
  readonly as?: string;
  /** Why creating it once more does no harm. */
  readonly again?: string;
  /** Where a person looks. */
  readonly lost?: string;
  /** What AWS does when it is created a second time. */
  readonly twice?: "refused" | "made";
}

/** What a template may name besides inputs. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const ways: Readonly<Record<string, Way | undefined>> = facts.types as Readonly<Record<string, Way>>;

/** A type nobody has written down: a person must look, and it may be made twice. */
const UNKNOWN_TYPE: Way = { lost: "its type has no entry in facts/import-ids.json", twice: "made" };

/** How resources of this type are found. */
export function wayTo(type: string): Way {
  return ways[type] ?? UNKNOWN_TYPE;
}

/** The import id that inputs alone tell; undefined where they do not, or where one of them is not known yet. */
export function keyOf(type: string, inputs: Properties, place: Place): string | undefined {
  const keys = wayTo(type).key ?? [];
  return keys.map((template) => filled(template, { ...inputs, ...at(place) })).find((key) => key !== undefined);
}

/** The import id of the resource with this ARN. */
export function idOfArn(type: string, arn: string, inputs: Properties, place: Place): string | undefined {
  const { tag, as } = wayTo(type);
  if (tag === "*") return arn;
  if (tag === undefined || as === undefined) return undefined;
  const names = [...tag.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pattern = tag.replace(/[.+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "([^/:]+)");
  const captured = new RegExp(`^${pattern}$`).exec(arn.split(":").slice(5).join(":"));
  if (captured === null) return undefined;
  const parts = Object.fromEntries(names.map((name, index) => [name, captured[index + 1]]));
  return filled(as, { ...inputs, ...parts, ...at(place) });
}

function at({ account, region }: Place): Properties {
  return { "@account": account, "@region": region };
}

/** A template with its values; undefined when one is absent, unknown or no plain value. */
function filled(template: string, values: Properties): string | undefined {
  const parts = template.split(/\{([@\w.]+)\}/);
  const texts = parts.map((part, index) => (index % 2 === 0 ? part : plain(values, part)));
  return texts.includes(undefined) ? undefined : texts.join("");
}

function plain(values: Properties, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((inner, key) => (inner as Properties | undefined)?.[key], values);
  if (value === "" || value === UNKNOWN) return undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
