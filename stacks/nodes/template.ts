import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import ubuntu from "../../facts/ubuntu-images.json";
import type { Pool } from "../blueprint/options/nodes";
import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { clusterTags } from "../provider";
import { type NamedImage, namedImage } from "./image";
import { type Joinable, told } from "./join";

/** One pool of the blueprint, and what its machines are made of. */
export interface PoolArgs {
  readonly blueprint: ClusterBlueprint;
  /** The pool's name. */
  readonly called: string;
  readonly pool: Pool;
  readonly network: Pick<Network, "privateSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "disks">;
  readonly cluster: Joinable;
}

/**
 * What every node of a pool is like. EKS copies it for the group; a change makes a new version and the group follows,
 * node by node.
 */
export function launchTemplate(
  name: string,
  args: PoolArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
  const { blueprint, called, pool, network, keys } = args;
  const tags = { ...blueprint.tags, ...clusterTags(blueprint), "bulwark:cluster": blueprint.cluster.name };

  return new aws.ec2.LaunchTemplate(
    `${name}-${called}`,
    {
      description: `Nodes of pool ${called} of EKS cluster ${blueprint.cluster.name}`,
      ...from(namedImage(blueprint, pool, opts)),
      metadataOptions: { ...METADATA, httpPutResponseHopLimit: pool.hopLimit?.value ?? HOPS },
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
      userData: told(args),
      // The provider's default tags reach the template, not what is started from it.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: `${blueprint.cluster.name}-${called}` },
      })),
    },
    opts,
  );
}

/**
 * An image that is not EKS's own, and whose it is, for whoever finds the template.
 *
 * @control nodes-image-owned
 */
function from(image: NamedImage | undefined) {
  return image === undefined ? {} : { imageId: image.id, tags: { "bulwark:image-owner": image.owner } };
}

/**
 * On one hop an answer ends on the node, and no pod sees it.
 *
 * @control nodes-metadata-hops
 */
const HOPS = 1;

/** AWS's own default answers anybody on the node, without a token. */
const METADATA = {
  httpEndpoint: "enabled",
  /** @control nodes-metadata-tokens */
  httpTokens: "required",
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
    case "ubuntu":
      return [{ device: ubuntu.rootDevice, sizeGiB: diskGiB }];
  }
}
