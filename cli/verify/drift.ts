import type { Properties, Reading } from "./reading";

/** One property that AWS holds otherwise than the last update left it. */
export interface Drift {
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
  /** Whether the program asked for it; what it left to AWS may move without anybody's doing (sizes, versions, states). */
  readonly asked: boolean;
}

/** A resource as AWS holds it: what was asked for, with everything that is otherwise in its place. */
export interface Observed {
  readonly inputs: Properties;
  readonly drift: readonly Drift[];
}

/**
 * Puts what AWS answers in the place of what was asked for. What the provider reads now is compared with what it read when the
 * resource was made, not with the program's own words: AWS spells names, ARNs and documents in its own way, and a spelling is no
 * drift. A switch or a number has one spelling only, so there AWS's word counts even where nothing has changed since.
 */
export function observe({ asked, recorded, now }: Reading): Observed {
  if (now === undefined) return { inputs: asked, drift: [] };
  const drift: Drift[] = [];
  return { inputs: overlaid(asked, recorded, now.outputs, "", drift), drift };
}

function overlaid(asked: Properties, recorded: Properties, now: Properties, path: string, drift: Drift[]): Properties {
  const keys = new Set([...Object.keys(asked), ...Object.keys(now)]);
  return Object.fromEntries(
    [...keys].flatMap((key): [string, unknown][] => {
      const here = path === "" ? key : `${path}.${key}`;
      const [want, was, is] = [asked[key], recorded[key], now[key]];
      const isAsked = key in asked;
      if (isBag(want) && isBag(is)) return [[key, overlaid(want, isBag(was) ? was : {}, is, here, drift)]];
      if (sameValue(was, is) && !(isPlain(want) && typeof want === typeof is && want !== is)) {
        return isAsked ? [[key, want]] : [];
      }
      // Some inputs are only the provider's (how to delete, what to wait for): AWS never tells them.
      if (isAsked && is === undefined && was === undefined) return [[key, want]];
      drift.push({ path: here, was: isAsked && isPlain(want) ? want : was, is, asked: isAsked });
      return is === undefined ? [] : [[key, is]];
    }),
  );
}

/** Whether two values mean the same: documents by their content, lists of plain values without their order. */
export function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return sorted(JSON.parse(value) as unknown);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    const inner = value.map(sorted);
    return inner.every((one) => typeof one !== "object" || one === null) ? inner.toSorted() : inner;
  }
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function isBag(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is boolean | number {
  return typeof value === "boolean" || typeof value === "number";
}
