import { hold } from "../../twin/iam/condition";
import { carried } from "../../twin/iam/context";
import { like } from "../../twin/iam/pattern";

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
      [one.Action].flat().some((pattern) => like(pattern, action)) &&
      about(one, resource) &&
      hold(one.Condition ?? {}, carried(context)) === true,
  );
}

function about({ Resource, NotResource }: Statement, resource: string): boolean {
  if (NotResource !== undefined) return ![NotResource].flat().some((pattern) => like(pattern, resource));
  return [Resource ?? []].flat().some((pattern) => like(pattern, resource));
}
