import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import type { Item } from "../inventory";
import { EGRESS, GROUP, includesPort, INGRESS, rulesOf } from "./rule";

const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");

/** What of the platform the control plane calls on nodes and in pods, by port (each component's own documentation). */
const CALLED: readonly (readonly [port: number, what: string])[] = [
  [10250, "kubelets and the webhooks of cert-manager and external-secrets"],
  [10251, "the metrics API of metrics-server"],
  [9443, "the webhooks of aws-load-balancer-controller"],
  [15017, "the webhooks of istiod"],
];

/** What the control plane must reach. */
export const controlPlane: readonly Control[] = [
  inventoryControl({
    id: "network-control-plane-ports",
    title: "The control plane reaches every port that it calls on nodes and in pods",
    severity: "high",
    why: "a webhook that cannot be reached refuses every change that it judges: the cluster freezes, its own repair included",
    fix: "let the control plane's group out to the port, and the nodes' group in from the control plane's",
    refs: {},
    about: [CLUSTER],
    *check(cluster, inventory) {
      for (const group of inventory.linked(cluster, "vpcConfig", GROUP)) {
        const out = inventory.linking(EGRESS, "securityGroupId", group).flatMap(rulesOf);
        const into = inventory.linking(INGRESS, "referencedSecurityGroupId", group).flatMap(rulesOf);
        for (const [port, what] of CALLED) {
          const path = "vpcConfig.securityGroupIds";
          if (!out.some((rule) => includesPort(rule, port)))
            yield { path, message: `group ${group.name} does not let the control plane out to ${port}: ${what}` };
          if (!into.some((rule) => includesPort(rule, port)))
            yield { path, message: `nothing lets the control plane's group ${group.name} in on ${port}: ${what}` };
        }
      }
    },
    good: [reaching([10250, 10251, 9443, 15017]), reaching([10250, 10251, 9443, 15017, 8443])],
    bad: [reaching([]), reaching([10250, 10251, 9443]), reaching([10250, 10251, 9443, 15017], [10250, 9443, 15017])],
  }),
];

/** A cluster whose group is let out to some ports of the nodes' group, and let in there on some. */
function reaching(out: readonly number[], into: readonly number[] = out): readonly [Item, ...Item[]] {
  const group = item(GROUP, "cluster", {});
  const nodes = item(GROUP, "nodes", {});
  const main = { roleArn: "r", vpcConfig: { subnetIds: [], securityGroupIds: ["sg-1"] } };
  const at = (port: number) => ({ securityGroupId: "sg", ipProtocol: "tcp", fromPort: port, toPort: port });
  return [
    group,
    nodes,
    item(CLUSTER, "main", main, { links: { vpcConfig: [group] } }),
    ...out.map((port) =>
      item(EGRESS, `out-${port}`, at(port), {
        links: { securityGroupId: [group], referencedSecurityGroupId: [nodes] },
      }),
    ),
    ...into.map((port) =>
      item(INGRESS, `in-${port}`, at(port), {
        links: { securityGroupId: [nodes], referencedSecurityGroupId: [group] },
      }),
    ),
  ];
}
