import { GONE, type Mutation, statement } from "./mutation";

const POLICY = "RolePolicy main-karpenter";
const owned = (of: "Request" | "Resource", cluster = "production") => ({
  StringEquals: { [`aws:${of}Tag/kubernetes.io/cluster/${cluster}`]: "owned" },
  StringLike: { [`aws:${of}Tag/karpenter.sh/nodepool`]: "*" },
});
const anyInstance = "arn:aws:ec2:eu-central-1:*:instance/*";
const cni = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy";

/** What is flipped in Karpenter's half of the production stack. */
export const mutations: readonly Mutation[] = [
  [POLICY, "policy", statement("Make", { Condition: {} }), ["karpenter-launches-own"]],
  [POLICY, "policy", statement("Make", { Condition: owned("Request", "staging") }), ["karpenter-launches-own"]],
  [POLICY, "policy", statement("Make", { Condition: owned("Resource") }), ["karpenter-launches-own"]],
  [POLICY, "policy", statement("OwnTemplates", { Condition: {} }), ["karpenter-launches-own"]],
  [
    POLICY,
    "policy",
    statement("Given", { Resource: "*" }),
    ["iam-restricted-resources", "karpenter-launches-own", "karpenter-network-own"],
  ],
  [POLICY, "policy", statement("Places", { Condition: {} }), ["karpenter-network-own"]],
  [
    POLICY,
    "policy",
    statement("Places", { Condition: { StringLike: { "aws:ResourceTag/karpenter.sh/discovery": "*" } } }),
    ["karpenter-network-own"],
  ],
  [POLICY, "policy", statement("TagWhatIsMade", { Condition: owned("Request") }), ["karpenter-tags-own"]],
  [POLICY, "policy", statement("NameInstances", { Condition: owned("Resource") }), ["karpenter-tags-own"]],
  [
    POLICY,
    "policy",
    statement("NameInstances", { Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["Name"] } } }),
    ["karpenter-tags-own"],
  ],
  [POLICY, "policy", statement("End", { Condition: {} }), ["karpenter-ends-own"]],
  [POLICY, "policy", statement("End", { Condition: owned("Resource", "staging") }), ["karpenter-ends-own"]],
  [
    POLICY,
    "policy",
    statement("End", { Action: ["ec2:StopInstances"], Resource: anyInstance, Condition: {} }),
    ["karpenter-ends-own"],
  ],
  [POLICY, "policy", statement("PassNodeRole", { Condition: {} }), ["iam-pass-role-pinned"]],
  [
    POLICY,
    "policy",
    statement("PassNodeRole", { Resource: "arn:aws:iam::111122223333:role/bulwark-production-*" }),
    ["iam-pass-role-pinned"],
  ],
  [
    POLICY,
    "policy",
    statement("PassNodeRole", { Resource: "*" }),
    ["iam-no-escalation", "iam-pass-role-pinned", "iam-restricted-resources"],
  ],
  ["Policy main-karpenter-boundary", "policy", statement("PassNodeRole", { Condition: {} }), ["iam-pass-role-pinned"]],
  [POLICY, "policy", statement("Queue", { Action: ["sqs:GetQueueUrl"] }), ["karpenter-interruptions-heard"]],
  [POLICY, "policy", statement("VolumeKey", { Condition: {} }), ["iam-no-decrypt-everything"]],
  ["Role main-karpenter", "permissionsBoundary", GONE, ["addons-role-boundary"]],
  [
    "Role main-karpenter",
    "assumeRolePolicy",
    statement(undefined, { Condition: {} }),
    ["iam-service-trust-confined", "identity-association-pinned", "identity-pod-trust-confined"],
  ],

  ["EventRule main-node-spot", "", GONE, ["karpenter-interruptions-heard"]],
  ["EventRule main-node-health", "state", "DISABLED", ["karpenter-interruptions-heard"]],
  ["EventRule main-node-state", "name", "another", ["karpenter-interruptions-heard"]],
  ["EventTarget main-node-rebalance", "", GONE, ["karpenter-interruptions-heard"]],
  ["EventTarget main-node-capacity", "links.arn", "Topic main-alarms", ["karpenter-interruptions-heard"]],
  [
    "QueuePolicy main-karpenter",
    "policy",
    statement("Interruptions", {
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-central-1:111122223333:rule/another" } },
    }),
    ["karpenter-interruptions-heard"],
  ],
  [
    "QueuePolicy main-karpenter",
    "policy",
    statement("Interruptions", { Condition: {} }),
    ["karpenter-interruptions-heard", "queue-senders-named"],
  ],
  [
    "QueuePolicy main-karpenter",
    "policy",
    statement("PlainText", { Effect: "Allow" }),
    ["queue-senders-named", "queue-tls-only"],
  ],
  ["QueuePolicy main-karpenter", "policy", statement("PlainText", { Condition: {} }), ["queue-tls-only"]],
  ["QueuePolicy main-karpenter", "", GONE, ["karpenter-interruptions-heard", "queue-tls-only"]],
  ["Queue main-karpenter", "sqsManagedSseEnabled", false, ["queue-encrypted"]],
  ["Queue main-karpenter", "sqsManagedSseEnabled", GONE, ["queue-encrypted"]],
  ["Queue main-karpenter", "", GONE, ["karpenter-interruptions-heard"]],

  [
    "RolePolicyAttachment main-karpenter-node-AmazonEC2ContainerRegistryPullOnly",
    "policyArn",
    cni,
    ["addons-cni-own-role", "karpenter-node-role-minimal"],
  ],
  ["RolePolicyAttachment main-karpenter-node-AmazonEKSWorkerNodePolicy", "", GONE, ["karpenter-node-role-minimal"]],
  ["AccessEntry main-karpenter-node", "kubernetesGroups", ["bulwark:sre"], ["karpenter-node-role-minimal"]],
  ["Role main-karpenter-node", "name", "another", ["karpenter-node-role-minimal"]],
];
