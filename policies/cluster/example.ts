import type * as aws from "@pulumi/aws";

import { token } from "../control";

export const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");

/** What EKS cannot do without, for examples: everything else in an example is what its control is about. */
export const base = {
  roleArn: "arn:aws:iam::111122223333:role/bulwark-production-cluster",
  vpcConfig: { subnetIds: ["subnet-0a1b2c3d"] },
};
