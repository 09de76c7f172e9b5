import { z } from "zod";
import { email, reason, roleArn, text } from "./words";

const amount = (what: string, fallback: string) =>
  text(/^[1-9]\d{0,5}(?:Mi|Gi|Ti)$/, {
    description: `${what} that the tenant's workloads may use together. Left out: ${fallback}.`,
    allowed: "a whole number of Mi, Gi or Ti",
    write: `memory: ${fallback}`,
  }).optional();

const quota = z
  .strictObject({
    cpu: text(/^[1-9]\d{0,4}$/, {
      description: "Processor cores that are promised to the tenant's workloads together. Left out: 20.",
      allowed: "a whole number of cores, in quotes",
      write: 'cpu: "20"',
    }).optional(),
    memory: amount("Memory", "64Gi"),
    ephemeralStorage: amount("Scratch space on the nodes' disks", "64Gi"),
    storage: amount("Volumes", "500Gi"),
    pods: z.int().min(1).max(10_000).optional().meta({
      description: "Pods of the tenant. Left out: 100.",
      allowed: "a whole number from 1 to 10000",
      write: "pods: 100",
    }),
  })
  .optional()
  .meta({
    description: "The most that the tenant's workloads may use together.",
    allowed: "cpu, memory, ephemeralStorage, storage and pods, each of which can be left out",
    write: 'quota: { cpu: "20", memory: 64Gi }',
    protects: "A mistake of one team does not take the nodes from the others.",
  });

const groups = (who: string) =>
  z
    .array(
      text(/^\S+$/, {
        description: `A group of people who are the tenant's ${who}.`,
        allowed: "a group that the cluster layer names for the persona, as the cluster knows it",
        write: "- oidc:shop-developers",
      }),
    )
    .min(1)
    .optional()
    .meta({
      description: `The groups whose members are the tenant's ${who}.`,
      allowed: "a list of at least one group, none twice",
      write: "[oidc:shop-developers]",
    });

const personas = z
  .strictObject({
    developer: groups("developers"),
    devops: groups("devops"),
    sre: groups("SREs"),
    incidentManager: groups("incident managers"),
    auditor: groups("auditors"),
  })
  .default({})
  .meta({
    description: "Who is which persona in the tenant. What each may do follows from the environment.",
    allowed: "developer, devops, sre, incidentManager and auditor, each with a list of groups",
    write: "personas: { developer: [oidc:shop-developers] }",
    protects: "Left out, nobody sees anything in the tenant but who administers the cluster.",
  });

const by = (description: string) => ({ description, allowed: "group or serviceAccount", write: "by: group" });

const deployer = z
  .discriminatedUnion("by", [
    z.strictObject({
      by: z.literal("group").meta(by("Whoever is in a group, such as the tenant's pipeline.")),
      group: text(/^\S+$/, {
        description: "The group, as the cluster knows it.",
        allowed: "the identity provider's prefix and one group; nothing that begins system:, eks: or bulwark:",
        write: "group: oidc:shop-pipeline",
      }),
    }),
    z.strictObject({
      by: z.literal("serviceAccount").meta(by("A GitOps controller's service account in the cluster.")),
      namespace: text(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
        description: "The namespace of the account.",
        allowed: "the name of a namespace",
        write: "namespace: argocd",
      }),
      name: text(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
        description: "The account.",
        allowed: "the name of a service account that is nobody's default",
        write: "name: shop-deployer",
      }),
    }),
  ])
  .optional()
  .meta({
    description:
      "Who applies the manifests of the tenant's applications: exactly the kinds that an Application emits, here alone.",
    allowed: "an object with `by: group` or `by: serviceAccount`",
    write: "deployer: { by: group, group: oidc:shop-pipeline }",
    protects: "Left out, only who administers the cluster deploys.",
  });

const level = (description: string) => ({
  description,
  allowed: "restricted, baseline or privileged",
  write: "level: restricted",
});

const podSecurity = z
  .discriminatedUnion("level", [
    z.strictObject({ level: z.literal("restricted").meta(level("The strictest Pod Security Standard.")) }),
    z.strictObject({ level: z.literal("baseline").meta(level("Known ways out of a container are closed.")), reason }),
    z.strictObject({ level: z.literal("privileged").meta(level("Everything is admitted.")), reason }),
  ])
  .default({ level: "restricted" })
  .meta({
    description: "The Pod Security Standard that is enforced in the tenant.",
    allowed: "an object with `level: restricted`, or another level and a reason",
    write: "podSecurity: { level: restricted }",
    protects: "A pod cannot take its node over.",
  });

const names = (what: string, example: string, protects: string) =>
  z
    .array(
      text(/^\S+$/, {
        description: `One of them.`,
        allowed: "a DNS name in lower case, without `*`, scheme, port or path",
        write: `- ${example}`,
      }),
    )
    .default([])
    .meta({
      description: what,
      allowed: "a list of DNS names, each by itself and none twice",
      write: `[${example}]`,
      protects,
    });

const aws = z
  .strictObject({
    secretsRole: roleArn({
      description: "The role that may read the tenant's secrets, under bulwark/<cluster>/<tenant>/, and no others.",
      allowed: "the ARN of one IAM role of this account, without `*`",
      write: "secretsRole: arn:aws:iam::111122223333:role/bulwark-production-tenant-shop",
    }),
  })
  .optional()
  .meta({
    description: "The tenant's way to AWS: interface endpoints, the Pod Identity agent and its secrets.",
    allowed: "an object with `secretsRole`",
    write: "aws: { secretsRole: arn:aws:iam::111122223333:role/bulwark-production-tenant-shop }",
    protects: "Left out, no pod of the tenant reaches AWS.",
  });

/** A team's place in the cluster; what is left out is closed. */
export const tenant = z
  .strictObject({
    owner: email({
      description: "Who answers for the tenant.",
      allowed: "an e-mail address, best of a team",
      write: "owner: team-shop@example.com",
    }),
    hosts: names(
      "The public names that lead to the tenant's workloads. Each belongs to one tenant.",
      "shop.example.com",
      "No team can answer for another's name.",
    ),
    reaches: names(
      "The hosts on the internet that the tenant's workloads may be granted by a requirements file.",
      "api.example.com",
      "What an application asks for in its own repository opens nothing by itself.",
    ),
    quota,
    personas,
    deployer,
    podSecurity,
    aws,
  })
  .meta({
    description: "A team's place in the cluster.",
    allowed: "an object with `owner`",
    write: "team-shop: { owner: team-shop@example.com }",
  });
