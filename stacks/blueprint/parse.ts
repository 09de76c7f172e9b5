import { inspect } from "./inspect";
import { placesIn } from "./place";
import { BlueprintError, locate, type Finding } from "./problem";
import { rules } from "./rules";
import type { PartialBlueprint } from "./rules/rule";
import { blueprint, type Blueprint } from "./schema";
import { foreign } from "./settings";

/** What is known about the configuration besides its value. */
interface Reading {
  /** The stack's file, as error messages name it. */
  readonly file: string;
  /** The file's text; without it errors name the file and no line. */
  readonly source?: string | undefined;
  /** The day on which versions and exceptions are judged, as `2026-11-23`. */
  readonly today: string;
  /** Every configuration key of the stack. @default none besides the blueprint */
  readonly keys?: readonly string[];
  /** True when the value came out of an encrypted entry: none of it is then shown. @default false */
  readonly secret?: boolean;
}

/** Reads a blueprint, or throws one {@link BlueprintError} that names every problem of the file. Pure. */
export function parseBlueprint(value: unknown, { file, source, today, keys = [], secret = false }: Reading): Blueprint {
  const places = placesIn(file, source, secret);
  const findings: Finding[] = foreign(keys);
  const partial = inspect(blueprint, value, [], { findings, places }) as PartialBlueprint | undefined;
  if (partial) findings.push(...rules.flatMap((rule) => [...rule(partial, today)]));
  if (findings.length === 0) return blueprint.parse(value);

  const ordered = findings.toSorted((a, b) => places.order(a.path) - places.order(b.path));
  throw new BlueprintError(
    file,
    ordered.map((finding) => locate(finding, value, places)),
  );
}
