import { existsSync, readFileSync } from "node:fs";

import picomatch from "picomatch";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";

import type { Verdict } from "./verdict";

const waiver = z.strictObject({
  /** The control that is set aside. */
  control: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)+$/, "must be a control's id, such as cluster-private-endpoint"),
  /** Logical name, `type::name` or URN of the resource; `*` and `?` stand for any characters. */
  resource: z.string().refine((pattern) => pattern.replace(/[*?\s]/g, "").length >= 2, {
    error: "must name a resource; a lone wildcard would set the control aside everywhere",
  }),
  /** The stack it holds for; every stack when absent. */
  stack: z.string().min(1).optional(),
  owner: z.string().min(3, "must name a person or a team"),
  reason: z.string().min(15, "must say why in at least 15 characters"),
  /** The last day on which it holds. */
  expiry: z.iso.date("must be a day written as YYYY-MM-DD"),
});

const file = z.strictObject({ waivers: z.array(waiver) });

/** An exception: which control, for which resource, who answers for it, why, and until when. */
export type Waiver = z.infer<typeof waiver>;

/** Waivers with the day they are read on, the stack they are read for, and all ids they may name. */
export interface InForce {
  readonly waivers: readonly Waiver[];
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly stack?: string;
  /** Every id a waiver may name: the catalogue's and the guard's. */
  readonly ids: ReadonlySet<string>;
}

/** Reads a waiver file; one that does not exist holds no waivers. */
export function readWaivers(path: string): Waiver[] {
  return existsSync(path) ? parseWaivers(readFileSync(path, "utf8"), path) : [];
}

/** Parses waivers; throws one error that lists every fault as `file:line:column: path: what is wrong`. */
export function parseWaivers(text: string, path: string): Waiver[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new Error(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join("\n"));
  }

  const content: unknown = document.toJS() ?? { waivers: [] };
  const parsed = file.safeParse(content);
  if (parsed.success) return parsed.data.waivers;
  throw new Error(
    parsed.error.issues
      .map(({ path: keys, message }) => `${at(offsetOf(document, keys))}: ${keys.join(".") || "file"}: ${message}`)
      .join("\n"),
  );
}

/** The waiver that holds today for this verdict, if any. */
function waiverFor({ control, resource }: Pick<Verdict, "control" | "resource">, all: InForce): Waiver | undefined {
  const callsigns = [resource.name, `${resource.type}::${resource.name}`, resource.urn];
  return all.waivers.find(
    (one) =>
      one.control === control &&
      one.expiry >= all.today &&
      (one.stack === undefined || one.stack === all.stack) &&
      callsigns.some((callsign) => matches(one.resource, callsign)),
  );
}

/**
 * Sets aside what a waiver speaks for, and adds what is wrong with the waivers themselves. Only waivers of the ids judged
 * here can be called unused: those of the guard are for another judge.
 */
export function waive(verdicts: readonly Verdict[], all: InForce, judged: ReadonlySet<string>): Verdict[] {
  const used = new Set<Waiver>();
  const applied = verdicts.map((verdict): Verdict => {
    if (verdict.verdict !== "violation" && verdict.verdict !== "undetermined") return verdict;
    const found = waiverFor(verdict, all);
    if (found === undefined) return verdict;
    used.add(found);
    return { ...verdict, verdict: "waived", waiver: found };
  });
  return [...applied, ...all.waivers.flatMap((one) => faultOf(one, all, judged, used))];
}

function faultOf(one: Waiver, all: InForce, judged: ReadonlySet<string>, used: ReadonlySet<Waiver>): Verdict[] {
  if (!all.ids.has(one.control)) {
    return [fault("waiver-known-control", one, `no control is called "${one.control}"`, "correct the control's id")];
  }
  if (!judged.has(one.control) || (one.stack !== undefined && one.stack !== all.stack)) return [];
  if (one.expiry < all.today) {
    const message = `the waiver of ${one.control} ended on ${one.expiry}, so the control applies again`;
    return [
      fault("waiver-in-force", one, message, "mend the resource, then remove the waiver or renew it with its reason"),
    ];
  }
  if (used.has(one)) return [];
  return [fault("waiver-used", one, `the waiver of ${one.control} sets nothing aside`, "remove the waiver")];
}

function fault(control: string, one: Waiver, message: string, fix: string): Verdict {
  return {
    control,
    verdict: "violation",
    severity: "low",
    resource: { urn: "waivers", name: one.resource, type: "waiver" },
    message,
    why: "an exception that nobody needs or nobody renewed hides the next real one",
    fix,
  };
}

function matches(pattern: string, callsign: string): boolean {
  // `bash` lets a star cross slashes, which URNs are full of.
  return pattern === callsign || picomatch.isMatch(callsign, pattern, { bash: true, dot: true, nonegate: true });
}

function offsetOf(document: ReturnType<typeof parseDocument>, keys: readonly PropertyKey[]): number {
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(keys.slice(0, depth), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}
