import type { Path } from "../problem";
import type { ClusterBlueprint } from "../schema";
import { accountOf } from "./access";
import { breakGlass } from "./break-glass";
import { present, type Findings, type PartialBlueprint, type Partly, type Rule } from "./rule";

type Identity = Partly<ClusterBlueprint["identity"]>;
type Provider = Identity["provider"];

/** What Kubernetes, EKS ("Create access entries", user names) and this program begin their own names with. */
const RESERVED = ["system:", "eks:", "aws:", "amazon:", "iam:", "arn:", "kubernetes:", "bulwark:"];

/** Claims that EKS compares anyway: requiring them keeps nobody out. */
const EMPTY_CLAIMS = ["iss", "aud", "exp", "iat", "nbf"];

function* issuer(url: string): Findings {
  const path = ["identity", "provider", "issuer"];
  const fix = "write issuer: https://login.example.com";
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || parsed.username !== "" || parsed.password !== "" || /[?#]/.test(url))
    yield { path, allowed: "an https URL without user, query or fragment", fix };
  else if (
    !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(parsed.hostname) ||
    parsed.hostname.endsWith(".internal")
  )
    yield { path, allowed: "the public name of a host: EKS fetches the keys from the internet", fix };
  else if (/^oidc\.eks\./.test(parsed.hostname))
    yield {
      path,
      allowed: "a provider of people: a cluster's own issuer would turn its pods into people",
      fix: "name your company's identity provider",
    };
  else if (url.includes("/.well-known"))
    yield { path, allowed: "the URL above .well-known/openid-configuration", fix: "end it before /.well-known" };
}

function* reserved(prefix: string | undefined, key: string): Findings {
  if (prefix !== undefined && RESERVED.some((taken) => prefix.startsWith(taken)))
    yield {
      path: ["identity", "provider", key],
      allowed: `a prefix that begins with none of ${RESERVED.join(", ")}: their owners give rights to such names`,
      fix: `write ${key}: "oidc:"`,
    };
}

function* provider(said: NonNullable<Provider>): Findings {
  if (said.issuer !== undefined) yield* issuer(said.issuer);
  yield* reserved(said.groupsPrefix, "groupsPrefix");
  if (said.mode !== "create") return;
  yield* reserved(said.usernamePrefix, "usernamePrefix");

  if (said.requiredClaims === undefined) return;
  const path = ["identity", "provider", "requiredClaims"];
  const claims = Object.keys(said.requiredClaims);
  if (!claims.some((name) => !EMPTY_CLAIMS.includes(name)))
    yield {
      path,
      allowed: `at least one claim that tells your people from others; ${EMPTY_CLAIMS.join(", ")} are compared anyway`,
      fix: "write requiredClaims: { hd: example.com }",
    };
  for (const name of claims.filter((one) => !/^[\w.:/-]{1,63}$/.test(one)))
    yield {
      path: [...path, name],
      got: `a claim named ${JSON.stringify(name.slice(0, 80))}`,
      allowed: "names of 1 to 63 letters, digits and _ . : / -",
      fix: "write the claim's name as it stands in the token",
    };
}

/** A role that an access entry admits: of this account, of people, and not one that this program gives to machines. */
function* role(arn: string, path: Path, { account, cluster }: Whose): Findings {
  if (account !== undefined && accountOf(arn) !== account)
    yield {
      path,
      allowed: `a role of the blueprint's own account ${account}`,
      fix: `write the ARN of a role of account ${account}, or correct the account`,
    };
  if (arn.includes(":role/aws-service-role/"))
    yield {
      path,
      allowed: "a role that people or pipelines assume, not one of an AWS service",
      fix: "name another role",
    };
  const own = `:role/bulwark-${cluster?.name ?? ""}-`;
  if (cluster?.name !== undefined && arn.includes(own) && !arn.endsWith(`${own}deployer`))
    yield {
      path,
      allowed: `a role that is not one of the cluster's own (bulwark-${cluster.name}-…)`,
      fix: "name another role",
    };
}

type Whose = Partly<Pick<ClusterBlueprint, "account" | "cluster">>;
type Named<Item> = { readonly path: Path; readonly item: Item }[];

function named(lists: Identity["roles"], path: Path): Named<string> {
  return Object.entries(lists ?? {}).flatMap(([persona, list]) =>
    present(list).map(([index, item]) => ({ path: [...path, persona, index], item })),
  );
}

function* once(all: Named<string>, what: string): Findings {
  for (const [index, { path, item }] of all.entries())
    if (all.slice(0, index).some((earlier) => earlier.item === item))
      yield {
        path,
        allowed: `each ${what} in one place only: nobody is two people`,
        fix: `remove "${item}" here or where it stood before`,
      };
}

function* groups({ groups: lists, groupsPrefix }: NonNullable<Provider>): Findings {
  const all = named(lists, ["identity", "provider", "groups"]);
  for (const { path, item } of all) {
    const prefix = [groupsPrefix, "system:"].find((one) => one !== undefined && item.startsWith(one));
    if (prefix !== undefined)
      yield {
        path,
        allowed: "the group's name at the identity provider, without a prefix",
        fix: `write ${item.slice(prefix.length) || "its name"}`,
      };
  }
  yield* once(all, "group");
}

/** Everybody who gets in is somebody, once, and nobody by a name that belongs to somebody else. */
export const identity: Rule = function* (blueprint: PartialBlueprint) {
  if (blueprint.layer !== "cluster") return;
  const { identity: said = {}, access } = blueprint;
  if (said.provider !== undefined) {
    yield* provider(said.provider);
    yield* groups(said.provider);
  }

  const roles = named(said.roles, ["identity", "roles"]);
  const deployer: Named<string> =
    said.deployer === undefined ? [] : [{ path: ["identity", "deployer"], item: said.deployer }];
  for (const { path, item } of [...roles, ...deployer]) yield* role(item, path, blueprint);
  const reserve: Named<string> = access?.breakGlass === undefined ? [] : [{ path: [], item: access.breakGlass }];
  yield* once([...reserve, ...roles, ...deployer], "role");
  yield* breakGlass(blueprint);
};
