import { z } from "zod";
import { by, reason, text, until } from "./words";

const from = (description: string) => ({ description, allowed: "eks, canonical or own", write: "from: canonical" });

const id = text(/^ami-[0-9a-f]{8}([0-9a-f]{9})?$/, {
  description: "The image's id. Nodes follow no other until this line changes.",
  allowed: "the id of an image of this region: ami- and 17 hexadecimal digits",
  write: "id: ami-0123456789abcdef0",
});

/** The one image that a pool's nodes start from, where it is not EKS's own. */
export const image = z
  .discriminatedUnion("from", [
    z.strictObject({
      from: z.literal("eks").meta(from("EKS picks and updates its own image for the operating system.")),
    }),
    z.strictObject({
      from: z
        .literal("canonical")
        .meta(
          from("Canonical's image for EKS: Ubuntu 24.04 minimal. A preview refuses an id that Canonical does not own."),
        ),
      id,
    }),
    z.strictObject({
      from: z
        .literal("own")
        .meta(from("An image of this account. A preview refuses an id that this account does not own.")),
      id,
      reason,
      by,
    }),
  ])
  .default({ from: "eks" })
  .meta({
    description:
      "Whose image the nodes start from. One by id is needed on ubuntu; on al2023 an image of your own takes the place of EKS's. EKS then neither picks nor updates the image.",
    allowed: "an object with `from`; on bottlerocket only eks, on ubuntu canonical or own",
    write: "image: { from: canonical, id: ami-0123456789abcdef0 }",
    protects:
      "An image of unknown make may hold anything; owner, processor and Kubernetes version are looked up before a node starts from it.",
  });

/** How far instance metadata may travel, where one hop is too short. */
export const hopLimit = z
  .strictObject({
    value: z.literal(2).meta({
      description: "Two hops: from the node into a container.",
      allowed: "2; left out, the option is 1, and more is never needed",
      write: "value: 2",
    }),
    reason,
    by,
    until,
  })
  .optional()
  .meta({
    description:
      "How many hops the answers of instance metadata travel. Left out, one, which ends on the node. The control nodes-metadata-hops needs a waiver besides.",
    allowed: "an object with `value: 2`, reason, by and until",
    write: 'hopLimit: { value: 2, reason: …, by: …, until: "2027-03-31" }',
    protects: "One hop further every pod holds the node's role.",
  });
