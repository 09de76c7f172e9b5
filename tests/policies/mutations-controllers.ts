import { GONE, type Mutation, statement } from "./mutation";

const BALANCER = "RolePolicy main-load-balancer";
const READER = "RolePolicy main-secrets-reader";
const TRUST = "assumeRolePolicy";

const asked = (namespace: string, account: string) => ({
  Condition: {
    StringEquals: {
      "aws:SourceAccount": "111122223333",
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": account,
    },
    ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/production" },
  },
});

/** What is flipped in the roles of the production cluster's controllers. */
export const mutations: readonly Mutation[] = [
  [
    BALANCER,
    "policy",
    statement("Targets", { Action: ["elasticloadbalancing:CreateLoadBalancer"] }),
    ["controllers-open-nothing"],
  ],
  [
    BALANCER,
    "policy",
    statement("Targets", { Action: ["ec2:AuthorizeSecurityGroupIngress"], Condition: {} }),
    ["controllers-open-nothing"],
  ],
  [
    BALANCER,
    "policy",
    statement("Targets", { Action: ["elasticloadbalancing:*"] }),
    ["controllers-open-nothing", "iam-no-service-wildcards"],
  ],
  [BALANCER, "policy", statement("Targets", { Condition: {} }), ["controllers-targets-named"]],
  [
    BALANCER,
    "policy",
    statement("Targets", { Condition: { StringEquals: { "aws:ResourceTag/bulwark:cluster": "staging" } } }),
    ["controllers-targets-named"],
  ],
  [
    READER,
    "policy",
    statement("Secrets", { Resource: "*" }),
    ["controllers-secrets-named", "iam-restricted-resources"],
  ],
  [
    READER,
    "policy",
    statement("Secrets", { Resource: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:bulwark/*" }),
    ["controllers-secrets-named"],
  ],
  [
    READER,
    "policy",
    statement("Secrets", { Action: ["secretsmanager:PutSecretValue"] }),
    ["controllers-secrets-named"],
  ],
  [READER, "policy", statement("SecretsKey", { Condition: {} }), ["iam-no-decrypt-everything"]],

  ["Role main-secrets-reader", "permissionsBoundary", GONE, ["addons-role-boundary"]],
  [
    "Role main-secrets-reader",
    TRUST,
    statement(undefined, asked("default", "external-secrets")),
    ["identity-association-pinned", "identity-one-role-per-workload"],
  ],
  [
    "Role main-load-balancer",
    TRUST,
    statement(undefined, { Principal: { Service: ["pods.eks.amazonaws.com", "ec2.amazonaws.com"] } }),
    ["identity-association-pinned", "identity-pod-trust-confined"],
  ],
  ["PodIdentityAssociation main-secrets-reader", "disableSessionTags", true, ["identity-association-pinned"]],
  [
    "PodIdentityAssociation main-load-balancer",
    "serviceAccount",
    "default",
    ["identity-association-pinned", "identity-one-role-per-workload"],
  ],
  [
    "PodIdentityAssociation main-secrets-reader",
    "links.roleArn",
    "Role main-load-balancer",
    ["addons-roles-deliverable", "identity-association-pinned", "identity-one-role-per-workload"],
  ],
  ["PodIdentityAssociation main-karpenter", "", GONE, ["addons-roles-deliverable"]],
];
