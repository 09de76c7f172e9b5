import { holds, like, many } from "../keys/condition";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One call: what, on what, in which circumstances. */
export interface Deed {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether a document has a statement of this effect about a deed, resources and conditions included. */
export function speaks(document: string, effect: "Allow" | "Deny", { action, resource, context = {} }: Deed): boolean {
  const { Statement: statements } = JSON.parse(document) as { Statement: readonly Statement[] };
  return statements.some(
    (one) =>
      one.Effect === effect &&
      many(one.Action).some((pattern) => like(pattern, action)) &&
      about(one, resource) &&
      Object.entries(one.Condition ?? {}).every(([operator, block]) => holds(operator, block, context)),
  );
}

function about({ Resource, NotResource }: Statement, resource: string): boolean {
  if (NotResource !== undefined) return !many(NotResource).some((pattern) => like(pattern, resource));
  return many(Resource ?? []).some((pattern) => like(pattern, resource));
}
