import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Keys } from "../../stacks/keys";
import { Nodes } from "../../stacks/nodes";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";

/** A blueprint whose nodes are as `nodes` says. */
export const blueprintWith = (nodes: object, more: object = {}): ClusterBlueprint =>
  clusterBlueprint({ nodes, ...more });

/** What Nodes registers at a preview, on the least of a network that it needs: one group and three subnets. */
export async function previewed(blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  const { registrations } = await run(
    () => {
      const vpcId = "vpc-0123456789abcdef0";
      const group = new aws.ec2.SecurityGroup("main-nodes", { vpcId, description: "Nodes" });
      const subnets = ["a", "b", "c"].map((zone) => new aws.ec2.Subnet(`main-private-${zone}`, { vpcId }));
      const network = { privateSubnetIds: subnets.map(({ id }) => id), securityGroups: { nodes: group } };
      const keys = new Keys("main", { blueprint });
      new Nodes("main", {
        blueprint,
        keys,
        network: network as never,
        cluster: {
          name: pulumi.output(blueprint.cluster.name),
          endpoint: pulumi.output("https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com"),
          certificateAuthority: pulumi.output("LS0tLS1CRUdJTg=="),
          serviceCidr: pulumi.output(blueprint.network.pods === "ipv6" ? "fd00:1234:5678::/108" : "172.20.0.0/16"),
        },
      });
    },
    { preview: true },
  );
  return registrations;
}
