import * as fc from "fast-check";

import { parseBlueprint } from "../../stacks/blueprint";
import type { Blueprint } from "../../stacks/blueprint/schema";
import { alternatives, eachOf, type Form, form, inside, member } from "./form";
import { settle } from "./settle";
import { names, values } from "./values";

/** The day on which every random blueprint is judged. */
export const TODAY = "2026-11-23";

/** The longest list that is made. */
const LONGEST = 4;

/** Parts of a cluster that cost many resources each and seldom concern each other: as often as a test can afford them. */
const DEAR: ReadonlySet<string> = new Set(["edge", "runner", "images", "karpenter", "tunnel"]);

/** Of so many clusters that could have one of {@link DEAR}, one has it, besides those that say nothing of optional parts. */
const ONE_IN = 3;

/** Blueprints as people write them: of every layer, each option said or left out, and every one of them accepted. */
export const blueprints = every(DEAR);

/** The same with all parts as often as any other, for looking at what is drawn without making it. */
export const fullBlueprints = every(new Set());

function every(seldom: ReadonlySet<string>): fc.Arbitrary<unknown> {
  return fc
    .oneof(
      { weight: 1, arbitrary: layer("account", seldom) },
      { weight: 1, arbitrary: layer("state", seldom) },
      { weight: 18, arbitrary: layer("cluster", seldom) },
    )
    .map((raw) => settle(structuredClone(raw) as never))
    .filter(isAccepted);
}

/** The blueprint as the program reads it. */
export function parsed(raw: unknown): Blueprint {
  return parseBlueprint(raw, { file: "Pulumi.random.yaml", today: TODAY });
}

function isAccepted(raw: unknown): boolean {
  try {
    parsed(raw);
    return true;
  } catch {
    return false;
  }
}

function layer(name: string, seldom: ReadonlySet<string>): fc.Arbitrary<unknown> {
  const of = alternatives(form)?.find(({ properties }) => properties?.["layer"]?.const === name);
  if (of === undefined) throw new Error(`the schema has no layer ${name}`);
  return anyOf(of, "").chain((raw) => fewer(raw as object, seldom));
}

/** The same blueprint, mostly without the parts that are to be seldom. */
function fewer(raw: object, seldom: ReadonlySet<string>): fc.Arbitrary<unknown> {
  const present = Object.keys(raw).filter((name) => seldom.has(name));
  const kept = fc.tuple(...present.map(() => fc.nat(ONE_IN - 1).map((turn) => turn === ONE_IN - 1)));
  return kept.map((stays) =>
    Object.fromEntries(Object.entries(raw).filter(([name]) => stays[present.indexOf(name)] ?? true)),
  );
}

/** Anything of this form, from the schema alone unless `values` says what may stand here. */
function anyOf(of: Form, path: string): fc.Arbitrary<unknown> {
  const spelled =
    of.const === undefined
      ? (values[path] ?? values[path.replace(/<\w+: [^>]*>/g, "")] ?? valueNamed(path))
      : undefined;
  if (spelled !== undefined && path !== "") return spelled;

  const several = alternatives(of);
  if (several !== undefined) return fc.oneof(...several.map((one) => anyOf(one, path)));
  if (of.const !== undefined) return fc.constant(of.const);
  if (of.enum !== undefined) return fc.constantFrom(...of.enum);
  if (of.properties !== undefined) return anyObject(of, path);
  if (of.items !== undefined)
    return fc.uniqueArray(anyOf(of.items, `${path}[]`), {
      minLength: of.minItems ?? 0,
      maxLength: Math.min(of.maxItems ?? LONGEST, LONGEST),
    });
  const each = eachOf(of);
  if (each !== undefined && names[path] !== undefined)
    return fc.dictionary(names[path], anyOf(each, member(path, "<name>")), { minKeys: 1, maxKeys: 3 });
  if (of.type === "boolean") return fc.boolean();
  if (of.type === "integer" && of.minimum !== undefined && of.maximum !== undefined)
    return fc.integer({ min: of.minimum, max: of.maximum });
  throw new Error(`nothing says what may stand at ${path}: add one line to tests/properties/values.ts`);
}

function anyObject(of: Form, path: string): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = of;
  const members = Object.entries(properties).map(
    ([name, one]) => [name, anyOf(one, member(inside(path, of), name))] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
}

/** What is meant wherever an option of this name stands: reasons, names and days. */
function valueNamed(path: string): fc.Arbitrary<unknown> | undefined {
  const name = path.split(".").at(-1) ?? "";
  return ["reason", "by", "until"].includes(name) ? values[name] : undefined;
}
