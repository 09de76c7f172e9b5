import { z } from "zod";
import { addons } from "./options/addons";
import { cluster, logs, teardown } from "./options/cluster";
import { edge } from "./options/edge";
import { identity } from "./options/identity";
import { karpenter } from "./options/karpenter";
import { images } from "./options/images";
import { network } from "./options/network";
import { nodes } from "./options/nodes";
import { copies, standsOn, tenants } from "./options/platform";
import { runner } from "./options/runner";
import { setting } from "./options/setting";
import { stack } from "./options/stack";
import { runners } from "./options/state";
import { tunnel } from "./options/tunnel";
import { text } from "./options/words";

const layer = (description: string) => ({
  description,
  allowed: "account, cluster, platform or state",
  write: "layer: cluster",
});

/** What AWS has one of in an account and region; created once, kept when a cluster goes. */
export const accountLayer = z
  .strictObject({
    layer: z.literal("account").meta(layer("What an account has only one of in a region.")),
    ...stack,
    ebsEncryption: setting({
      description: "Encryption of new EBS volumes by default.",
      protects: "A volume that somebody forgets to encrypt is encrypted.",
    }),
    instanceMetadata: setting({
      description: "Instance metadata by session token only, one hop far, by default.",
      protects: "A tricked web application or a pod cannot fetch an instance's credentials.",
    }),
    imageBlockPublicAccess: setting({
      description: "Refusal to share machine images with everybody.",
      protects: "An image with secrets in it cannot be published by mistake.",
    }),
  })
  .meta({ description: "The account layer" });

const environment = (description: string) =>
  z.enum(["development", "staging", "production"]).meta({
    description,
    allowed: "development, staging or production",
    write: "environment: production",
  });

/** Network, keys and EKS of one cluster. */
export const clusterLayer = z
  .strictObject({
    layer: z.literal("cluster").meta(layer("Network, keys and EKS of one cluster.")),
    environment: environment(
      "What the cluster is for; becomes the tag `environment`. Production asks for three zones and refuses a single NAT gateway.",
    ),
    ...stack,
    network,
    cluster,
    identity,
    nodes,
    karpenter,
    images,
    addons,
    edge,
    runner,
    tunnel,
    logs,
    teardown,
  })
  .meta({ description: "The cluster layer" });

/** What runs in a cluster before any application does, and the tenants. */
export const platformLayer = z
  .strictObject({
    layer: z.literal("platform").meta(layer("What runs in a cluster before any application does, and the tenants.")),
    environment: environment("What the cluster is for; must be what the cluster's own stack says."),
    account: stack.account,
    region: stack.region,
    owner: stack.owner,
    cluster: standsOn,
    images: copies,
    tenants,
    teardown,
  })
  .meta({ description: "The platform layer" });

/** The bucket in which the other stacks keep their state. */
export const stateLayer = z
  .strictObject({
    layer: z.literal("state").meta(layer("The bucket in which the other stacks keep their state.")),
    ...stack,
    bucket: text(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, {
      description:
        "The bucket's name. Left out, bulwark-state-<account>-<region>: bucket names are global, the account makes it ours.",
      allowed: "3 to 63 lower-case letters, digits and hyphens, a letter or digit first and last",
      write: "bucket: example-bulwark-state",
    }).optional(),
    runners,
  })
  .meta({ description: "The state layer" });

/** The configuration of one stack; `layer` decides which. */
export const blueprint = z.discriminatedUnion("layer", [accountLayer, clusterLayer, platformLayer, stateLayer]).meta({
  description: "The whole configuration of one stack.",
  allowed: "an object with `layer: account`, `layer: cluster`, `layer: platform` or `layer: state`",
  write: "bulwark:blueprint: { layer: cluster, … }",
});

/** The account layer's configuration: what AWS has one of in an account and region. */
export type AccountBlueprint = z.infer<typeof accountLayer>;
/** The cluster layer's configuration: network, keys and EKS of one cluster. */
export type ClusterBlueprint = z.infer<typeof clusterLayer>;
/** The platform layer's configuration: what runs in one cluster before any application does. */
export type PlatformBlueprint = z.infer<typeof platformLayer>;
/** The state layer's configuration: the bucket in which the other stacks keep their state. */
export type StateBlueprint = z.infer<typeof stateLayer>;
/** The whole configuration of one stack. */
export type Blueprint = z.infer<typeof blueprint>;
/** What a stack is configured by that makes something in AWS. */
export type AwsBlueprint = Exclude<Blueprint, PlatformBlueprint>;
