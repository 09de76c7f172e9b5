import * as aws from "@pulumi/aws";

import { type Careless, untyped } from "./program";

const vpc = (more: Partial<aws.ec2.VpcArgs> = {}) => new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", ...more });

/** Inputs that the provider refuses before AWS is asked. */
export const input: readonly Careless[] = [
  [
    "a nested input that no such object has",
    "Examine values at 'main.ingress[0].fromPorts'",
    () =>
      new aws.ec2.SecurityGroup("main", {
        vpcId: vpc().id,
        ingress: [untyped({ protocol: "tcp", fromPort: 1, toPort: 1, fromPorts: 2 })],
      }),
  ],
  [
    "a nested input left out",
    'Missing required argument: The argument "ingress[0].to_port"',
    () => new aws.ec2.SecurityGroup("main", { ingress: [untyped({ protocol: "tcp", fromPort: 1 })] }),
  ],
  [
    "a string where a boolean belongs",
    "Incorrect attribute value type: boolean required, got string",
    () => vpc(untyped({ enableDnsSupport: "yes" })),
  ],
  [
    "a type the twin does not know",
    "the twin does not know aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    () => new aws.ec2.VpcPeeringConnection("main", { vpcId: "vpc-1", peerVpcId: "vpc-2" }),
  ],
  [
    "the wrong account",
    "AWS account ID not allowed: 111122223333",
    () => new aws.Provider("aws", { region: "eu-central-1", allowedAccountIds: ["444455556666"] }),
  ],
  [
    "an unknown input two objects deep",
    "Examine values at 'main.vpcConfig.subnets'",
    () => new aws.eks.Cluster("main", untyped({ roleArn: "x", vpcConfig: { subnetIds: [], subnets: [] } })),
  ],
  [
    "a required input left out",
    "Missing required property 'roleArn'",
    () => new aws.eks.Cluster("main", untyped({ vpcConfig: { subnetIds: [] } })),
  ],
  [
    "a caller of the wrong account in a second provider",
    "AWS account ID not allowed",
    () => new aws.Provider("aws", { forbiddenAccountIds: ["111122223333"] }),
  ],
  [
    "an import of what the provider cannot import",
    "This resource does not support import",
    () => new aws.ec2.InstanceMetadataDefaults("main", { httpTokens: "required" }, { import: "111122223333" }),
  ],
];
