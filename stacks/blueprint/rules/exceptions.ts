import type { Path } from "../problem";
import type { Findings, Rule } from "./rule";

/** A year: what is still needed then deserves to be decided again. */
const LONGEST_DAYS = 365;

/** The day so many days after another. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day on which an exception ends: in the calendar, after today, within a year. */
export function* end(until: string | undefined, path: Path, today: string): Findings {
  if (until === undefined) return;
  const latest = daysAfter(today, LONGEST_DAYS);
  const allowed = `a day from ${daysAfter(today, 1)} to ${latest} that is in the calendar`;
  const moment = Date.parse(until);
  if (Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== until)
    yield { path, allowed, fix: `write a day that exists, for example until: "${daysAfter(today, 30)}"` };
  else if (until <= today) yield { path, allowed, fix: "remove what has ended, or decide it again with a new day" };
  else if (until > latest) yield { path, allowed, fix: `write until: "${latest}" at the latest and decide again then` };
}

/** What is switched off or torn down ends on a real day, within a year. */
export const exceptions: Rule = function* (blueprint, today) {
  if (blueprint.layer === "cluster") yield* end(blueprint.teardown?.until, ["teardown", "until"], today);
  if (blueprint.layer !== "account") return;
  const { ebsEncryption, instanceMetadata, imageBlockPublicAccess } = blueprint;
  for (const [name, setting] of Object.entries({ ebsEncryption, instanceMetadata, imageBlockPublicAccess }))
    if (setting?.managed === "off") yield* end(setting.until, [name, "until"], today);
};
