import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";

/** By which policies tell the machine from all others. */
export const PURPOSE = { "bulwark:purpose": "tunnel" };

/**
 * Amazon Linux 2023 for Graviton, which comes with the Session Manager agent, in the newest release (Amazon Linux 2023
 * user guide, "Launching AL2023 using the SSM parameter"). Nothing lies on the machine, so it is never patched: when AWS
 * publishes an image, the next `up` puts a new one in its place.
 */
const IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

export interface MachineArgs {
  readonly blueprint: ClusterBlueprint;
  readonly instanceType: string;
  readonly subnetId: pulumi.Input<string>;
  readonly group: aws.ec2.SecurityGroup;
  readonly profile: aws.iam.InstanceProfile;
}

/**
 * @control tunnel-closed
 * @control tunnel-metadata
 * @control tunnel-disk-encrypted
 */
export function machine(name: string, args: MachineArgs, opts: pulumi.CustomResourceOptions): aws.ec2.Instance {
  const { blueprint, instanceType, subnetId, group, profile } = args;
  const image = aws.ssm.getParameterOutput({ name: IMAGE }, opts.parent === undefined ? {} : { parent: opts.parent });

  return new aws.ec2.Instance(
    `${name}-tunnel`,
    {
      ami: image.value,
      instanceType,
      subnetId,
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [group.id],
      iamInstanceProfile: profile.name,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      // Under the region's own default key: the cluster's key for disks admits nobody who deploys, and nothing lies here.
      rootBlockDevice: { encrypted: true, volumeType: "gp3", deleteOnTermination: true },
      creditSpecification: { cpuCredits: "standard" },
      tags: { ...PURPOSE, Name: `${blueprint.cluster.name}-tunnel` },
    },
    opts,
  );
}
