import type { World } from "../../behaviour";
import { accountOf } from "../arn";
import type { Statement } from "./document";

/**
 * The first principal of these statements that does not exist, as AWS's errors quote it (IAM user guide, "Invalid
 * principal in policy"). Federated principals and conditions are not looked up; roles of other accounts are out of sight.
 */
export function unknownPrincipal(world: World, statements: readonly Statement[]): string | undefined {
  const principals = statements.flatMap((statement) => statement.principals);
  const bad = principals.find(({ kind, name }) => {
    if (kind === "Service") return !/^[a-z0-9.-]+\.(amazonaws\.com|aws\.internal)$/.test(name);
    return kind === "AWS" && !exists(world, name);
  });
  return bad && `"${bad.kind.toUpperCase()}":"${bad.name}"`;
}

function exists(world: World, name: string): boolean {
  if (name === "*" || name === world.caller.principal || /^\d{12}$/.test(name)) return true;
  const account = accountOf(name);
  if (account === undefined) return false;
  // Roles of IAM Identity Center (aws-reserved) are nothing a program makes, so the account cannot know them.
  if (
    account !== world.accountId ||
    name.endsWith(":root") ||
    !name.includes(":role/") ||
    name.includes(":role/aws-reserved/")
  )
    return true;
  return ROLES.some((token) => world.findBy(token, "arn", name) !== undefined);
}

const ROLES = ["aws:iam/role:Role", "aws:iam/serviceLinkedRole:ServiceLinkedRole"];
