import { breakGlassArn, ofIdentityCenter } from "../../identity/name";
import type { Path } from "../problem";
import type { ClusterBlueprint } from "../schema";
import { accountOf } from "./access";
import { present, repeated, type Findings, type Partly } from "./rule";

const PATH = ["identity", "breakGlass"];

/** The role is either made here, and then it is said for whom, or it exists, and then its trust is somebody else's. */
export function* breakGlass(blueprint: Partly<ClusterBlueprint>): Findings {
  const { account, access, cluster, identity } = blueprint;
  const [named, said] = [access?.breakGlass, identity?.breakGlass];
  if (named?.includes("*"))
    yield {
      path: ["access", "breakGlass"],
      allowed: "the whole ARN of one role: the access entry that lets it into the cluster takes no `*`",
      fix: "write the role's name to its end",
    };
  if (said !== undefined) yield* principals(said, blueprint);
  if (account === undefined || cluster?.name === undefined || named === undefined) return;

  const ours = breakGlassArn({ account, cluster: { name: cluster.name } });
  if (named === ours && said === undefined)
    yield {
      path: ["access", "breakGlass"],
      allowed: "the role that this stack makes only together with identity.breakGlass, which says who may become it",
      fix: "write identity: { breakGlass: { principals: [arn:aws:iam::111122223333:role/security-on-call] } }",
    };
  if (named !== ours && said !== undefined)
    yield {
      path: PATH,
      got: `identity.breakGlass beside access.breakGlass: ${named}`,
      allowed: "identity.breakGlass only for the role that this stack makes; any other has a trust of its own already",
      fix: `remove it, or write breakGlass: ${ours} under access`,
    };
}

type Said = NonNullable<Partly<ClusterBlueprint["identity"]>["breakGlass"]>;

function* principals(
  { principals: list, mfa }: Said,
  { account, identity, environment }: Partly<ClusterBlueprint>,
): Findings {
  const all = present(list);
  const developers = environment === "production" ? present(identity?.roles?.developer) : [];
  for (const [index, arn] of all) {
    const path: Path = [...PATH, "principals", index];
    if (account !== undefined && accountOf(arn) !== account)
      yield {
        path,
        allowed: `a role or user of the blueprint's own account ${account}`,
        fix: `name one of account ${account}`,
      };
    if (developers.some(([, role]) => role === arn))
      yield {
        path,
        allowed: "somebody other than the developers, who only read in production",
        fix: "name a role of those on call",
      };
    if (mfa?.checkedBy === "aws" && ofIdentityCenter(arn))
      yield {
        path,
        allowed:
          "a role or user whose second factor AWS sees; to a session of IAM Identity Center it never gives the MFA key",
        fix: "write mfa: { checkedBy: identity-provider, reason: … }, or name a role that is assumed with an MFA device",
      };
    if (mfa?.checkedBy === "identity-provider" && !ofIdentityCenter(arn))
      yield {
        path,
        allowed:
          "roles of IAM Identity Center alone (role/aws-reserved/sso.amazonaws.com/…): for all others AWS checks",
        fix: "remove mfa, or name a role of IAM Identity Center",
      };
  }
  yield* repeated(all, [...PATH, "principals"], "principal");
}
