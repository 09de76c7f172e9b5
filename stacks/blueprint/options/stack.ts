import { z } from "zod";
import { email, roleArn, text } from "./words";

const tags = z
  .record(
    z.string(),
    z.string().meta({
      description: "The value of a tag.",
      allowed: "text of at most 256 characters",
      write: 'cost-centre: "4711"',
    }),
  )
  .default({})
  .meta({
    description:
      "Tags of your own that every resource carries besides owner, environment, data-classification and bulwark:cluster.",
    allowed: "at most 40 tags; names without the prefixes `aws:` and `bulwark:`, and not the ones set for you",
    write: 'tags: { cost-centre: "4711" }',
  });

const access = z
  .strictObject({
    administrators: z
      .array(
        roleArn({
          description: "A role that may administer.",
          allowed:
            "the ARN of an IAM role of this account; `*` only at the end of the name, after three letters or more",
          write: "- arn:aws:iam::111122223333:role/platform-admin",
        }),
      )
      .min(1)
      .meta({
        description: "The roles that administer keys and cluster.",
        allowed: "a list of at least one role ARN of this account, none twice",
        write: "administrators: [arn:aws:iam::111122223333:role/platform-admin]",
        protects: "Nobody else can change a key policy, not even through a broad IAM policy.",
      }),
    breakGlass: roleArn({
      description:
        "The one role that still gets in when everything else fails. Keep it unused, alarmed and out of daily hands.",
      allowed: "the ARN of an IAM role of this account that is not one of the administrators",
      write: "breakGlass: arn:aws:iam::111122223333:role/break-glass",
      protects: "A key policy can lock nobody out for good.",
    }),
  })
  .meta({
    description: "Who administers what this stack creates.",
    allowed: "administrators and breakGlass",
    write: "access: { administrators: […], breakGlass: … }",
  });

/** What every layer says about itself: where it lives, whose it is, and who administers it. */
export const stack = {
  account: text(/^\d{12}$/, {
    description: "The AWS account the stack lives in. Credentials of any other account are refused.",
    allowed: "twelve digits in quotes",
    write: 'account: "111122223333"',
    protects: "Nothing is ever created in the wrong account.",
  }),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, {
    description: "The AWS Region the stack lives in.",
    allowed: "the code of an AWS Region",
    write: "region: eu-central-1",
  }),
  owner: email({
    description: "Who answers for the stack; becomes the tag `owner`.",
    allowed: "an e-mail address, best of a team",
    write: "owner: platform@example.com",
  }),
  dataClassification: z.enum(["public", "internal", "confidential", "restricted"]).default("confidential").meta({
    description: "How sensitive the data is; becomes the tag `data-classification`.",
    allowed: "public, internal, confidential or restricted",
    write: "dataClassification: confidential",
  }),
  tags,
  access,
};
