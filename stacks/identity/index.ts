import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { BreakGlassAlarm } from "./alarm";
import { breakGlassRole } from "./break-glass";
import { administratorEntry, peopleEntries } from "./entries";
import { type Persona, subjects } from "./personas";

export { IdentityProvider } from "./provider";

export interface IdentityArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name" | "oidcIssuer">;
}

/** Who gets into a cluster: people by their persona, the deployer, break-glass; and workloads by their own tokens. */
export class Identity extends pulumi.ComponentResource {
  /** The IAM side of the cluster's issuer, for the few workloads that Pod Identity does not reach. */
  readonly serviceAccounts: aws.iam.OpenIdConnectProvider;
  /** By persona, the Kubernetes groups that the platform layer binds. */
  readonly personas: Readonly<Record<Persona, string[]>>;
  /** The topic that hears of break-glass. */
  readonly alarms: pulumi.Output<string>;
  /** By which others tell of theirs. */
  readonly alarm: BreakGlassAlarm;

  constructor(name: string, { blueprint, cluster }: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Identity", name, {}, opts);

    this.serviceAccounts = this.issuer(name, cluster);
    this.alarm = new BreakGlassAlarm(name, { blueprint }, { parent: this });
    this.alarms = this.alarm.topicArn;
    this.administrators(name, { blueprint, cluster });
    peopleEntries(name, { blueprint, clusterName: cluster.name }, { parent: this });

    this.personas = subjects(blueprint);
    this.registerOutputs({ personas: this.personas });
  }

  /**
   * @control identity-irsa-audience
   * @control identity-irsa-own-issuer
   */
  private issuer(name: string, cluster: IdentityArgs["cluster"]): aws.iam.OpenIdConnectProvider {
    return new aws.iam.OpenIdConnectProvider(
      name,
      { url: cluster.oidcIssuer.apply((issuer) => issuer ?? ""), clientIdLists: ["sts.amazonaws.com"] },
      { parent: this },
    );
  }

  private administrators(name: string, { blueprint, cluster }: IdentityArgs): void {
    const { access, identity } = blueprint;
    // EKS remembers a role by its id, so the entry must not be there before the role.
    const made = identity.breakGlass && breakGlassRole(name, blueprint, identity.breakGlass, { parent: this });
    const after = made === undefined ? [] : [made];

    administratorEntry(
      name,
      { clusterName: cluster.name, roleArn: access.breakGlass, purpose: "break-glass" },
      { parent: this, dependsOn: after },
    );
    if (identity.deployer !== undefined)
      administratorEntry(
        name,
        { clusterName: cluster.name, roleArn: identity.deployer, purpose: "deployer" },
        { parent: this },
      );
  }
}
