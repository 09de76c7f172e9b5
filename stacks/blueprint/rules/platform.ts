import facts from "../../../facts/images.json";
import { nearest } from "../nearest";
import type { Path } from "../problem";
import type { PlatformBlueprint } from "../schema";
import { accountOf } from "./access";
import { end } from "./exceptions";
import { present, repeated, type Findings, type Partly, type Rule } from "./rule";

type Tenant = Partly<PlatformBlueprint["tenants"][string]>;
type Images = Partly<PlatformBlueprint["images"]>;

const NAMESPACE = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** Namespaces of the cluster itself and of its platform: rules that speak of their pods would suddenly speak of a team's. */
export const RESERVED = [
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "istio-system",
  "istio-cni",
  "istio-ingress",
  "istio-egress",
  "cert-manager",
  "external-secrets",
  "aws-load-balancer-controller",
  "karpenter",
  "falco",
  "falcosidekick",
  "audit",
];

/** Names of subjects of the platform, under which its own objects stand in the stack's state. */
const isReserved = (name: string) =>
  RESERVED.includes(name) || /^(kube|istio|eks|aws|amazon|bulwark|system)-/.test(name);

/** Names that only the cluster or AWS itself answers to; the way out to the internet is none to them. */
const INSIDE = /(^|\.)(local|internal|localhost|localdomain|svc)$/;

/** What Kubernetes, EKS and this program begin their own groups with; the last are the personas' own. */
const OTHERS_GROUPS = /^(system|eks|aws|amazon|iam|arn|kubernetes):/;

function* name(tenant: string): Findings {
  const path = ["tenants", tenant];
  const got = `a tenant named "${tenant.slice(0, 80)}"`;
  if (isReserved(tenant))
    yield {
      path,
      got,
      allowed:
        "names that are no namespace of the cluster itself and do not begin kube-, istio-, eks-, aws- or bulwark-",
      fix: "write the team's own name, for example team-shop",
    };
  else if (!NAMESPACE.test(tenant))
    yield {
      path,
      got,
      allowed: "1 to 63 lower-case letters, digits and dashes, a letter first and no dash last",
      fix: "write a name like team-shop",
    };
}

function* hosts(tenant: string, what: "hosts" | "reaches", list: Tenant["hosts"]): Findings {
  const names = present(list);
  for (const [index, host] of names) {
    const path = ["tenants", tenant, what, index];
    if (host.includes("*"))
      yield {
        path,
        allowed: "names without `*`: a wildcard speaks for names that nobody has thought of yet",
        fix: "write the hosts one by one",
      };
    else if (!HOST.test(host))
      yield {
        path,
        allowed: "a DNS name in lower case without scheme, port, path or final dot; no address",
        fix: `write - ${what === "hosts" ? "shop" : "api"}.example.com`,
      };
    else if (INSIDE.test(host))
      yield {
        path,
        allowed: "a public name: what is inside the cluster or the VPC is reached by a flow, not by the internet",
        fix: `remove "${host}"`,
      };
  }
  yield* repeated(names, ["tenants", tenant, what], "host");
}

function* personas(tenant: string, said: Tenant["personas"]): Findings {
  const seen = new Map<string, string>();
  for (const [persona, list] of Object.entries(said ?? {})) {
    const groups = present(list);
    const path = ["tenants", tenant, "personas", persona];
    for (const [index, group] of groups) {
      yield* person(group, [...path, index]);
      const earlier = seen.get(group);
      if (earlier !== undefined && earlier !== persona)
        yield {
          path: [...path, index],
          allowed: "each group once: rights add up, and who has two personas has the rights of both",
          fix: `remove "${group}" here or from ${earlier}`,
        };
      seen.set(group, persona);
    }
    yield* repeated(groups, path, "group");
  }
}

function* person(group: string, path: Path): Findings {
  if (OTHERS_GROUPS.test(group))
    yield {
      path,
      allowed: "groups of people: what begins system:, eks: or arn: is given rights by others",
      fix: "write a group of the identity provider, for example oidc:shop-developers",
    };
  else if (group.includes("*"))
    yield { path, allowed: "one group by its whole name", fix: "write each group by itself" };
}

