import { z } from "zod";
import { reason, text } from "./words";

const by = (description: string) => ({ description, allowed: "inspector or nobody", write: "by: inspector" });

const scanning = z
  .discriminatedUnion("by", [
    z.strictObject({
      by: z
        .literal("inspector")
        .meta(by("Amazon Inspector scans the machine of each build. It must be switched on for EC2 in the account.")),
    }),
    z.strictObject({ by: z.literal("nobody").meta(by("No build is scanned.")), reason }),
  ])
  .default({ by: "inspector" })
  .meta({
    description: "Who looks for known vulnerabilities in a new image.",
    allowed: "an object with `by: inspector` or `by: nobody`",
    write: "scanning: { by: inspector }",
    protects: "A vulnerability that the base image brings along is known before a node runs it.",
  });

const image = z
  .strictObject({
    family: z.enum(["ubuntu", "al2023"]).meta({
      description:
        "The operating system: Ubuntu 24.04 for EKS, confined by AppArmor, or Amazon Linux 2023 for EKS, confined by SELinux.",
      allowed: "ubuntu or al2023",
      write: "family: al2023",
    }),
    architecture: z.enum(["x86_64", "arm64"]).default("x86_64").meta({
      description: "The processor of the nodes that the image is for.",
      allowed: "x86_64 or arm64",
      write: "architecture: x86_64",
    }),
    diskGiB: z.int().min(20).max(1024).default(20).meta({
      description: "The size of the image's root volume; a node's own may be larger. It is always encrypted.",
      allowed: "a whole number from 20 to 1024",
      write: "diskGiB: 20",
    }),
    keep: z.int().min(3).max(100).default(12).meta({
      description:
        "How many finished images are kept. One from which an instance was started in the last 90 days is kept besides.",
      allowed: "a whole number from 3 to 100",
      write: "keep: 12",
      protects: "There is something to go back to, and no heap of images that nobody patches.",
    }),
    mirror: text(/^https:\/\/\S+$/, {
      description:
        "Only for ubuntu: a mirror of the Ubuntu archive that speaks TLS, from which the audit daemon is installed where the base image lacks it. Left out, nothing is installed, and such a base image is refused by the build.",
      allowed: "an address that begins https://, has a DNS name and no credentials",
      write: "mirror: https://mirror.example.com/ubuntu",
      protects: "Ubuntu's own archive speaks plain HTTP, and nothing leaves this network but TLS.",
    }).optional(),
    scanning,
  })
  .meta({
    description: "A hardened node image: a pipeline builds it every month and whenever its base image changes.",
    allowed: "an object with `family`",
    write: "- { family: al2023 }",
  });

/** The node images that are built here. Left out, there is none of it. */
export const images = z.array(image).max(4).default([]).meta({
  description:
    "Hardened node images, built from the newest image for the cluster's Kubernetes version by EC2 Image Builder. Left out, none is built.",
  allowed: "a list of up to four images, each family and architecture once",
  write: "images: [{ family: al2023 }]",
  protects: "A node starts hardened: nothing has to be done to it after it has joined.",
});

/** A node image as the blueprint describes it. */
export type ImageBlueprint = z.infer<typeof image>;
