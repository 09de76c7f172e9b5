import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const VPC = token<aws.ec2.VpcArgs>("aws:ec2/vpc:Vpc");

/** An example's VPC, and one resource whose input leads to it. */
export function vpcWith(...parts: readonly ((vpc: Item) => Item)[]): readonly Item[] {
  const vpc = item(VPC, "main", { cidrBlock: "10.20.0.0/16" });
  return [vpc, ...parts.map((part) => part(vpc))];
}
