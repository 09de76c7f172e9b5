import type { World } from "../../behaviour";
import { hex } from "../../id";

// Ids as AWS's documentation and public threads give them; other regions' are made up.
const IDS: Readonly<Record<string, string>> = {
  "com.amazonaws.eu-central-1.s3": "pl-6ea54007",
  "com.amazonaws.eu-central-1.dynamodb": "pl-66a5400f",
  "eu-central-1 com.amazonaws.global.cloudfront.origin-facing": "pl-a3a144ca",
  "com.amazonaws.us-east-1.s3": "pl-63a5400a",
  "com.amazonaws.us-east-1.dynamodb": "pl-02cd2c6b",
  "us-east-1 com.amazonaws.global.cloudfront.origin-facing": "pl-3b927c52",
};

/** The lists of addresses that AWS itself keeps in a region. */
export function prefixListNames({ region }: Pick<World, "region">): readonly string[] {
  const regional = ["s3", "dynamodb", "vpc-lattice"].map((service) => `com.amazonaws.${region}.${service}`);
  return [...regional, "com.amazonaws.global.cloudfront.origin-facing"];
}

/** The id of a list that AWS keeps. */
export function prefixListId({ region }: Pick<World, "region">, name: string): string {
  return IDS[name] ?? IDS[`${region} ${name}`] ?? `pl-${hex(8, `${region} ${name}`)}`;
}
