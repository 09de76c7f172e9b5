import facts from "../../facts/managed-policies.json";
import type { Identity } from "../../twin/iam/caller";
import type { Role } from "../../twin/iam/holdings";
import { document } from "./document";

/** What AdministratorAccess holds, and what has to be assumed of a policy that nobody knows. */
export const EVERYTHING = document({ Action: "*", Resource: "*" });

const policies = facts.policies as Readonly<Record<string, { readonly document: object }>>;

/** The text of a policy that AWS keeps, undefined when facts/managed-policies.json does not have it. */
function textOf(arn: string): string | undefined {
  const found = policies[arn.replace(/^arn:aws:iam::aws:policy\/(service-role\/)?/, "")];
  return found && JSON.stringify(found.document);
}

/** The managed policies whose text is unknown though nothing else bounds the role. */
export function unknownPolicies({ managed, boundary }: Role): readonly string[] {
  return boundary?.document === undefined ? managed.filter((arn) => textOf(arn) === undefined) : [];
}

/** A role as a caller with all its policies. What is unknown counts as everything, so that only a boundary holds it. */
export function identityOf({ arn, own, managed, boundary }: Role): Identity {
  return {
    arn,
    policies: [...own.map((policy) => policy.document), ...managed.map((each) => textOf(each) ?? EVERYTHING)],
    ...(boundary?.document === undefined ? {} : { boundary: boundary.document }),
  };
}
