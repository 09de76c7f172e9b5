import { GONE, type Mutation, statement } from "./mutation";

const configured = (enableNetworkPolicy: unknown, NETWORK_POLICY_ENFORCING_MODE?: string) =>
  JSON.stringify({ enableNetworkPolicy, env: { NETWORK_POLICY_ENFORCING_MODE } });
const engine = (value: unknown) => configured(value, "standard");

/** What is flipped in the add-ons of the production stack. */
export const mutations: readonly Mutation[] = [
  ["Addon main-vpc-cni", "configurationValues", GONE, ["addons-enforcing-mode-said", "addons-network-policy"]],
  ["Addon main-vpc-cni", "configurationValues", engine("false"), ["addons-network-policy"]],
  ["Addon main-vpc-cni", "configurationValues", engine(true), ["addons-network-policy"]],
  ["Addon main-vpc-cni", "configurationValues", "{}", ["addons-enforcing-mode-said", "addons-network-policy"]],
  ["Addon main-vpc-cni", "configurationValues", configured("true"), ["addons-enforcing-mode-said"]],
  ["Addon main-vpc-cni", "configurationValues", configured("true", "lax"), ["addons-enforcing-mode-said"]],
  ["Addon main-vpc-cni", "configurationValues", configured("true", "strict"), []],
  ["Addon main-vpc-cni", "", GONE, ["addons-managed", "addons-network-policy", "addons-roles-deliverable"]],
  ["Addon main-coredns", "", GONE, ["addons-managed"]],
  ["Addon main-kube-proxy", "", GONE, ["addons-managed"]],
  ["Addon main-aws-ebs-csi-driver", "", GONE, ["addons-managed", "addons-roles-deliverable"]],
  ["Addon main-eks-pod-identity-agent", "", GONE, ["addons-managed", "addons-roles-deliverable"]],
  ["Addon main-coredns", "addonVersion", GONE, ["addons-pinned"]],
  ["Addon main-metrics-server", "addonVersion", "latest", ["addons-pinned"]],
  ["Addon main-kube-proxy", "addonVersion", "v1.35.3-eksbuild.13", ["addons-fit-cluster"]],
  ["Addon main-vpc-cni", "resolveConflictsOnUpdate", "OVERWRITE", ["addons-changes-noticed"]],
  ["Addon main-coredns", "resolveConflictsOnUpdate", "PRESERVE", ["addons-changes-noticed"]],
  ["Addon main-eks-node-monitoring-agent", "resolveConflictsOnCreate", "OVERWRITE", ["addons-changes-noticed"]],
  ["Addon main-vpc-cni", "podIdentityAssociations", GONE, ["addons-cni-own-role", "addons-roles-deliverable"]],
  [
    "Role main-vpc-cni",
    "assumeRolePolicy",
    statement(undefined, {
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/production" },
      },
    }),
    ["addons-role-fits-account"],
  ],
  ["Addon main-vpc-cni", "podIdentityAssociations", [{ serviceAccount: "default" }], ["addons-role-fits-account"]],
  ["Role main-vpc-cni", "permissionsBoundary", GONE, ["addons-role-boundary"]],
  ["Role main-ebs-csi", "permissionsBoundary", GONE, ["addons-role-boundary"]],
  ["RolePolicy main-ebs-csi", "policy", statement("VolumeKey", { Condition: {} }), ["iam-no-decrypt-everything"]],
  [
    "RolePolicy main-ebs-csi",
    "policy",
    statement("VolumeKey", {
      Condition: { "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/bulwark/production/disks" } },
    }),
    ["iam-no-decrypt-everything"],
  ],
];
