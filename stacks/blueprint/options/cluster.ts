import { z } from "zod";
import { by, reason, text, until } from "./words";

const access = (description: string) => ({ description, allowed: "private or public", write: "access: private" });

const endpoint = z
  .discriminatedUnion("access", [
    z.strictObject({ access: z.literal("private").meta(access("The Kubernetes API answers inside the VPC only.")) }),
    z.strictObject({
      access: z.literal("public").meta(access("The API also answers the internet addresses in `from`.")),
      from: z
        .array(
          text(/^\S+$/, {
            description: "Addresses that may reach the API.",
            allowed: "a public block of /20 or smaller (IPv6: /48 or smaller), written from its first address",
            write: "- 203.0.113.0/28",
          }),
        )
        .min(1)
        .meta({
          description: "Every block that may reach the API.",
          allowed: "a list of at least one public block; together they must not amount to more than a /20 in one piece",
          write: "from: [203.0.113.0/28]",
          protects: "A leaked credential is useless from anywhere else.",
        }),
      reason,
    }),
  ])
  .default({ access: "private" })
  .meta({
    description: "Who can reach the Kubernetes API.",
    allowed: "an object with `access: private` or `access: public`",
    write: "endpoint: { access: private }",
    protects: "A public API turns one leaked credential into a cluster takeover.",
  });

/** The EKS cluster itself. */
export const cluster = z
  .strictObject({
    name: text(/^[0-9A-Za-z][A-Za-z0-9-]{0,40}$/, {
      description: "The cluster's name. Fixed for its life; roles, log group and key aliases carry it.",
      allowed: "1 to 41 letters, digits and hyphens, a letter or digit first",
      write: "name: production",
    }),
    version: text(/^1\.\d+$/, {
      description: "The Kubernetes version. It must be in standard support for another 90 days.",
      allowed: "a Kubernetes minor version in quotes",
      write: 'version: "1.36"',
      protects: "A cluster is neither billed for extended support nor upgraded by AWS on a day you did not choose.",
    }).default("1.36"),
    endpoint,
    serviceCidr: text(/^\S+$/, {
      description:
        "The IPv4 block of Kubernetes services. Left out, EKS takes 10.100.0.0/16 or 172.20.0.0/16, whichever does not collide. Fixed for the cluster's life.",
      allowed: "a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, from /12 to /24, outside the VPC's block",
      write: "serviceCidr: 172.20.0.0/16",
    }).optional(),
  })
  .meta({ description: "The EKS cluster.", allowed: "an object with `name`", write: "cluster: { name: production }" });

/** How long audit and flow logs are kept. */
export const logs = z
  .strictObject({
    retentionDays: z.literal([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]).default(400).meta({
      description: "How many days control-plane and flow logs are kept.",
      allowed:
        "365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653: what CloudWatch Logs offers from a year up",
      write: "retentionDays: 400",
      protects: "An intrusion found after eleven months can still be followed back.",
    }),
  })
  .default({ retentionDays: 400 })
  .meta({ description: "The logs.", allowed: "an object with `retentionDays`", write: "logs: { retentionDays: 400 }" });

/** The declared, dated intention to destroy. */
export const teardown = z.strictObject({ reason, by, until }).optional().meta({
  description:
    "Lifts the protection of network, keys, cluster and log groups, so that a destroy can go through. Apply it with `up`, then destroy.",
  allowed: "reason, by and until",
  write: 'teardown: { reason: …, by: …, until: "…" }',
  protects: "Left out, nothing irreversible can be deleted.",
});
