import type { Behaviour, Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { keyNamed } from "../encryption-key";
import { text } from "../property";
import { alias, grant, keyPolicy } from "./access";
import { key } from "./key";

/** What of KMS the twin knows. */
export const kms: readonly Behaviour[] = [key, alias, keyPolicy, grant];

/** What KMS answers to look-ups. */
export const kmsInvokes: Readonly<Record<string, Invoke>> = {
  "aws:kms/getKey:getKey": (args, world) => {
    const name = text(args, "keyId") ?? "";
    const found = keyNamed(world, name);
    if (found === undefined) throw new AwsError("NotFoundException", `Key '${name}' does not exist`);
    const { properties, id, status } = found;
    const pending = status === "PENDING_DELETION";
    return {
      ...args,
      arn: properties["arn"],
      awsAccountId: world.accountId,
      customerMasterKeySpec: properties["customerMasterKeySpec"],
      description: properties["description"],
      enabled: !pending && properties["isEnabled"] !== false,
      id,
      keyManager: "CUSTOMER",
      keySpec: properties["customerMasterKeySpec"],
      keyState: pending ? "PendingDeletion" : properties["isEnabled"] === false ? "Disabled" : "Enabled",
      keyUsage: properties["keyUsage"],
      multiRegion: properties["multiRegion"],
      multiRegionConfigurations: [],
      origin: "AWS_KMS",
      region: world.region,
      xksKeyConfigurations: [],
    };
  },
  "aws:kms/getAlias:getAlias": (args, world) => {
    const name = text(args, "name") ?? "";
    const found = world.findBy("aws:kms/alias:Alias", "name", name);
    if (found === undefined)
      throw new AwsError("NotFoundException", `reading KMS Alias (${name}): couldn't find resource`);
    const { arn, targetKeyArn } = found.properties;
    const targetKeyId = keyNamed(world, name)?.id;
    return { arn, id: arn, name, region: world.region, targetKeyArn, targetKeyId };
  },
};
