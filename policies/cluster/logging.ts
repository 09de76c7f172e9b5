import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { base, CLUSTER } from "./example";

const LOG_GROUP = token<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** What the control plane writes down, and where. */
export const logging: readonly Control[] = [
  resourceControl({
    id: "cluster-audit-log",
    title: "Every call of the Kubernetes API is on record",
    severity: "high",
    why: "without the audit log nobody can say afterwards who did what",
    fix: 'let `enabledClusterLogTypes` include "audit"',
    refs: {
      catalogue: "EKS-LOG-1",
      cis: ["CIS EKS 2.1.1"],
      securityHub: ["EKS.8"],
      checkov: ["CKV_AWS_37"],
      trivy: ["AWS-0038"],
      kubescape: ["C-0067"],
    },
    resource: CLUSTER,
    *check({ enabledClusterLogTypes: types = [] }) {
      if (!types.includes("audit")) yield { path: "enabledClusterLogTypes", message: "the audit log is off" };
    },
    good: [{ ...base, enabledClusterLogTypes: ["audit"] }],
    bad: [base, { ...base, enabledClusterLogTypes: ["api"] }],
  }),

  resourceControl({
    id: "cluster-logs",
    title: "The control plane writes all five of its logs",
    severity: "medium",
    why: "an intruder who is seen in one log hides in the one that is off",
    fix: "list api, audit, authenticator, controllerManager and scheduler in `enabledClusterLogTypes`",
    refs: {
      catalogue: "EKS-LOG-2",
      cis: ["CIS EKS 2.1.1"],
      checkov: ["CKV_AWS_37"],
      trivy: ["AWS-0038"],
      kubescape: ["C-0067"],
    },
    resource: CLUSTER,
    *check({ enabledClusterLogTypes: types = [] }) {
      const missing = ALL.filter((type) => !types.includes(type));
      if (missing.length > 0)
        yield { path: "enabledClusterLogTypes", message: `the control plane does not write ${missing.join(", ")}` };
    },
    good: [{ ...base, enabledClusterLogTypes: ALL }],
    bad: [base, { ...base, enabledClusterLogTypes: ALL.slice(1) }],
  }),

  inventoryControl({
    id: "cluster-log-group",
    title: "The control plane's log group is ours and exists before the cluster",
    severity: "medium",
    why: "EKS otherwise makes the group itself: without a key, kept for ever, deleted with nobody's consent",
    fix: "make the log group `/aws/eks/<name>/cluster` and let the cluster depend on it",
    refs: { catalogue: "EKS-LOG-3", cis: ["CIS EKS 2.1.2"] },
    about: [CLUSTER],
    *check(cluster, inventory) {
      const name = `/aws/eks/${cluster.inputs.name ?? ""}/cluster`;
      const group = inventory.all(LOG_GROUP).find(({ inputs }) => inputs.name === name);
      if (group === undefined) yield `no log group ${name} is registered`;
      else if (!inventory.isAfter(cluster, group)) yield `the cluster does not wait for log group ${name}`;
    },
    good: [withGroup("/aws/eks/production/cluster", true)],
    bad: [
      withGroup("/aws/eks/production/cluster", false),
      withGroup("/aws/eks/other/cluster", true),
      [item(CLUSTER, "main", base)],
    ],
  }),
];

function withGroup(name: string, waits: boolean) {
  const group = item(LOG_GROUP, "control-plane", { name });
  return [group, item(CLUSTER, "main", { ...base, name: "production" }, { after: waits ? [group] : [] })];
}
