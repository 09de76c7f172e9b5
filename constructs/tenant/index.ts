import { Chart } from "cdk8s";
import type { Construct, IConstruct } from "constructs";
import { host, tenantName } from "../name";
import type { Groups } from "../persona/persona";
import { tenantPersonas } from "../persona/tenant";
import { admission } from "./admission";
import { type Aws, awsAccess } from "./aws";
import { boundary } from "./boundary";
import { type Deployer, deployment, requester } from "./deployer";
import { membership } from "./mesh";
import { namespace, type PodSecurity } from "./namespace";
import { limits, type Quota, quota } from "./quota";

/** How much harm a mistake does here; production forces more. */
export type Environment = "development" | "staging" | "production";

export interface TenantArgs {
  /** Who answers for the tenant: an address or a team's name. */
  readonly owner: string;
  /** The Kubernetes minor whose Pod Security Standards hold, such as v1.36; a newer cluster does not change the rules under a team. */
  readonly podSecurityVersion: `v1.${number}`;
  /** @default production */
  readonly environment?: Environment;
  /** The most its workloads may use together. */
  readonly quota?: Quota;
  /** How its workloads reach AWS. @default they do not */
  readonly aws?: Aws;
  /** Pods that need more than the *restricted* standard allows. @default restricted */
  readonly podSecurity?: PodSecurity;
  /** Which groups are which persona here. @default nobody sees anything in the tenant */
  readonly personas?: Groups;
  /** Who applies the manifests of its applications. @default only who administers the cluster */
  readonly deployer?: Deployer;
  /** The public names that lead to its workloads; each belongs to one tenant. @default none */
  readonly hosts?: readonly string[];
}

/**
 * A team's place in the cluster and the boundary around it, owned by the platform: what is not opened here or declared by a workload is
 * closed, both ways, for the network and for the mesh.
 */
export class Tenant extends Chart {
  readonly environment: Environment;
  /** Which Pod Security Standard is enforced here. */
  readonly podSecurity: PodSecurity["level"];
  readonly #brand = true;

  /** Whether a construct is a tenant; `instanceof` is true for every Chart, since cdk8s redefines it. */
  static is(construct: IConstruct): construct is Tenant {
    return #brand in construct;
  }

  constructor(scope: Construct, id: string, args: TenantArgs) {
    super(scope, tenantName("a tenant's name", id), {
      namespace: id,
      labels: { "app.kubernetes.io/part-of": id, "app.kubernetes.io/managed-by": "bulwark" },
    });
    this.environment = args.environment ?? "production";
    this.podSecurity = args.podSecurity?.level ?? "restricted";

    namespace(this, { ...args, environment: this.environment });
    boundary(this);
    membership(this);
    quota(this, args.quota);
    limits(this);
    if (args.aws) awsAccess(this, args.aws);
    this.rights(args);
  }

  private rights({ personas = {}, deployer, hosts = [] }: TenantArgs): void {
    const granted = hosts.map((name) => host("a tenant's host", name));
    const writers = { deployer, personas, environment: this.environment, agents: this.podSecurity !== "restricted" };
    tenantPersonas(this, personas, this.environment);
    deployment(this, writers);
    const condition = requester(writers);
    if (condition !== undefined) admission(this, condition, granted);
  }
}
