import type { TenantArgs } from "../../constructs/tenant";
import type { PlatformBlueprint } from "../blueprint/schema";
import type { Cluster } from "./cluster";

type Said = PlatformBlueprint["tenants"][string];

/** What a tenant is made of: what the configuration says about the team, and what the cluster is. */
export function tenantArgs(name: string, said: Said, cluster: Cluster): TenantArgs {
  const { owner, hosts, quota, personas, podSecurity } = said;
  return {
    owner,
    hosts,
    podSecurity,
    podSecurityVersion: `v${cluster.version}` as TenantArgs["podSecurityVersion"],
    environment: cluster.environment,
    ...(quota !== undefined && { quota: given(quota) }),
    personas: given(personas),
    ...deployerOf(said),
    ...awsOf(name, said, cluster),
  };
}

function deployerOf({ deployer }: Said): Pick<TenantArgs, "deployer"> {
  switch (deployer?.by) {
    case undefined:
      return {};
    case "group":
      return { deployer: { group: deployer.group } };
    case "serviceAccount":
      return { deployer: { serviceAccount: { namespace: deployer.namespace, name: deployer.name } } };
  }
}

function awsOf(name: string, { aws }: Said, { name: cluster, region, blocks }: Cluster): Pick<TenantArgs, "aws"> {
  const [first, ...rest] = blocks.private;
  if (aws === undefined || first === undefined) return {};
  return {
    aws: {
      region,
      endpoints: [first, ...rest],
      secretsPrefix: `bulwark/${cluster}/${name}/`,
      secretsRole: aws.secretsRole,
    },
  };
}

/** An object without the keys that nobody filled in; to the constructs a key that is there says something. */
function given<Of extends object>(value: Of): { [Key in keyof Of]: Exclude<Of[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof Of]: Exclude<Of[Key], undefined>;
  };
}
