import { GONE, type Mutation, statement } from "./mutation";

const TRUST = "assumeRolePolicy";
const SRE = "AWSReservedSSO_Sre_0123456789abcdef";
const DEPLOYER = "bulwark-production-runner";
const RESERVE = "bulwark-production-break-glass";
const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/A";
const tokens = {
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
  Action: "sts:AssumeRoleWithWebIdentity",
};
const onCall = { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/security-on-call"] };

/** What is flipped in who gets into the production cluster. */
export const mutations: readonly Mutation[] = [
  [`AccessEntry main-${SRE}`, "kubernetesGroups", ["system:masters"], ["identity-no-system-groups"]],
  [`AccessEntry main-${SRE}`, "kubernetesGroups", ["bulwark:developer"], ["identity-developers-read"]],
  [`AccessEntry main-${SRE}`, "principalArn", "arn:aws:iam::111122223333:user/alice", ["identity-entries-for-roles"]],
  [`AccessEntry main-${DEPLOYER}`, "tags", GONE, ["identity-cluster-admins"]],
  [`AccessEntry main-${DEPLOYER}`, "kubernetesGroups", ["bulwark:developer-read"], ["identity-cluster-admins"]],
  [
    `AccessEntry main-${DEPLOYER}`,
    "tags",
    { "bulwark:purpose": "break-glass" },
    ["identity-break-glass-alarm", "identity-break-glass-mfa", "identity-cluster-admins"],
  ],
  [
    `AccessPolicyAssociation main-${DEPLOYER}`,
    "links.principalArn",
    `AccessEntry main-${SRE}`,
    ["identity-cluster-admins"],
  ],
  [
    `AccessPolicyAssociation main-${DEPLOYER}`,
    "policyArn",
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    ["identity-cluster-admins"],
  ],
  [
    `AccessPolicyAssociation main-${RESERVE}`,
    "accessScope",
    { type: "namespace", namespaces: [] },
    ["identity-cluster-admins", "identity-way-in"],
  ],
  [`AccessPolicyAssociation main-${RESERVE}`, "", GONE, ["identity-way-in"]],

  ["IdentityProviderConfig main", "oidc.issuerUrl", "http://login.example.com", ["identity-provider-https"]],
  ["IdentityProviderConfig main", "oidc.clientId", "", ["identity-provider-https"]],
  ["IdentityProviderConfig main", "oidc.usernamePrefix", "-", ["identity-provider-prefixes"]],
  ["IdentityProviderConfig main", "oidc.usernamePrefix", GONE, ["identity-provider-prefixes"]],
  ["IdentityProviderConfig main", "oidc.groupsPrefix", "system:", ["identity-provider-prefixes"]],
  ["IdentityProviderConfig main", "oidc.groupsPrefix", GONE, ["identity-provider-prefixes"]],
  ["IdentityProviderConfig main", "oidc.groupsClaim", GONE, ["identity-provider-prefixes"]],
  ["IdentityProviderConfig main", "oidc.requiredClaims", GONE, ["identity-provider-claims"]],
  ["IdentityProviderConfig main", "oidc.requiredClaims", {}, ["identity-provider-claims"]],
  ["IdentityProviderConfig main", "tags.owner", GONE, ["identity-provider-tags"]],
  ["IdentityProviderConfig main", "tags", GONE, ["identity-provider-tags"]],

  ["OpenIdConnectProvider main", "clientIdLists", ["sts.amazonaws.com", "kubernetes"], ["identity-irsa-audience"]],
  ["OpenIdConnectProvider main", "links.url", "Key main-alarms", ["identity-irsa-own-issuer"]],

  ["Role main-break-glass", "maxSessionDuration", 43200, ["identity-break-glass-session"]],
  [
    "Role main-break-glass",
    TRUST,
    statement("BreakGlass", { Condition: { ArnEquals: onCall } }),
    ["identity-break-glass-mfa"],
  ],
  [
    "Role main-break-glass",
    TRUST,
    statement("BreakGlass", {
      Condition: { ArnEquals: onCall, BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
    }),
    ["identity-break-glass-mfa"],
  ],
  [
    "Role main-break-glass",
    TRUST,
    statement("BreakGlass", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    ["iam-cross-account-trust", "identity-break-glass-mfa"],
  ],
  [
    "Role main-break-glass",
    TRUST,
    statement("BreakGlass", { Principal: { AWS: "arn:aws:iam::444455556666:root" } }),
    ["iam-cross-account-trust"],
  ],
  ["EventRule main-break-glass", "state", "ENABLED", ["identity-break-glass-alarm"]],
  ["EventRule main-break-glass", "state", GONE, ["identity-break-glass-alarm"]],
  ["EventRule main-break-glass", "eventPattern", '{"detail":{}}', ["identity-break-glass-alarm"]],
  ["EventRule main-break-glass", "", GONE, ["identity-break-glass-alarm"]],
  ["EventTarget main-break-glass", "roleArn", GONE, ["identity-break-glass-alarm"]],
  ["EventTarget main-break-glass", "", GONE, ["identity-break-glass-alarm"]],
  ["Topic main-alarms", "kmsMasterKeyId", GONE, ["identity-break-glass-alarm"]],
  ["Key main-alarms", "enableKeyRotation", GONE, ["keys-rotation"]],
  ["Key main-alarms", "protect", false, ["keys-protected"]],
  ["Key main-alarms", "policy", statement("Publisher", { Condition: {} }), ["keys-not-public"]],
  ["Role main-alarm", TRUST, statement("BreakGlassRule", { Condition: {} }), ["iam-service-trust-confined"]],
  ["RolePolicy main-alarm", "policy", statement("Publish", { Resource: "*" }), ["iam-restricted-resources"]],

  [
    "Role main-ebs-csi",
    TRUST,
    statement(undefined, { Condition: {} }),
    ["addons-role-fits-account", "iam-service-trust-confined", "identity-pod-trust-confined"],
  ],
  ["Role main-ebs-csi", TRUST, statement(undefined, { Action: "sts:*" }), ["identity-pod-trust-confined"]],
  [
    "Role main-alarm",
    TRUST,
    statement("BreakGlassRule", {
      ...tokens,
      Condition: { StringLike: { [`${issuer}:sub`]: "system:serviceaccount:*" } },
    }),
    ["addons-role-boundary", "identity-irsa-trust-pinned"],
  ],
  [
    "Role main-alarm",
    TRUST,
    statement("BreakGlassRule", {
      ...tokens,
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          [`${issuer}:sub`]: ["system:serviceaccount:orders:api", "system:serviceaccount:orders:jobs"],
        },
      },
    }),
    ["addons-role-boundary", "identity-irsa-trust-pinned", "identity-one-role-per-workload"],
  ],
];