function* deployer(tenant: string, said: Tenant["deployer"], others: readonly string[]): Findings {
  const path = ["tenants", tenant, "deployer"];
  if (said?.by === "group" && said.group !== undefined) yield* person(said.group, [...path, "group"]);
  if (said?.by !== "serviceAccount") return;
  if (said.name === "default")
    yield {
      path: [...path, "name"],
      allowed: "an account of its own: every pod of the namespace may get `default`",
      fix: "write the name of the GitOps controller's account",
    };
  if (said.namespace !== undefined && (isReserved(said.namespace) || said.namespace === tenant))
    yield {
      path: [...path, "namespace"],
      allowed:
        "a namespace that is neither the cluster's own nor the tenant's: what deploys must not be what is deployed",
      fix: "write the namespace of the GitOps controller",
    };
  else if (said.namespace !== undefined && others.includes(said.namespace))
    yield {
      path: [...path, "namespace"],
      allowed: "a namespace that is nobody else's tenant: that team would deploy here",
      fix: "write the namespace of the GitOps controller",
    };
}

function* secretsRole(tenant: string, { aws }: Tenant, account: string | undefined): Findings {
  const role = aws?.secretsRole;
  if (role === undefined) return;
  const path = ["tenants", tenant, "aws", "secretsRole"];
  if (role.includes("*"))
    yield { path, allowed: "one role by its whole ARN", fix: "write the role that reads this tenant's secrets alone" };
  else if (account !== undefined && accountOf(role) !== account)
    yield {
      path,
      allowed: `a role of the blueprint's own account ${account}`,
      fix: `write the ARN of a role of account ${account}`,
    };
}

/** What belongs to one tenant and two of them name: a host, or the role that reads the secrets. */
function* taken(tenants: readonly (readonly [string, Tenant])[]): Findings {
  const hosts = tenants.flatMap(([tenant, { hosts: list }]) =>
    present(list).map(([index, host]) => ({ tenant, what: host, path: ["tenants", tenant, "hosts", index] as Path })),
  );
  const roles = tenants.flatMap(([tenant, { aws }]) =>
    aws?.secretsRole === undefined
      ? []
      : [{ tenant, what: aws.secretsRole, path: ["tenants", tenant, "aws", "secretsRole"] as Path }],
  );
  for (const claims of [hosts, roles])
    for (const [index, { tenant, what, path }] of claims.entries()) {
      const owner = claims.slice(0, index).find((each) => each.what === what && each.tenant !== tenant)?.tenant;
      if (owner !== undefined)
        yield {
          path,
          allowed: `what is nobody else's; this belongs to ${owner}`,
          fix: `remove "${what}" here or from ${owner}`,
        };
    }
}

function* images({ digests }: Images): Findings {
  if (digests === undefined) return;
  const known = Object.keys(facts.images);
  for (const each of Object.keys(digests).filter((image) => !known.includes(image))) {
    const meant = nearest(
      each,
      known.filter((image) => !(image in digests)),
    );
    yield {
      path: ["images", "digests", each],
      got: `the image "${each}"`,
      allowed: `the names of facts/images.json: ${known.join(", ")}`,
      fix: meant === undefined ? `remove "${each}"; nothing runs it` : `did you mean "${meant}"`,
    };
  }
  const missing = known.filter((image) => !(image in digests));
  if (missing.length > 0)
    yield {
      path: ["images", "digests"],
      got: `no digest of ${missing.join(", ")}`,
      allowed: "a digest of every image that the platform runs",
      fix: `copy the images into your registry, and write the digest of each: ${missing[0] ?? ""}: sha256:…`,
    };
}

/** Tenants are nobody else's names, hosts, roles and groups, and every image is known by its content. */
export const platform: Rule = function* (blueprint, today) {
  if (blueprint.layer !== "platform") return;
  yield* end(blueprint.teardown?.until, ["teardown", "until"], today);
  if (blueprint.images) yield* images(blueprint.images);
  const tenants = Object.entries(blueprint.tenants ?? {}).filter(
    (entry): entry is [string, Tenant] => entry[1] !== undefined,
  );
  for (const [tenant, said] of tenants) {
    yield* name(tenant);
    yield* hosts(tenant, "hosts", said.hosts);
    yield* hosts(tenant, "reaches", said.reaches);
    yield* personas(tenant, said.personas);
    const others = tenants.map(([other]) => other).filter((other) => other !== tenant);
    yield* deployer(tenant, said.deployer, others);
    yield* secretsRole(tenant, said, blueprint.account);
  }
  yield* taken(tenants);
};
