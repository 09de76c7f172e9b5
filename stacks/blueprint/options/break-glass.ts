import { z } from "zod";
import { reason, text } from "./words";

const mfa = z
  .discriminatedUnion("checkedBy", [
    z.strictObject({
      checkedBy: z.literal("aws").meta({
        description: "AWS sees the second factor: the session was begun with an MFA device registered in IAM.",
        allowed: "aws or identity-provider",
        write: "checkedBy: aws",
      }),
    }),
    z.strictObject({
      checkedBy: z.literal("identity-provider").meta({
        description:
          "The principals are roles of IAM Identity Center. AWS cannot see their second factor, so the provider must ask for it.",
        allowed: "aws or identity-provider",
        write: "checkedBy: identity-provider",
      }),
      reason,
    }),
  ])
  .default({ checkedBy: "aws" })
  .meta({
    description: "Who makes sure that whoever becomes break-glass has a second factor.",
    allowed: "an object with `checkedBy`",
    write: "mfa: { checkedBy: aws }",
    protects: "A stolen password or key alone does not open the cluster.",
  });

/** The role for the day on which nothing else works. */
export const breakGlass = z
  .strictObject({
    principals: z
      .array(
        text(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, {
          description: "A role or user that may become break-glass.",
          allowed: "the whole ARN of an IAM role or user of this account, without `*`",
          write: "- arn:aws:iam::111122223333:role/security-on-call",
        }),
      )
      .min(1)
      .meta({
        description: "Who may become break-glass, for an hour, with a second factor, and never in silence.",
        allowed: "a list of at least one ARN of a role or user of this account, none twice",
        write: "principals: [arn:aws:iam::111122223333:role/security-on-call]",
      }),
    mfa,
  })
  .optional()
  .meta({
    description:
      "The break-glass role that this stack makes. It is made when `access.breakGlass` names `role/bulwark-<cluster>-break-glass`; any other role exists already and is only let in.",
    allowed: "an object with `principals`",
    write: "breakGlass: { principals: [arn:aws:iam::111122223333:role/security-on-call] }",
  });
