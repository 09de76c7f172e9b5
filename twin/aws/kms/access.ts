import type { Behaviour, Reference } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { keyNamed, refuseUnusableKey } from "../encryption-key";
import { roleByArn } from "../iam/trust";
import { text, texts } from "../property";
import { KEY } from "./key";
import { defaultPolicy, refuseKeyPolicy } from "./policy";

const ALIAS = "aws:kms/alias:Alias";

const notFound = (name: string): AwsError => new AwsError("NotFoundException", `Key '${name}' does not exist`);

const ofKey: Reference = { path: "keyId", to: KEY, unless: (name) => name.startsWith("arn:"), missing: notFound };

/** A name for a key; only the key behind it can change. */
export const alias: Behaviour = {
  token: ALIAS,
  service: "KMS",
  words: "KMS Alias",
  replaces: ["name", "namePrefix"],
  required: ["targetKeyId"],
  autoName: { property: "name", transform: (name) => `alias/${name}` },
  refuseCreate: ({ world, inputs }) => {
    const name = text(inputs, "name") ?? "";
    if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith("alias/aws/"))
      throw new AwsError(
        "InvalidAliasNameException",
        `Alias name ${name} is not valid: it begins with alias/ and not with alias/aws/`,
      );
    refuseUnusableTarget({ world, inputs });
    if (world.findBy(ALIAS, "name", name) !== undefined)
      throw new AwsError(
        "AlreadyExistsException",
        `An alias with the name ${regionalArn(world, "kms", name)} already exists`,
      );
  },
  refuseUpdate: refuseUnusableTarget,
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: ({ world, inputs }, id) => {
    const target = keyNamed(world, text(inputs, "targetKeyId") ?? "");
    return { arn: regionalArn(world, "kms", id), targetKeyArn: target?.properties["arn"] ?? "" };
  },
};

function refuseUnusableTarget({ world, inputs }: Parameters<NonNullable<Behaviour["refuseCreate"]>>[0]): void {
  refuseUnusableKey(world, text(inputs, "targetKeyId"), notFound);
}

/** The policy of a key as a resource of its own; deleting it gives the key its default policy back. */
export const keyPolicy: Behaviour = {
  token: "aws:kms/keyPolicy:KeyPolicy",
  service: "KMS",
  words: "KMS Key Policy",
  replaces: [],
  required: ["keyId", "policy"],
  references: [ofKey],
  refuseCreate: refuseKeyPolicy,
  refuseUpdate: refuseKeyPolicy,
  id: ({ inputs }) => text(inputs, "keyId") ?? "",
  outputs: () => ({}),
  afterCreate: ({ world, inputs }, id) => {
    world.amend(KEY, id, { policy: inputs["policy"] });
  },
  // The text goes to the key it was first written to, even when keyId changed.
  afterUpdate: ({ world, inputs, old }) => {
    world.amend(KEY, old.id, { policy: inputs["policy"] });
  },
  afterDelete: ({ world, stored }) => {
    if (stored.inputs["bypassPolicyLockoutSafetyCheck"] !== true && world.find(KEY, stored.id) !== undefined)
      world.amend(KEY, stored.id, { policy: defaultPolicy(world) });
  },
};

/** A right to use a key that lies beside its policy. */
export const grant: Behaviour = {
  token: "aws:kms/grant:Grant",
  service: "KMS",
  words: "KMS Grant",
  replaces: "all",
  required: ["keyId", "granteePrincipal", "operations"],
  references: [ofKey],
  refuseCreate: ({ world, inputs }) => {
    refuseUnusableKey(world, text(inputs, "keyId"), notFound);
    const principal = text(inputs, "granteePrincipal") ?? "";
    const ours =
      principal.startsWith(`arn:aws:iam::${world.accountId}:role/`) && !principal.includes("/aws-service-role/");
    if (!principal.startsWith("arn:") || (ours && roleByArn(world, principal) === undefined))
      throw new AwsError("InvalidArnException", `ARN does not refer to a valid principal: ${principal}`);
    if (texts(inputs, "operations").length === 0)
      throw new AwsError(
        "ValidationException",
        "1 validation error detected: Value at 'operations' failed to satisfy constraint",
      );
  },
  id: ({ world, inputs }) => `${text(inputs, "keyId") ?? ""}:${world.hex(64, "grant")}`,
  outputs: ({ world }) => ({ grantId: world.hex(64, "grant"), grantToken: world.hex(128, "token") }),
};
