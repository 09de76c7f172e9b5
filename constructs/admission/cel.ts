/** A list of texts as CEL writes it. Only texts without quotes and backslashes come here, which is checked where they come in. */
export function texts(list: readonly string[]): string {
  return `[${list.map(text).join(", ")}]`;
}

/**
 * One text as CEL writes it.
 *
 * @throws Error for what would end the text early
 */
export function text(value: string): string {
  if (/["\\\r\n]/.test(value)) throw new Error(`"${value}" holds a quote, a backslash or a line break; rename it`);
  return `"${value}"`;
}

/** Whether the requester is in one of the groups. */
export function inGroups(groups: readonly string[]): string {
  return `has(request.userInfo.groups) && request.userInfo.groups.exists(g, g in ${texts(groups)})`;
}

/**
 * Whether two objects are the same but for the named fields. It goes over the fields that are there, not over a list of known ones, so a
 * field that a later Kubernetes adds is compared from its first day. The API server hands both objects over as plain maps (`object` is
 * declared `dyn` and converted by ToUnstructured); `dyn` says so to the type checker, which would know the kind's schema.
 */
export function sameBut(fields: readonly string[], now: string, before: string): string {
  const one = (a: string, b: string, then: string) =>
    `dyn(${a}).all(k, k in ${texts(fields)} || (k in dyn(${b})${then}))`;
  return `${one(now, before, ` && dyn(${now})[k] == dyn(${before})[k]`)} && ${one(before, now, "")}`;
}
