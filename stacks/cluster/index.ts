import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { clusterTags } from "../provider";
import { reach } from "./endpoint";
import { type ControlPlaneRole, controlPlaneRole } from "./role";

/** Every log that a control plane can write. */
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export interface ClusterArgs {
  readonly blueprint: ClusterBlueprint;
  readonly network: Pick<Network, "intraSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "secrets" | "logs">;
}

/** An EKS control plane: private, logged, its secrets under our own key, and administered by nobody by accident. */
export class Cluster extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Where the Kubernetes API answers. */
  readonly endpoint: pulumi.Output<string>;
  /** The base64 certificate by which clients know the API. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** The block that services get their addresses from. */
  readonly serviceCidr: pulumi.Output<string>;
  /** Who signs the service accounts' tokens. */
  readonly oidcIssuer: pulumi.Output<string | undefined>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Cluster", name, {}, opts);

    const role = controlPlaneRole(name, args.blueprint, { parent: this });
    const logs = this.logGroup(name, args);
    const cluster = this.controlPlane(name, args, role, logs);

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.serviceCidr = cluster.kubernetesNetworkConfig.apply(({ ipFamily, serviceIpv4Cidr, serviceIpv6Cidr }) =>
      ipFamily === "ipv6" ? serviceIpv6Cidr : serviceIpv4Cidr,
    );
    this.oidcIssuer = cluster.identities.apply((identities) => identities[0]?.oidcs[0]?.issuer);
    this.registerOutputs({ name: this.name, endpoint: this.endpoint });
  }

  /**
   * EKS makes this group itself, without expiry or key, if it is not there first.
   *
   * @control cluster-log-group
   * @control logs-encrypted
   * @control logs-retention
   * @control logs-protected
   */
  private logGroup(name: string, { blueprint, keys }: ClusterArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      `${name}-control-plane`,
      {
        name: `/aws/eks/${blueprint.cluster.name}/cluster`,
        retentionInDays: blueprint.logs.retentionDays,
        kmsKeyId: keys.logs.arn,
      },
      { parent: this, protect: blueprint.teardown === undefined },
    );
  }

  private controlPlane(
    name: string,
    { blueprint, network, keys }: ClusterArgs,
    { role, attachment }: ControlPlaneRole,
    logs: aws.cloudwatch.LogGroup,
  ): aws.eks.Cluster {
    const { cluster, teardown } = blueprint;

    return new aws.eks.Cluster(
      name,
      {
        name: cluster.name,
        /** @control cluster-version-supported */
        version: cluster.version,
        roleArn: role.arn,
        vpcConfig: {
          subnetIds: network.intraSubnetIds,
          securityGroupIds: [network.securityGroups.cluster.id],
          ...reach(cluster.endpoint),
        },
        kubernetesNetworkConfig: {
          ipFamily: blueprint.network.pods,
          ...(cluster.serviceCidr === undefined ? {} : { serviceIpv4Cidr: cluster.serviceCidr }),
        },
        /**
         * @control cluster-secrets-encrypted
         * @control cluster-secrets-key
         */
        encryptionConfig: { provider: { keyArn: keys.secrets.arn }, resources: ["secrets"] },
        /**
         * @control cluster-logs
         * @control cluster-audit-log
         */
        enabledClusterLogTypes: LOGS,
        /**
         * @control cluster-access-entries
         * @control cluster-creator-not-admin
         */
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        /**
         * The add-ons come as managed add-ons; changing this later would replace the cluster.
         *
         * @control cluster-own-addons
         */
        bootstrapSelfManagedAddons: false,
        /** @control cluster-standard-support */
        upgradePolicy: { supportType: "STANDARD" },
        /** @control cluster-zonal-shift */
        zonalShiftConfig: { enabled: true },
        /** @control cluster-deletion-protection */
        deletionProtection: teardown === undefined,
        /** @control cluster-tags */
        tags: clusterTags(blueprint),
      },
      /**
       * Without the attachment EKS could not clean up after itself; without the group it would make its own.
       *
       * @control cluster-protected
       */
      { parent: this, dependsOn: [attachment, logs], protect: teardown === undefined },
    );
  }
}
