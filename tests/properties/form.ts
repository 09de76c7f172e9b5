import { z } from "zod";

import { blueprint } from "../../stacks/blueprint/schema";

/** As much of JSON Schema as the blueprint's form uses. */
export interface Form {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Form[];
  readonly anyOf?: readonly Form[];
  readonly properties?: Readonly<Record<string, Form>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Form;
  readonly items?: Form;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * The form of every blueprint that stands on nothing but an account, as whoever writes one sees it: what has a default may be left out. A
 * platform stands on a cluster's outputs.
 */
export const form = onAccounts(z.toJSONSchema(blueprint, { target: "draft-07", io: "input" }) as Form);

function onAccounts(of: Form): Form {
  const layers = alternatives(of) ?? [];
  return { oneOf: layers.filter(({ properties }) => properties?.["layer"]?.const !== "platform") };
}

/** The alternatives of a form that has some. */
export function alternatives({ oneOf, anyOf }: Form): readonly Form[] | undefined {
  return oneOf ?? anyOf;
}

/** The form of each value in a map, where the form is a map. */
export const eachOf = ({ additionalProperties: each }: Form): Form | undefined =>
  typeof each === "object" ? each : undefined;

/** Where the members of an object are found: behind the object's path and, of a variant, what makes it one. */
export function inside(path: string, { properties = {} }: Form): string {
  const [kind] = Object.entries(properties).filter(([, member]) => member.const !== undefined);
  if (kind === undefined || path === "") return path;
  return `${path}<${kind[0]}: ${String(kind[1].const)}>`;
}

/** The path of a member. */
export const member = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

/** Every option that can be said, by path; an enumeration once for each of its words. */
export function options(of: Form, path = ""): readonly string[] {
  const several = alternatives(of);
  if (several !== undefined) return several.flatMap((one) => options(one, path));
  const { properties, items } = of;
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, one]) => options(one, member(inside(path, of), name)));
  const each = eachOf(of);
  if (each !== undefined) return options(each, member(path, "<name>"));
  if (items !== undefined) return options(items, `${path}[]`);
  return words(of).length > 0 ? words(of).map((word) => `${path} = ${String(word)}`) : [path];
}

/** The options that a blueprint says, named as {@link options} names them. */
export function said(value: unknown, of: Form, path = ""): readonly string[] {
  const several = alternatives(of);
  if (several !== undefined) return said(value, several.find((one) => fits(value, one)) ?? {}, path);
  const { properties, items } = of;
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  if (properties !== undefined)
    return entries.flatMap(([name, one]) => said(one, properties[name] ?? {}, member(inside(path, of), name)));
  const each = eachOf(of);
  if (each !== undefined) return entries.flatMap(([, one]) => said(one, each, member(path, "<name>")));
  if (items !== undefined) return (value as unknown[]).flatMap((one) => said(one, items, `${path}[]`));
  return [words(of).length > 0 ? `${path} = ${String(value)}` : path];
}

const words = (of: Form): readonly unknown[] => (of.const === undefined ? (of.enum ?? []) : [of.const]);

function fits(value: unknown, { properties = {} }: Form): boolean {
  const own = (value ?? {}) as Record<string, unknown>;
  return Object.entries(properties).every(([name, one]) => one.const === undefined || own[name] === one.const);
}
