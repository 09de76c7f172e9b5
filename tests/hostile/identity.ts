import type { Hostile } from "./row";

const SSO = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1";

/** Who gets into the cluster, said so that others do too. */
export const identity: readonly Hostile[] = [
  {
    name: "an identity provider without TLS",
    change: { "issuer:": "issuer: http://login.example.com" },
    paths: ["identity.provider.issuer"],
    got: "http://login.example.com",
    fix: "write issuer: https://",
  },
  {
    name: "an issuer that only a laptop can reach",
    change: { "issuer:": "issuer: https://localhost:8443" },
    paths: ["identity.provider.issuer"],
    got: "https://localhost:8443",
    fix: "write issuer: https://",
  },
  {
    name: "an issuer by address",
    change: { "issuer:": "issuer: https://10.20.0.7" },
    paths: ["identity.provider.issuer"],
    got: "https://10.20.0.7",
    fix: "write issuer: https://",
  },
  {
    name: "an issuer with a password in it",
    change: { "issuer:": "issuer: https://user:secret@login.example.com" },
    paths: ["identity.provider.issuer"],
    got: "login.example.com",
    fix: "write issuer: https://login.example.com",
  },
  {
    name: "a cluster's own issuer, which would turn pods into people",
    change: { "issuer:": "issuer: https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF" },
    paths: ["identity.provider.issuer"],
    got: "oidc.eks",
    fix: "company's identity provider",
  },
  {
    name: "groups that become Kubernetes' own",
    change: { "clientId:": 'clientId: kubernetes\n        groupsPrefix: "system:"' },
    paths: ["identity.provider.groupsPrefix"],
    got: "system:",
    fix: 'write groupsPrefix: "oidc:"',
  },
  {
    name: "groups that become personas",
    change: { "clientId:": 'clientId: kubernetes\n        groupsPrefix: "bulwark:"' },
    paths: ["identity.provider.groupsPrefix"],
    got: "bulwark:",
    fix: 'write groupsPrefix: "oidc:"',
  },
  {
    name: "user names without a prefix, and groups too",
    change: { "clientId:": 'clientId: kubernetes\n        usernamePrefix: "-"\n        groupsPrefix: ""' },
    paths: ["identity.provider.usernamePrefix", "identity.provider.groupsPrefix"],
    got: '"-"',
    fix: 'usernamePrefix: "oidc:"',
  },
  {
    name: "user names that look like roles",
    change: { "clientId:": 'clientId: kubernetes\n        usernamePrefix: "arn:"' },
    paths: ["identity.provider.usernamePrefix"],
    got: "arn:",
    fix: 'write usernamePrefix: "oidc:"',
  },
  {
    name: "no claim that tells our people from others",
    change: { "requiredClaims:": "requiredClaims: {}" },
    paths: ["identity.provider.requiredClaims"],
    got: "{}",
    fix: "write requiredClaims: { hd: example.com }",
  },
  {
    name: "only claims that every token has",
    change: { "requiredClaims:": "requiredClaims: { aud: kubernetes, iss: https://login.example.com }" },
    paths: ["identity.provider.requiredClaims"],
    got: "aud",
    fix: "write requiredClaims: { hd: example.com }",
  },
  {
    name: "a claim that is a number",
    change: { "requiredClaims:": "requiredClaims: { tenant: 4711 }" },
    paths: ["identity.provider.requiredClaims.tenant"],
    got: "4711",
    fix: "quote it",
  },
  {
    name: "developers who are also the deployer, and the on-call engineers too",
    change: {
      "roles:": `roles:\n        developer: [${SSO}/AWSReservedSSO_Platform_0123456789abcdef, ${SSO}/AWSReservedSSO_Sre_0123456789abcdef]`,
    },
    paths: ["identity.roles.sre[0]", "identity.deployer"],
    got: "AWSReservedSSO_Sre",
    fix: "here or where it stood before",
  },
  {
    name: "an administrator persona",
    change: { "developer:": "admin: [shop-developers]" },
    paths: ["identity.provider.groups.admin"],
    got: 'the unknown key "admin"',
    fix: 'remove "admin"',
  },
  {
    name: "everybody of a kind as a persona",
    change: { "roles:": `roles:\n        developer: ["${SSO}/AWSReservedSSO_*"]` },
    paths: ["identity.roles.developer[0]"],
    got: "AWSReservedSSO_*",
    fix: "write arn:aws:iam::",
  },
  {
    name: "a user, another account's role and an AWS service as developers",
    change: {
      "roles:":
        "roles:\n        developer: [arn:aws:iam::111122223333:user/alice, arn:aws:iam::999988887777:role/dev, arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS]",
    },
    paths: ["identity.roles.developer[0]", "identity.roles.developer[1]", "identity.roles.developer[2]"],
    got: "user/alice",
    fix: "write arn:aws:iam::",
  },
  {
    name: "the nodes' role as a person",
    change: { "roles:": "roles:\n        developer: [arn:aws:iam::111122223333:role/bulwark-production-nodes]" },
    paths: ["identity.roles.developer[0]"],
    got: "bulwark-production-nodes",
    fix: "name another role",
  },
  {
    name: "a group of two personas, and one of Kubernetes'",
    change: { "developer:": 'developer: [platform-sre, "system:masters"]' },
    paths: ["identity.provider.groups.developer[1]", "identity.provider.groups.sre[0]"],
    got: "system:masters",
    fix: "write masters",
  },
  {
    name: "a break-glass role that nobody may become",
    change: { "breakGlass: # who": "", "principals:": "" },
    paths: ["access.breakGlass"],
    got: "role/bulwark-production-break-glass",
    fix: "write identity: { breakGlass:",
  },
  {
    name: "people for a break-glass role that is somebody else's",
    change: { "breakGlass:": "breakGlass: arn:aws:iam::111122223333:role/break-glass" },
    paths: ["identity.breakGlass"],
    got: "role/break-glass",
    fix: "breakGlass: arn:aws:iam::111122223333:role/bulwark-production-break-glass",
  },
  {
    name: "any break-glass role of a kind",
    change: { "breakGlass:": "breakGlass: arn:aws:iam::111122223333:role/break-glass-*" },
    paths: ["access.breakGlass", "identity.breakGlass"],
    got: "break-glass-*",
    fix: "to its end",
  },
  {
    name: "everybody of the account and of another as break-glass",
    change: { "principals:": "principals: [arn:aws:iam::111122223333:root, arn:aws:iam::999988887777:role/partner]" },
    paths: ["identity.breakGlass.principals[0]", "identity.breakGlass.principals[1]"],
    got: ":root",
    fix: "write - arn:",
  },
  {
    name: "break-glass whose second factor AWS cannot see, and one that it could",
    change: {
      "principals:": `principals: [${SSO}/AWSReservedSSO_OnCall_0123456789abcdef]\n        mfa: { checkedBy: nobody }`,
    },
    paths: ["identity.breakGlass.mfa.checkedBy"],
    got: '"nobody"',
    fix: "write checkedBy: aws",
  },
  {
    name: "break-glass for a session to which AWS gives no MFA key",
    change: { "principals:": `principals: [${SSO}/AWSReservedSSO_OnCall_0123456789abcdef]` },
    paths: ["identity.breakGlass.principals[0]"],
    got: "AWSReservedSSO_OnCall",
    fix: "write mfa: { checkedBy: identity-provider",
  },
  {
    name: "a second factor that nobody checks",
    change: {
      "principals:":
        "principals: [arn:aws:iam::111122223333:role/security-on-call]\n        mfa: { checkedBy: identity-provider, reason: it is easier at night without }",
    },
    paths: ["identity.breakGlass.principals[0]"],
    got: "security-on-call",
    fix: "remove mfa",
  },
  {
    name: "developers of production as break-glass",
    change: {
      "roles:": "roles:\n        developer: [arn:aws:iam::111122223333:role/security-on-call]",
    },
    paths: ["identity.breakGlass.principals[0]"],
    got: "security-on-call",
    fix: "name a role of those on call",
  },
];
