import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { leadsToInternet, routedSubnet, SUBNET } from "../route";
import { base, GROUP } from "./example";

const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
const healthy = { updateConfig: { maxUnavailable: 1 }, nodeRepairConfig: { enabled: true } };

/** What a node group promises: where it stands, and how it stays well. */
export const group: readonly Control[] = [
  inventoryControl({
    id: "nodes-private-subnets",
    title: "Nodes stand in subnets that the internet cannot reach",
    severity: "high",
    why: "a node in a public subnet is exposed by the first group rule that is too wide",
    fix: "put the group into the private subnets that Network makes",
    refs: { catalogue: "EKS-NET-4", cis: ["CIS EKS 5.4.3"], securityHub: ["EC2.15"], kubescape: ["C-0229"] },
    about: [GROUP],
    *check(one, inventory) {
      for (const subnet of inventory.linked(one, "subnetIds", SUBNET)) {
        if (leadsToInternet(subnet, inventory)) yield `subnet ${subnet.name} has a route to an internet gateway`;
        if (subnet.inputs.mapPublicIpOnLaunch === true) yield `subnet ${subnet.name} gives out public addresses`;
      }
    },
    good: [routed("natGatewayId")],
    bad: [routed("gatewayId"), routed("natGatewayId", true)],
  }),

  inventoryControl({
    id: "nodes-version-of-cluster",
    title: "Nodes run the Kubernetes version of their cluster",
    severity: "medium",
    why: "nodes that stay behind miss the fixes of every version between, and stop the next upgrade",
    fix: "set `version` to the cluster's, or leave it out",
    refs: { catalogue: "EKS-NODE-21", securityHub: ["EKS.9"] },
    about: [GROUP],
    *check({ inputs: { version }, ...one }, inventory) {
      if (version === undefined) return;
      for (const cluster of inventory.linked({ ...one, inputs: {} }, "clusterName", CLUSTER))
        if (cluster.inputs.version !== version)
          yield {
            path: "version",
            message: `the nodes run ${version}, the cluster ${cluster.inputs.version ?? "another"}`,
          };
    },
    good: [versions("1.36", "1.36"), versions("1.36")],
    bad: [versions("1.36", "1.35")],
  }),

  resourceControl({
    id: "nodes-repaired",
    title: "A node that fails is replaced, a few at a time, and never by force",
    severity: "medium",
    why: "an unhealthy node keeps its pods until somebody notices, and a forced update stops pods that asked to be spared",
    fix: "set `nodeRepairConfig.enabled: true` and `updateConfig`, and leave `forceUpdateVersion` out",
    refs: { catalogue: "EKS-NODE-22" },
    resource: GROUP,
    *check({ nodeRepairConfig, updateConfig, forceUpdateVersion }) {
      if (nodeRepairConfig?.enabled !== true)
        yield { path: "nodeRepairConfig.enabled", message: "nobody replaces a node that fails" };
      if (updateConfig?.maxUnavailable === undefined && updateConfig?.maxUnavailablePercentage === undefined)
        yield { path: "updateConfig", message: "how many nodes an update takes at once is left to AWS" };
      if (forceUpdateVersion === true)
        yield { path: "forceUpdateVersion", message: "an update ignores disruption budgets" };
    },
    good: [{ ...base, ...healthy }],
    bad: [
      base,
      { ...base, ...healthy, nodeRepairConfig: { enabled: false } },
      { ...base, nodeRepairConfig: { enabled: true } },
      { ...base, ...healthy, forceUpdateVersion: true },
    ],
  }),
];

function routed(by: "gatewayId" | "natGatewayId", mapPublicIpOnLaunch = false) {
  const [subnet, ...rest] = routedSubnet(by, mapPublicIpOnLaunch);
  return [subnet, ...rest, item(GROUP, "main", base, { links: { subnetIds: [subnet] } })];
}

function versions(ofCluster: string, ofNodes?: string) {
  const cluster = item(CLUSTER, "main", {
    roleArn: "arn:aws:iam::111122223333:role/cluster",
    vpcConfig: { subnetIds: ["subnet-1"] },
    version: ofCluster,
  });
  const inputs = { ...base, ...(ofNodes !== undefined && { version: ofNodes }) };
  return [cluster, item(GROUP, "main", inputs, { links: { clusterName: [cluster] } })];
}
