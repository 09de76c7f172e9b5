import type { Invoke } from "../behaviour";
import { AwsError } from "../error";
import { hex } from "../id";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "eu-central-1": "Europe (Frankfurt)",
  "us-east-1": "US East (N. Virginia)",
};

const getCallerIdentity: Invoke = (_, { accountId, caller }) => {
  // A session's user id is the role's unique id and the session's name (IAM user guide, "IAM identifiers").
  const session = caller.arn.includes(":assumed-role/") ? `:${caller.arn.split("/").at(-1) ?? ""}` : "";
  const kind = session === "" ? "AIDA" : "AROA";
  const userId = `${kind}${hex(17, caller.principal).toUpperCase()}${session}`;
  return { id: accountId, accountId, arn: caller.arn, userId };
};

const getPartition: Invoke = () => ({
  id: "aws",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
  reverseDnsPrefix: "com.amazonaws",
});

const getRegion: Invoke = ({ region: asked, name }, world) => {
  const region = [asked, name].find((one) => typeof one === "string") ?? world.region;
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new AwsError("NotFound", `no matching region found: ${region}`);
  return {
    id: region,
    region,
    name: region,
    endpoint: `ec2.${region}.amazonaws.com`,
    description: DESCRIPTIONS[region] ?? region,
  };
};

/** Who and where the caller is. */
export const identityInvokes: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
};
