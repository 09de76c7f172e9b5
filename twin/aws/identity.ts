import type { Invoke } from "../behaviour";
import { AwsError } from "../error";
import { hex } from "../id";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "eu-central-1": "Europe (Frankfurt)",
  "us-east-1": "US East (N. Virginia)",
};

/** Who deploys to the twin: a role, as in a pipeline. */
const ROLE = "deployer";

const getCallerIdentity: Invoke = (_, { accountId }) => ({
  id: accountId,
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/${ROLE}/rehearsal`,
  userId: `AROA${hex(17, ROLE).toUpperCase()}:rehearsal`,
});

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
