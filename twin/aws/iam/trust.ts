import type { Properties, Stored, World } from "../../behaviour";
import { accountOf } from "../arn";
import { text, texts } from "../property";
import { admitsService, statementsOf } from "./document";

const ROLE = "aws:iam/role:Role";

/** The role with this ARN. */
export const roleByArn = (world: World, arn: string): Stored | undefined => world.findBy(ROLE, "arn", arn);

/**
 * Whether a role lets a service assume it. A condition on the account that calls is judged; one on the resource that calls
 * (`aws:SourceArn`) cannot be, since that resource is often only being made, nor one on the tags of a session, which has
 * them only once a pod asks for credentials.
 */
export function trusts(role: Stored, service: string): boolean {
  const statements = statementsOf(text(role.properties, "assumeRolePolicy")).map((statement) => ({
    ...statement,
    conditions: knownNow(statement.conditions),
  }));
  const account = accountOf(text(role.properties, "arn") ?? "");
  return admitsService(statements, service, "sts:AssumeRole", { "aws:SourceAccount": account });
}

function knownNow(conditions: Properties): Properties {
  const judged = Object.entries(conditions).map(([operator, block]) => {
    const keys = Object.entries(block as Properties).filter(([key]) => !/^aws:(SourceArn$|RequestTag\/)/i.test(key));
    return [operator, Object.fromEntries(keys)] as const;
  });
  return Object.fromEntries(judged);
}

/** The ARNs of the managed policies a role has: attached one by one, or named in the role itself. */
export function managedPolicies(world: World, role: Stored): readonly string[] {
  const attached = world
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(({ inputs }) => text(inputs, "role") === role.id)
    .flatMap(({ inputs }) => texts(inputs, "policyArn"));
  return [...attached, ...texts(role.inputs, "managedPolicyArns")];
}
