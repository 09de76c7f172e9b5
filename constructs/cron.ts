const SHORTHAND = /^@(?:hourly|daily|weekly|monthly|yearly)$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Minute, hour, day of the month, month, day of the week, as Kubernetes reads them (robfig/cron v3: Sunday is 0, never 7). */
const FIELDS: readonly { readonly from: number; readonly to: number; readonly names?: readonly string[] }[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: MONTHS },
  { from: 0, to: 6, names: DAYS },
];

/**
 * Answers a schedule that Kubernetes understands.
 *
 * @throws Error for another number of fields, and for moments that never come
 */
export function cron(schedule: string): string {
  const fields = schedule.split(" ");
  const known = SHORTHAND.test(schedule) || (fields.length === FIELDS.length && fields.every(moments));
  if (known) return schedule;
  throw new Error(
    `schedule must be five fields of cron, got "${schedule}"; write for example 0 3 * * * for three o'clock every night`,
  );
}

function moments(field: string, index: number): boolean {
  return field.split(",").every((part) => {
    const [, range = "", step = "1"] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    if (range === "*") return Number(step) > 0;
    const [first, last = first, ...more] = range.split("-").map((text) => moment(text, index));
    return more.length === 0 && first !== undefined && last !== undefined && first <= last;
  });
}

/** The number of a moment, or nothing where the field has no such moment. */
function moment(text: string, index: number): number | undefined {
  const { from = 0, to = 0, names = [] } = FIELDS[index] ?? {};
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + from : /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= from && value <= to ? value : undefined;
}
