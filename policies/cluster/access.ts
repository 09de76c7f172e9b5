import { type Control, resourceControl } from "../control";
import { base, CLUSTER } from "./example";

/** Who gets into the cluster when it is new. */
export const access: readonly Control[] = [
  resourceControl({
    id: "cluster-access-entries",
    title: "Access to the cluster is granted by access entries alone",
    severity: "high",
    why: "the aws-auth ConfigMap is invisible to IAM, edited by hand, and one typing error locks everybody out",
    fix: 'set `accessConfig.authenticationMode: "API"`',
    refs: { catalogue: "EKS-IAM-1", cis: ["CIS EKS 4.1.7"], kubescape: ["C-0285"] },
    resource: CLUSTER,
    *check({ accessConfig }) {
      if (accessConfig?.authenticationMode !== "API")
        yield {
          path: "accessConfig.authenticationMode",
          message: "the aws-auth ConfigMap can grant access to the cluster",
        };
    },
    good: [{ ...base, accessConfig: { authenticationMode: "API" } }],
    bad: [base, { ...base, accessConfig: {} }, { ...base, accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } }],
  }),

  resourceControl({
    id: "cluster-creator-not-admin",
    title: "Whoever creates the cluster is not its administrator for ever",
    severity: "high",
    why: "the pipeline's role would keep all rights in the cluster without standing on any list",
    fix: "set `accessConfig.bootstrapClusterCreatorAdminPermissions: false`",
    refs: { catalogue: "EKS-IAM-2", cis: ["CIS EKS 4.1.1"] },
    resource: CLUSTER,
    // AWS takes an absent value for true.
    *check({ accessConfig }) {
      if (accessConfig?.bootstrapClusterCreatorAdminPermissions !== false)
        yield {
          path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
          message: "the creator is the cluster's administrator",
        };
    },
    good: [{ ...base, accessConfig: { bootstrapClusterCreatorAdminPermissions: false } }],
    bad: [base, { ...base, accessConfig: { bootstrapClusterCreatorAdminPermissions: true } }],
  }),
];
