import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import facts from "../../facts/ubuntu-images.json";
import type { Pool } from "../blueprint/options/nodes";
import type { ClusterBlueprint } from "../blueprint/schema";
import { architecture } from "./instance-type";

/** An image that is not EKS's own: its id, once it was looked up, and whose it is. */
export interface NamedImage {
  readonly id: pulumi.Output<string>;
  readonly owner: string;
}

/**
 * The image that a pool names, looked up so that a preview refuses an id of another owner, processor or Kubernetes
 * version; an id alone says nothing of them.
 */
export function namedImage(
  { account, cluster }: ClusterBlueprint,
  { image, instanceTypes }: Pick<Pool, "image" | "instanceTypes">,
  opts: pulumi.InvokeOptions,
): NamedImage | undefined {
  if (image.from === "eks") return undefined;
  const owner = image.from === "canonical" ? facts.owner : account;
  const version = facts.name.replace("{version}", cluster.version);
  const { id } = aws.ec2.getAmiOutput(
    {
      owners: [owner],
      filters: [
        { name: "image-id", values: [image.id] },
        { name: "architecture", values: [architecture(instanceTypes[0] ?? "")] },
        ...(image.from === "canonical" ? [{ name: "name", values: [version] }] : []),
      ],
    },
    opts,
  );
  return { id, owner };
}
