import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Pool } from "../blueprint/options/nodes";
import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { clusterTags } from "../provider";
import { userData } from "../user-data";

/** One pool of the blueprint, and what its machines are made of. */
export interface PoolArgs {
  readonly blueprint: ClusterBlueprint;
  /** The pool's name. */
  readonly called: string;
  readonly pool: Pool;
  readonly network: Pick<Network, "privateSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "disks">;
}

/**
 * What every node of a pool is like. EKS copies it for the group; a change makes a new version and the group follows,
 * node by node.
 */
export function launchTemplate(
  name: string,
  { blueprint, called, pool, network, keys }: PoolArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
  const tags = { ...blueprint.tags, ...clusterTags(blueprint), "bulwark:cluster": blueprint.cluster.name };

  return new aws.ec2.LaunchTemplate(
    `${name}-${called}`,
    {
      description: `Nodes of pool ${called} of EKS cluster ${blueprint.cluster.name}`,
      metadataOptions: METADATA,
      blockDeviceMappings: volumes(pool).map(({ device, sizeGiB }) => ({
        deviceName: device,
        /**
         * @control nodes-volumes-encrypted
         * @control nodes-volumes-key
         */
        ebs: {
          encrypted: "true",
          kmsKeyId: keys.disks.arn,
          volumeType: "gp3",
          volumeSize: sizeGiB,
          deleteOnTermination: "true",
        },
      })),
      networkInterfaces: [
        {
          deviceIndex: 0,
          /** @control nodes-no-public-address */
          associatePublicIpAddress: "false",
          // Without a group of ours EKS would attach its own, which lets everything pass between nodes and control plane.
          /** @control nodes-own-group */
          securityGroups: [network.securityGroups.nodes.id],
          deleteOnTermination: "true",
          ...(blueprint.network.pods === "ipv6" && { ipv6AddressCount: 1 }),
        },
      ],
      userData: Buffer.from(userData(pool, blueprint.nodes.shell)).toString("base64"),
      // The provider's default tags reach the template, not what is started from it.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: `${blueprint.cluster.name}-${called}` },
      })),
    },
    opts,
  );
}

/** AWS's own default answers anybody on the node, without a token. */
const METADATA = {
  httpEndpoint: "enabled",
  /** @control nodes-metadata-tokens */
  httpTokens: "required",
  /** @control nodes-metadata-hops */
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
};

/**
 * The volumes of an operating system, every one by name: a device that is left out takes its settings from the image.
 * Bottlerocket keeps the system (read-only, a few gigabytes) and what changes on two devices.
 *
 * @control nodes-volumes-complete
 */
function volumes({ os, diskGiB }: Pick<Pool, "os" | "diskGiB">) {
  switch (os) {
    case "bottlerocket":
      return [
        { device: "/dev/xvda", sizeGiB: 4 },
        { device: "/dev/xvdb", sizeGiB: diskGiB },
      ];
    case "al2023":
      return [{ device: "/dev/xvda", sizeGiB: diskGiB }];
  }
}
