import type { Properties } from "../../twin/behaviour";
import type { Landscape } from "./landscape";

/** A cluster's inputs with another network. */
export const vpc = (inputs: Properties, more: Properties): Properties => ({
  ...inputs,
  vpcConfig: { ...(inputs["vpcConfig"] as Properties), ...more },
});
/** The subnets of a cluster's inputs. */
export const ids = (inputs: Properties): readonly string[] =>
  (inputs["vpcConfig"] as { subnetIds: string[] }).subnetIds;

/** Inputs with encryption under a new key, which may be on its way out. */
export const encrypted = async (
  inputs: Properties,
  account: Landscape,
  key: Properties,
  gone = false,
): Promise<Properties> => {
  const id = await account.make("aws:kms/key:Key", key);
  if (gone) await account.remove("aws:kms/key:Key", id);
  const keyArn = `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
  return { ...inputs, encryptionConfig: { resources: ["secrets"], provider: { keyArn } } };
};
