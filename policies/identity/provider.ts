import { type Control, inventoryControl, item, resourceControl } from "../control";
import { cluster, CLUSTER, ISSUER, PROVIDER } from "./example";

const RESERVED = /^(system|eks|aws|amazon|iam|arn|kubernetes|bulwark):/;
const oidc = {
  identityProviderConfigName: "people",
  issuerUrl: "https://login.example.com",
  clientId: "kubernetes",
  usernamePrefix: "oidc:",
  groupsClaim: "groups",
  groupsPrefix: "oidc:",
  requiredClaims: { hd: "example.com" },
};
const tags = { owner: "platform@example.com", environment: "production", "data-classification": "confidential" };
const said = (more: object) => ({ clusterName: "production", tags, oidc: { ...oidc, ...more } });
// For the bad examples: an input that is left out, though its type asks for it or not.
const without = (key: keyof typeof oidc) => said({ [key]: undefined });

/** Whose tokens open the cluster: those of people, and those of its own service accounts. */
export const provider: readonly Control[] = [
  resourceControl({
    id: "identity-provider-https",
    title: "The people's identity provider is reached over https",
    severity: "high",
    why: "whoever can change the answer on its way hands the cluster their own signing keys",
    fix: "write the issuer as https URL",
    refs: { catalogue: "EKS-IAM-5", cis: ["CIS EKS 5.5.1"] },
    resource: PROVIDER,
    *check({ oidc: { issuerUrl, clientId } }) {
      if (!issuerUrl.startsWith("https://")) yield { path: "oidc.issuerUrl", message: `${issuerUrl} is not https` };
      if (clientId === "") yield { path: "oidc.clientId", message: "tokens made for any application are accepted" };
    },
    good: [said({})],
    bad: [said({ issuerUrl: "http://login.example.com" }), said({ clientId: "" })],
  }),

  resourceControl({
    id: "identity-provider-prefixes",
    title: "Names of the identity provider cannot be mistaken for others",
    severity: "critical",
    why: "without a prefix whoever may name a group at the provider names one that Kubernetes gives rights to",
    fix: 'set `usernamePrefix` and `groupsPrefix`, for example to "oidc:"',
    refs: { catalogue: "EKS-IAM-5", cis: ["CIS EKS 5.5.1"] },
    resource: PROVIDER,
    *check({ oidc: { usernamePrefix, groupsPrefix, groupsClaim } }) {
      for (const [name, prefix] of Object.entries({ usernamePrefix, groupsPrefix })) {
        // EKS reads "-" as no prefix at all.
        if (prefix === undefined || prefix === "" || prefix === "-")
          yield { path: `oidc.${name}`, message: `there is no ${name}` };
        else if (RESERVED.test(prefix))
          yield { path: `oidc.${name}`, message: `${prefix} belongs to Kubernetes, AWS or this program` };
      }
      if (groupsClaim === undefined || groupsClaim === "")
        yield { path: "oidc.groupsClaim", message: "groups are not read, so rights are given to people one by one" };
    },
    good: [said({})],
    bad: [
      without("groupsPrefix"),
      without("usernamePrefix"),
      without("groupsClaim"),
      said({ usernamePrefix: "-" }),
      said({ groupsPrefix: "system:" }),
      said({ groupsPrefix: "bulwark:" }),
    ],
  }),

  resourceControl({
    id: "identity-provider-claims",
    title: "A token must carry a claim that tells our people from others",
    severity: "high",
    why: "one issuer often serves many companies, and one application many kinds of users",
    fix: "name a claim and its value in `requiredClaims`",
    refs: { catalogue: "EKS-IAM-5", cis: ["CIS EKS 5.5.1"] },
    resource: PROVIDER,
    *check({ oidc: { requiredClaims } }) {
      if (Object.keys(requiredClaims ?? {}).length === 0)
        yield { path: "oidc.requiredClaims", message: "no claim is required" };
    },
    good: [said({})],
    bad: [without("requiredClaims"), said({ requiredClaims: {} })],
  }),

  resourceControl({
    id: "identity-provider-tags",
    title: "The identity provider says whose it is",
    severity: "low",
    why: "whoever finds a second way into the cluster must know whom to ask",
    fix: "tag it with owner, environment and data-classification",
    refs: { catalogue: "EKS-TAG-1", securityHub: ["EKS.7"] },
    resource: PROVIDER,
    *check({ tags: carried }) {
      for (const name of Object.keys(tags).filter((one) => (carried?.[one] ?? "") === ""))
        yield { path: "tags", message: `there is no tag ${name}` };
    },
    good: [said({})],
    bad: [
      { clusterName: "production", oidc },
      { ...said({}), tags: { ...tags, owner: "" } },
    ],
  }),

  resourceControl({
    id: "identity-irsa-audience",
    title: "Service accounts' tokens are accepted by IAM for STS alone",
    severity: "high",
    why: "a token that a pod hands to some other service would otherwise be good for AWS too",
    fix: 'set `clientIdLists: ["sts.amazonaws.com"]`',
    refs: { catalogue: "EKS-IAM-6", cis: ["CIS EKS 5.2.1"], kubescape: ["C-0225"] },
    resource: ISSUER,
    *check({ clientIdLists }) {
      if (clientIdLists.join() !== "sts.amazonaws.com")
        yield { path: "clientIdLists", message: `tokens for ${clientIdLists.join(", ") || "nobody"} are accepted` };
    },
    good: [{ url: "https://oidc.eks.eu-central-1.amazonaws.com/id/A", clientIdLists: ["sts.amazonaws.com"] }],
    bad: [
      { url: "https://oidc.eks.eu-central-1.amazonaws.com/id/A", clientIdLists: ["sts.amazonaws.com", "kubernetes"] },
      { url: "https://oidc.eks.eu-central-1.amazonaws.com/id/A", clientIdLists: [] },
    ],
  }),

  inventoryControl({
    id: "identity-irsa-own-issuer",
    title: "IAM trusts the issuer of this cluster and no other",
    severity: "high",
    why: "another cluster's issuer lets its administrators become every role that trusts the provider",
    fix: "take `url` from the cluster's `identities`",
    refs: { catalogue: "EKS-IAM-6", cis: ["CIS EKS 5.2.1"], kubescape: ["C-0225"] },
    about: [ISSUER],
    *check(issuer, inventory) {
      if (inventory.linked(issuer, "url", CLUSTER).length === 0)
        yield { path: "url", message: "the issuer is not that of a cluster of this stack" };
    },
    good: [
      [
        cluster(),
        item(
          ISSUER,
          "main",
          { url: "https://oidc.eks.eu-central-1.amazonaws.com/id/A", clientIdLists: ["sts.amazonaws.com"] },
          { links: { url: [cluster()] } },
        ),
      ],
    ],
    bad: [
      [
        cluster(),
        item(ISSUER, "main", {
          url: "https://oidc.eks.eu-west-1.amazonaws.com/id/B",
          clientIdLists: ["sts.amazonaws.com"],
        }),
      ],
    ],
  }),
];
