import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import type { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import { clusterBlueprint } from "../layers/blueprints";
import { zones } from "./program";

/** How somebody else made their VPC; told nothing, they made it well. */
export interface Foreign {
  readonly vpc?: Partial<aws.ec2.VpcArgs>;
  readonly private?: Partial<aws.ec2.SubnetArgs>;
  /** Which tier's subnets follow a table with a route to the internet. */
  readonly open?: "private" | "intra";
  /** Where that route leads. @default internet */
  readonly through?: "internet" | "nat" | "egress-only";
  /** How many zones its subnets lie in. @default 3 */
  readonly zones?: 2 | 3;
}

/** Ids of a VPC that somebody else made in the account. */
export interface Ids {
  readonly vpcId: string;
  readonly subnets: { readonly private: readonly string[]; readonly intra: readonly string[] };
}

/** Makes a VPC in the account as its owner would, with other means than ours. */
export async function foreignVpc(
  account: Account,
  { vpc, private: more, open, through = "internet", zones: count = 3 }: Foreign = {},
): Promise<Ids> {
  const { outputs } = await run(
    () => {
      const own = new aws.ec2.Vpc("theirs", { cidrBlock: "10.40.0.0/16", enableDnsHostnames: true, ...vpc });
      const gateway = new aws.ec2.InternetGateway("theirs", { vpcId: own.id });
      const table = new aws.ec2.RouteTable("open", { vpcId: own.id });
      new aws.ec2.Route("open", { routeTableId: table.id, ...way(through, own, gateway) });

      const tier = (of: "private" | "intra", offset: number, args: Partial<aws.ec2.SubnetArgs> = {}) =>
        zones.slice(0, count).map((availabilityZone, slot) => {
          const cidrBlock = `10.40.${offset + slot * 4}.0/22`;
          const one = new aws.ec2.Subnet(`${of}-${slot}`, { vpcId: own.id, availabilityZone, cidrBlock, ...args });
          if (open === of)
            new aws.ec2.RouteTableAssociation(`${of}-${slot}`, { routeTableId: table.id, subnetId: one.id });
          return one.id;
        });
      return { vpcId: own.id, privates: pulumi.all(tier("private", 0, more)), intras: pulumi.all(tier("intra", 64)) };
    },
    { account, stack: "theirs" },
  );

  const ids = outputs as { vpcId: string; privates: string[]; intras: string[] };
  return { vpcId: ids.vpcId, subnets: { private: ids.privates, intra: ids.intras } };
}

function way(
  through: "internet" | "nat" | "egress-only",
  { id: vpcId }: aws.ec2.Vpc,
  internet: aws.ec2.InternetGateway,
): Omit<aws.ec2.RouteArgs, "routeTableId"> {
  const destinationCidrBlock = "0.0.0.0/0";
  const opts = { dependsOn: [internet] };

  switch (through) {
    case "internet":
      return { destinationCidrBlock, gatewayId: internet.id };
    case "nat": {
      const { id: subnetId } = new aws.ec2.Subnet("nat", { vpcId, cidrBlock: "10.40.128.0/24" });
      const { id: allocationId } = new aws.ec2.Eip("nat", { domain: "vpc" });
      const gateway = new aws.ec2.NatGateway("nat", { subnetId, allocationId }, opts);
      return { destinationCidrBlock, natGatewayId: gateway.id };
    }
    case "egress-only": {
      const out = new aws.ec2.EgressOnlyInternetGateway("theirs", { vpcId });
      return { destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: out.id };
    }
  }
}

/** The example's blueprint in that VPC. */
export function blueprintIn(ids: Ids, more: object = {}): ClusterBlueprint {
  return clusterBlueprint({ network: { mode: "existing", ...ids }, ...more });
}
