import { type Control, inventoryControl, item } from "../control";
import { leadsToInternet, routedSubnet, SUBNET } from "../route";
import { base, CLUSTER } from "./example";

/** Where the control plane's network interfaces lie. */
export const placement: readonly Control[] = [
  inventoryControl({
    id: "cluster-zones",
    title: "The cluster spans two zones, in production three",
    severity: "medium",
    why: "with one zone its failure is the cluster's; with two the other must carry everything",
    fix: "list three zones in `network.zones`",
    refs: { catalogue: "EKS-NET-6" },
    // Before its groups exist, nobody can tell a group's id from that of a subnet that was there before.
    decidedAt: "up",
    about: [CLUSTER],
    *check(cluster, inventory) {
      const subnets = inventory.linked(cluster, "vpcConfig", SUBNET);
      // Subnets that were there before are checked by the program, which can ask AWS for their zones.
      if (subnets.length === 0) return;
      const zones = new Set(subnets.map(({ inputs }) => inputs.availabilityZone ?? inputs.availabilityZoneId));
      const needed = cluster.inputs.tags?.["environment"] === "production" ? 3 : 2;
      if (zones.size < needed)
        yield { path: "vpcConfig.subnetIds", message: `the cluster spans ${zones.size} of at least ${needed} zones` };
    },
    good: [across("production", "a", "b", "c"), across("staging", "a", "b")],
    bad: [across("production", "a", "b"), across("staging", "a", "a")],
  }),

  inventoryControl({
    id: "cluster-subnets-private",
    title: "No route leads from the internet to the control plane's subnets",
    severity: "high",
    why: "a subnet with a route to an internet gateway is public, whatever it is called",
    fix: "put the cluster into the intra subnets that Network makes",
    refs: { catalogue: "EKS-NET-4", cis: ["CIS EKS 5.4.3"], kubescape: ["C-0229"] },
    decidedAt: "up",
    about: [CLUSTER],
    *check(cluster, inventory) {
      for (const subnet of inventory.linked(cluster, "vpcConfig", SUBNET)) {
        if (leadsToInternet(subnet, inventory)) yield `subnet ${subnet.name} has a route to an internet gateway`;
      }
    },
    good: [routed("natGatewayId")],
    bad: [routed("gatewayId")],
  }),
];

function across(environment: string, ...zones: readonly string[]) {
  const subnets = zones.map((zone, index) =>
    item(SUBNET, `intra-${index}`, { vpcId: "vpc-1", availabilityZone: `eu-central-1${zone}` }),
  );
  return [...subnets, item(CLUSTER, "main", { ...base, tags: { environment } }, { links: { vpcConfig: subnets } })];
}

function routed(by: "gatewayId" | "natGatewayId") {
  const [subnet, ...rest] = routedSubnet(by);
  return [subnet, ...rest, item(CLUSTER, "main", base, { links: { vpcConfig: [subnet] } })];
}
