import { z } from "zod";
import { text } from "./words";

/** Whose runners the bucket of states and its keys admit. */
export const runners = z
  .array(
    z
      .strictObject({
        cluster: text(/^[0-9A-Za-z][A-Za-z0-9-]{0,40}$/, {
          description: "The cluster's name: its runner is the role bulwark-<cluster>-runner.",
          allowed: "1 to 41 letters, digits and hyphens, a letter or digit first",
          write: "cluster: production",
        }),
        stack: text(/^[A-Za-z0-9_-]{1,80}$/, {
          description: "The stack of the cluster layer. Left out, it is called like the cluster.",
          allowed: "1 to 80 letters, digits, hyphens and underscores",
          write: "stack: production",
        }).optional(),
      })
      .meta({
        description: "A runner that keeps the state of a platform layer here.",
        allowed: "an object with `cluster`",
        write: "- { cluster: production }",
      }),
  )
  .default([])
  .meta({
    description:
      "The runners that the bucket and its keys admit. Each reads the state of its cluster's stack and writes that of <stack>-platform, and no other.",
    allowed: "a list of clusters, none twice",
    write: "runners: [{ cluster: production }]",
    protects: "A runner that is taken over learns and changes nothing about other stacks.",
  });
