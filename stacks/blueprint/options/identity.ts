import { z } from "zod";
import { breakGlass } from "./break-glass";
import { text } from "./words";

/** One IAM role, spelled out: unlike a key policy, an access entry takes no `*`. */
const entryRole = (description: string) =>
  text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
    description,
    allowed: "the whole ARN of an IAM role of this account, without `*`",
    write:
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Sre_0123456789abcdef",
  });

const mode = (description: string) => ({ description, allowed: "create or existing", write: "mode: create" });

const named = {
  name: text(/^[0-9A-Za-z][\w-]{0,99}$/, {
    description: "What EKS calls the provider.",
    allowed: "1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
    write: "name: people",
  }),
  issuer: text(/^https:\/\/\S+$/, {
    description:
      "Who signs the tokens: the URL above `.well-known/openid-configuration`. EKS fetches it from the internet.",
    allowed: "an https URL without user, query or fragment",
    write: "issuer: https://login.example.com",
    protects: "Over plain http anybody on the way could hand EKS their own signing keys.",
  }),
  clientId: text(/^\S{1,255}$/, {
    description: "The application at the identity provider that tokens must be made for (the claim `aud`).",
    allowed: "up to 255 characters without spaces",
    write: "clientId: kubernetes",
    protects: "A token for any other application of the company opens nothing.",
  }),
};

const prefix = (of: string, option: string) =>
  text(/^[a-z][a-z0-9.-]*[:/#]$/, {
    description: `What is put before every ${of} of a token.`,
    allowed:
      "lower-case letters, digits, dots and hyphens, then `:`, `/` or `#`; none that Kubernetes, AWS or Bulwark uses",
    write: `${option}: "oidc:"`,
    protects: `No ${of} at the identity provider can become one that Kubernetes or this program gives rights to.`,
  });

const claim = (description: string, write: string) =>
  text(/^[\w.:/-]{1,255}$/, { description, allowed: "the name of a claim, up to 255 characters", write });

/** A list for each persona; a persona without one is nobody. */
const byPersona = (item: z.ZodString, kind: string) => {
  const list = (description: string, key: string) =>
    z
      .array(item)
      .optional()
      .meta({
        description,
        allowed: `a list of ${kind}, each in one persona only`,
        write: `${key}: [${wordOf(item)}]`,
      });
  return z.strictObject({
    developer: list("Builds applications. In production a developer only reads.", "developer"),
    devops: list("Runs deployments.", "devops"),
    sre: list("Keeps the cluster running.", "sre"),
    incidentManager: list("Leads an incident.", "incidentManager"),
    auditor: list("Reads, and changes nothing.", "auditor"),
  });
};

/** An item's example without the dash before it. */
const wordOf = (item: z.ZodString) => (item.meta()?.write ?? "").replace(/^- /, "");

const groups = byPersona(
  text(/^\S(.{0,198}\S)?$/, {
    description: "A group, as the identity provider calls it, without the prefix.",
    allowed: "a group's name of 1 to 200 characters",
    write: "- platform-sre",
  }),
  "group names",
)
  .optional()
  .meta({
    description: "Which of the provider's groups is which persona. Their members see what the platform layer grants.",
    allowed: "developer, devops, sre, incidentManager and auditor, each with a list of groups",
    write: "groups: { sre: [platform-sre] }",
  });

const created = z.strictObject({
  mode: z
    .literal("create")
    .meta(mode("The stack associates the provider with the cluster; that takes EKS 10 to 25 minutes.")),
  ...named,
  name: named.name.default("people"),
  usernameClaim: claim("The claim that names the person.", "usernameClaim: email").default("sub"),
  usernamePrefix: prefix("user name", "usernamePrefix").default("oidc:"),
  groupsClaim: claim("The claim that lists the person's groups.", "groupsClaim: groups").default("groups"),
  groupsPrefix: prefix("group", "groupsPrefix").default("oidc:"),
  requiredClaims: z
    .record(
      z.string(),
      text(/^\S.{0,252}$/, {
        description: "The value that a claim must have, compared exactly.",
        allowed: "text of 1 to 253 characters",
        write: "hd: example.com",
      }),
    )
    .meta({
      description: "Claims without which a token is refused. EKS compares text only: no lists, no numbers.",
      allowed: "at least one claim and its value",
      write: "requiredClaims: { hd: example.com }",
      protects: "With a provider that serves many companies, only people of yours get in.",
    }),
  groups,
});

const existing = z.strictObject({
  mode: z
    .literal("existing")
    .meta(mode("Somebody else associates the provider with the cluster; the stack leaves it alone.")),
  ...named,
  groupsPrefix: prefix("group", "groupsPrefix"),
  groups,
});

/** Who gets into the cluster, and as what. */
export const identity = z
  .strictObject({
    provider: z.discriminatedUnion("mode", [created, existing]).optional().meta({
      description:
        "The OpenID Connect provider that people sign in with. Left out, people come through IAM roles alone.",
      allowed: "an object with `mode: create` or `mode: existing`",
      write: "provider: { mode: create, issuer: …, clientId: …, requiredClaims: … }",
    }),
    roles: byPersona(
      entryRole("A role whose sessions are this persona, for example one of IAM Identity Center."),
      "role ARNs",
    )
      .optional()
      .meta({
        description:
          "Which IAM roles are which persona. A persona is a Kubernetes group; what the group may do is granted namespace by namespace by the platform layer, and until then nothing.",
        allowed: "developer, devops, sre, incidentManager and auditor, each with a list of roles",
        write: "roles: { sre: [arn:aws:iam::111122223333:role/…] }",
        protects: "Nobody administers the cluster because they administer the account.",
      }),
    deployer: entryRole("The role that applies the platform layer; it administers the cluster.").optional(),
    breakGlass,
  })
  .default({})
  .meta({
    description: "Who gets into the cluster, and as what.",
    allowed: "provider, roles, deployer and breakGlass",
    write: "identity: { roles: { sre: [arn:aws:iam::111122223333:role/…] } }",
    protects: "Left out, nobody gets in but the break-glass role.",
  });
