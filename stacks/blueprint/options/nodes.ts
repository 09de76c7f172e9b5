import { z } from "zod";
import { hopLimit, image } from "./node-image";
import { reason, text } from "./words";

const os = z.enum(["bottlerocket", "al2023", "ubuntu"]).default("bottlerocket").meta({
  description:
    "The nodes' operating system: Bottlerocket (read-only, SELinux enforcing, no shell), Amazon Linux 2023, or Ubuntu 24.04 with AppArmor from an image that is named. Changing it replaces the pool's nodes.",
  allowed: "bottlerocket, al2023 or ubuntu",
  write: "os: bottlerocket",
  protects: "On Bottlerocket an intruder finds no shell, no package manager and nothing to write to.",
});

const instanceTypes = z
  .array(
    text(/^\S+$/, {
      description: "An EC2 instance type.",
      allowed: "a current instance type without accelerators",
      write: "- m6i.large",
    }),
  )
  .min(1)
  .max(20)
  .default(["m6i.large"])
  .meta({
    description:
      "The instance types of the pool, the preferred one first. All are x86 or all are Graviton. Changing the list replaces the pool's nodes.",
    allowed: "a list of 1 to 20 current EC2 instance types of one architecture, none twice",
    write: "instanceTypes: [m6i.large]",
  });

const count = (least: number, words: { readonly description: string; readonly write: string }) =>
  z
    .int()
    .min(least)
    .max(450)
    .optional()
    .meta({ ...words, allowed: `a whole number from ${least} to 450` });

const pool = z
  .strictObject({
    os,
    instanceTypes,
    min: count(0, {
      description: "The fewest nodes. Left out, 3 in production and 2 elsewhere.",
      write: "min: 3",
    }),
    max: count(1, {
      description: "The most nodes. Left out, twice the fewest.",
      write: "max: 6",
    }),
    desired: count(0, {
      description: "How many nodes there are after an `up`. Left out, the fewest.",
      write: "desired: 3",
    }),
    diskGiB: z.int().min(20).max(16384).default(50).meta({
      description:
        "The size of the volume that holds images, logs and temporary files. It is always encrypted with the cluster's own key.",
      allowed: "a whole number from 20 to 16384",
      write: "diskGiB: 50",
    }),
    cis: z.literal([1, 2]).optional().meta({
      description:
        "The level of the CIS benchmark that the node's settings follow. Left out, 2 on Bottlerocket and 1 on the others.",
      allowed: "1 or 2; on al2023 and ubuntu only 1, since level 2 needs an image of its own",
      write: "cis: 2",
      protects: "Level 2 also locks the kernel down, refuses rare kernel modules and ignores redirected routes.",
    }),
    capacity: z.enum(["on-demand", "spot"]).default("on-demand").meta({
      description: "Whether AWS may take a node away at two minutes' notice. Changing it replaces the pool's nodes.",
      allowed: "on-demand or spot",
      write: "capacity: on-demand",
    }),
    labels: z
      .record(
        z.string(),
        z.string().meta({
          description: "The value of a label.",
          allowed: "up to 63 letters, digits, hyphens, dots and underscores, a letter or digit first and last",
          write: "workload: batch",
        }),
      )
      .default({})
      .meta({
        description:
          "Kubernetes labels of the nodes, besides `bulwark/pool`, which carries the pool's name, and `bulwark/image-family`, which carries its `os`.",
        allowed: "names without the prefixes of Kubernetes, EKS and Bulwark, and values",
        write: "labels: { workload: batch }",
      }),
    taints: z
      .array(
        text(/^[^\s=:]+(=[^\s=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/, {
          description: "A taint, written as kubectl writes it.",
          allowed: "name=value:effect with the effect NoSchedule, PreferNoSchedule or NoExecute",
          write: "- dedicated=batch:NoSchedule",
        }),
      )
      .max(50)
      .default([])
      .meta({
        description: "Taints that keep pods away which do not tolerate them.",
        allowed: "a list of up to 50 taints, none twice; one pool must have none",
        write: "taints: [dedicated=batch:NoSchedule]",
      }),
    release: text(/^\S+$/, {
      description:
        "The image release to stay on. Left out, AWS takes the newest whenever the pool is created or updated.",
      allowed: "a Bottlerocket release such as 1.66.0-1a2b3c4d, or of al2023 one such as 1.36.2-20261112",
      write: "release: 1.66.0-1a2b3c4d",
      protects: "Nodes of one pool are alike, and a new image is a reviewed change.",
    }).optional(),
    image,
    hopLimit,
  })
  .meta({
    description: "A pool of like nodes: one managed node group over all private subnets.",
    allowed: "an object; everything in it can be left out",
    write: "system: {}",
  });

const shell = z
  .discriminatedUnion("access", [
    z.strictObject({
      access: z.literal("none").meta({
        description: "Nobody opens a shell on a node.",
        allowed: "none or session-manager",
        write: "access: none",
      }),
    }),
    z.strictObject({
      access: z.literal("session-manager").meta({
        description: "People with the right in IAM open sessions through AWS Systems Manager. There is no SSH.",
        allowed: "none or session-manager",
        write: "access: session-manager",
      }),
      reason,
    }),
  ])
  .default({ access: "none" })
  .meta({
    description: "Who may open a shell on a node.",
    allowed: "an object with `access: none` or `access: session-manager`",
    write: "shell: { access: none }",
    protects: "Whoever is on a node holds the secrets of every pod on it.",
  });

const SYSTEM = {
  os: "bottlerocket",
  instanceTypes: ["m6i.large"],
  diskGiB: 50,
  capacity: "on-demand",
  labels: {},
  taints: [],
  image: { from: "eks" },
} as const;

const pools = z
  .record(z.string(), pool)
  .default({ system: { ...SYSTEM, instanceTypes: [...SYSTEM.instanceTypes], taints: [] } })
  .meta({
    description: "The pools by name. A name is fixed for the pool's life: renaming replaces its nodes.",
    allowed:
      "at least one pool; names of 1 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last",
    write: "pools: { system: {} }",
  });

/** The machines that pods run on. */
export const nodes = z
  .strictObject({ pools, shell })
  .default({
    pools: { system: { ...SYSTEM, instanceTypes: [...SYSTEM.instanceTypes], taints: [] } },
    shell: { access: "none" },
  })
  .meta({
    description: "The nodes.",
    allowed: "an object with `pools` and `shell`, either of which can be left out",
    write: "nodes: { pools: { system: {} } }",
  });

/** A pool of nodes as the blueprint describes it. */
export type Pool = z.infer<typeof pool>;
/** Who may open a shell on a node. */
export type Shell = z.infer<typeof shell>;
