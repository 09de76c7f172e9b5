type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether an EventBridge rule with this pattern hears of an event, so that a control can ask of the thing and not of how
 * it is written. Knows exact values, `prefix`, `anything-but`, `exists` and `$or` (Amazon EventBridge user guide,
 * "Comparison operators"); a pattern with any other operator matches nothing here, since that cannot be told.
 */
export function hears(pattern: string | undefined, event: Fields): boolean {
  const parsed: unknown = JSON.parse(pattern ?? "{}");
  return isFields(parsed) && matches(parsed, [event]);
}

/** An event's object may stand in a list: then one of the list is enough. */
function matches(pattern: Fields, among: readonly unknown[]): boolean {
  const entries = Object.entries(pattern);
  // EventBridge refuses an object that says nothing.
  if (entries.length === 0) return false;
  return entries.every(([key, wanted]) => {
    if (key === "$or") return listOf(wanted).some((one) => isFields(one) && matches(one, among));
    const found = among
      .filter(isFields)
      .map((one) => one[key])
      .flatMap((one) => (one === undefined ? [] : listOf(one)));
    if (Array.isArray(wanted))
      return wanted.some((one) =>
        comes(
          one,
          found.filter((value) => !isFields(value)),
        ),
      );
    return isFields(wanted) && matches(wanted, found);
  });
}

function comes(wanted: unknown, found: readonly unknown[]): boolean {
  if (!isFields(wanted)) return found.includes(wanted);
  const { exists, prefix, "anything-but": but } = wanted;
  if (exists !== undefined) return found.length > 0 === exists;
  if (typeof prefix === "string") return found.some((one) => typeof one === "string" && one.startsWith(prefix));
  if (but !== undefined) return found.some((one) => !listOf(but).includes(one));
  return false;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
