import { z } from "zod";
import { tenant } from "./tenant";
import { text } from "./words";

/** The stack of the cluster that the platform stands on; its outputs say all that is not said here. */
export const standsOn = text(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,90}$/, {
  description:
    "The stack of the cluster layer that this platform stands on. This stack must be called `<cluster>-platform`: the runner may write that one and no other.",
  allowed: "the name of a stack of this project, as in Pulumi.<stack>.yaml",
  write: "cluster: production",
});

/** The teams in the cluster, by the name of their namespace. */
export const tenants = z.record(z.string(), tenant).default({}).meta({
  description:
    "The teams in the cluster, by name. The name is the namespace; it is fixed for the tenant's life, and deleting a tenant deletes what runs in it.",
  allowed: "names in lower case, each with `owner`; no namespace of the cluster itself",
  write: "tenants: { team-shop: { owner: team-shop@example.com } }",
  protects: "Nothing of a team's runs outside a boundary that somebody answers for.",
});

/** Our own copies of the images that the platform's charts run. */
export const copies = z
  .strictObject({
    registry: text(/^[a-z0-9][a-z0-9.-]+(:\d+)?(\/[a-z0-9][a-z0-9._/-]*)?$/, {
      description: "The registry, with the prefix under which the copies lie.",
      allowed: "a registry's host in lower case and a prefix, without scheme, tag or final slash",
      write: "registry: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/bulwark",
    }),
    digests: z
      .record(
        z.string(),
        text(/^sha256:[0-9a-f]{64}$/, {
          description: "The content of one image.",
          allowed: "sha256: and 64 hexadecimal digits",
          write: `pilot: sha256:${"0".repeat(64)}`,
        }),
      )
      .meta({
        description: "The content of every image, by the name that facts/images.json gives it.",
        allowed: "the names of facts/images.json, each with a digest",
        write: `digests: { pilot: sha256:${"0".repeat(64)} }`,
        protects: "What runs is what was reviewed: a tag can be moved to another content, a digest cannot.",
      }),
  })
  .meta({
    description: "Our own copies of the images that the platform's charts run.",
    allowed: "an object with `registry` and `digests`",
    write: "images: { registry: …, digests: { … } }",
    protects: "A node can start when somebody else's registry cannot be reached, and runs nothing that nobody copied.",
  });
