import { z } from "zod";
import { text } from "./words";

/** How the platform layer is applied from inside the network. */
export const runner = z
  .strictObject({
    image: text(/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9][a-z0-9._/-]*@sha256:[0-9a-f]{64}$/, {
      description:
        "The image that builds run in: engine, plugins and modules, so that a build fetches nothing. docs/runner.md says what must be in it.",
      allowed: "an image of this account and region in Amazon ECR, by digest and never by tag",
      write: "image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/bulwark/runner@sha256:<64 hexadecimal digits>",
      protects: "Nobody who may push a tag becomes administrator of the cluster.",
    }),
    commit: text(/^[0-9a-f]{40}$/, {
      description:
        "The reviewed commit that a build applies. Its archive lies in the runner's bucket as platform/<commit>.zip and cannot be overwritten.",
      allowed: "the whole id of a commit in quotes: 40 hexadecimal digits, no branch and no tag",
      write: 'commit: "0123456789abcdef0123456789abcdef01234567"',
      protects: "What is applied was reviewed, and is the same tomorrow.",
    }),
    pipeline: text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
      description:
        "The role of the pipeline: it alone uploads archives and starts builds. Anybody else who starts one raises an alarm.",
      allowed: "the whole ARN of one IAM role of this account, without `*`",
      write: "pipeline: arn:aws:iam::111122223333:role/platform-pipeline",
      protects: "Whoever may start a build with commands of their own administers the cluster.",
    }),
    stateBucket: text(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, {
      description: "The bucket of the states. Left out, bulwark-state-<account>-<region>, which `bootstrap` makes.",
      allowed: "3 to 63 lower-case letters, digits and hyphens, a letter or digit first and last",
      write: "stateBucket: example-bulwark-state",
    }).optional(),
    minutes: z.int().min(5).max(120).default(60).meta({
      description: "How long a build may take before it is ended.",
      allowed: "a whole number from 5 to 120",
      write: "minutes: 60",
    }),
    size: z.enum(["small", "medium", "large"]).default("medium").meta({
      description: "The size of the machine that builds run on.",
      allowed: "small, medium or large",
      write: "size: medium",
    }),
  })
  .optional()
  .meta({
    description:
      "AWS CodeBuild in the private subnets: it applies the platform layer to a cluster whose API is private, and is the cluster's deployer.",
    allowed: "an object with image, commit and pipeline",
    write: "runner: { image: …, commit: …, pipeline: … }",
    protects: "Left out, no machine administers the cluster.",
  });
