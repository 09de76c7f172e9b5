import type { Invoke, Properties, Stored, World } from "../behaviour";
import { hex } from "../id";
import { objects, text, texts } from "./property";

/** "The GetResources operation does not currently support IAM users and roles" (the API's list of supported services). */
const UNSUPPORTED: ReadonlySet<string> = new Set(["aws:iam/role:Role", "aws:iam/user:User"]);

/** Types whose ARN the SDK does not tell, or tells under another name. */
const ARNS: Readonly<Record<string, (stored: Stored, world: World) => string | undefined>> = {
  "aws:ec2/natGateway:NatGateway": ({ id, region }, { accountId }) =>
    `arn:aws:ec2:${region}:${accountId}:natgateway/${id}`,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ({ id, region }, { accountId }) =>
    `arn:aws:ec2:${region}:${accountId}:egress-only-internet-gateway/${id}`,
  "aws:eks/accessEntry:AccessEntry": ({ properties }) => text(properties, "accessEntryArn"),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ({ properties }) => text(properties, "associationArn"),
  "aws:shield/protectionGroup:ProtectionGroup": ({ properties }) => text(properties, "protectionGroupArn"),
};

const getResources: Invoke = (args, world) => {
  const filters = objects(args, "tagFilters");
  const found = world.everything().flatMap((stored) => {
    if (UNSUPPORTED.has(stored.type)) return [];
    const tags = { ...(stored.properties["tags"] as Properties), ...(stored.properties["tagsAll"] as Properties) };
    const arn = ARNS[stored.type]?.(stored, world) ?? text(stored.properties, "arn");
    if (arn === undefined || Object.keys(tags).length === 0) return [];
    const has = filters.every((filter) => {
      const value = tags[text(filter, "key") ?? ""];
      const wanted: readonly unknown[] = texts(filter, "values");
      return value !== undefined && (wanted.length === 0 || wanted.includes(value));
    });
    return has ? [{ resourceArn: arn, tags, complianceDetails: [] }] : [];
  });
  const id = hex(12, JSON.stringify(args));
  return { id, region: world.region, resourceTagMappingLists: found };
};

/** Asking for resources by their tags, whatever their type. */
export const taggingInvokes: Readonly<Record<string, Invoke>> = {
  "aws:resourcegroupstaggingapi/getResources:getResources": getResources,
};
