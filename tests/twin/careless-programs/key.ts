import * as aws from "@pulumi/aws";

import { type Careless, document } from "./program";

const KEY = "aws:kms/key:Key";
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };
const forOthers = (Condition: object) =>
  new aws.kms.Key("main", { policy: document({ Principal: ROOT, Action: "kms:*", Resource: "*", Condition }) });

/** What KMS refuses, and what others refuse because of a key. */
export const key: readonly Careless[] = [
  [
    "a key policy that locks its own author out",
    "The new key policy will not allow you to update the key policy in the future.",
    () => forOthers({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/somebody-else" } }),
  ],
  [
    "a key policy for a role that does not exist",
    "Policy contains a statement with one or more invalid principals.",
    () => {
      const Principal = { AWS: "arn:aws:iam::111122223333:role/nobody" };
      return new aws.kms.Key("main", { policy: document({ Principal, Action: "kms:*", Resource: "*" }) });
    },
  ],
  [
    "a key that is gone in a day",
    "ValidationException: expected deletion_window_in_days",
    () => new aws.kms.Key("main", { deletionWindowInDays: 1 }),
  ],
  [
    "an alias of a key that does not exist",
    "NotFoundException: Key 'none' does not exist",
    () => new aws.kms.Alias("main", { name: "alias/main", targetKeyId: "none" }),
  ],
  [
    "two aliases of one name",
    "AlreadyExistsException",
    () => {
      const args = { name: "alias/main", targetKeyId: new aws.kms.Key("main").id };
      return new aws.kms.Alias("second", args, { dependsOn: new aws.kms.Alias("first", args) });
    },
  ],
  [
    "logs under a key whose policy says nothing of them",
    "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn",
    () => new aws.cloudwatch.LogGroup("main", { name: "/x", kmsKeyId: new aws.kms.Key("main").arn }),
  ],
  [
    "an alias of a key that waits for its end",
    "is pending deletion",
    () => new aws.kms.Key("main"),
    async ({ account }) => {
      const [made] = account.leftovers().made.filter(({ type }) => type === KEY);
      await account.delete({ urn: made?.urn ?? "", type: KEY, id: made?.id ?? "" });
      const inputs = { name: "alias/late", targetKeyId: made?.id };
      await account.create({ urn: "urn:x::late", type: "aws:kms/alias:Alias", inputs });
    },
  ],
];
