import type { Invoke, World } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { text } from "../property";
import { getPrincipalPolicySimulation } from "./simulation";
import { managedPolicies } from "./trust";

const ROLE = "aws:iam/role:Role";

const noRole = (name: string): AwsError =>
  new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);

function roleNamed(world: World, name: string) {
  const found = world.find(ROLE, name);
  if (found === undefined) throw noRole(name);
  return found;
}

const getRole: Invoke = (args, world) => {
  const name = text(args, "name") ?? "";
  const { properties } = roleNamed(world, name);
  return { description: "", permissionsBoundary: "", tags: {}, ...properties, roleLastUseds: [], id: name, name };
};

const getRoles: Invoke = (args, world) => {
  const expression = new RegExp(text(args, "nameRegex") ?? "");
  const prefix = text(args, "pathPrefix") ?? "/";
  const found = world
    .all(ROLE)
    .filter(({ id, properties }) => expression.test(id) && (text(properties, "path") ?? "/").startsWith(prefix));
  return { ...args, id: "-", names: found.map(({ id }) => id), arns: found.map(({ properties }) => properties["arn"]) };
};

const getRolePolicies: Invoke = (args, world) => {
  const { id } = roleNamed(world, text(args, "roleName") ?? "");
  const inline = world.all("aws:iam/rolePolicy:RolePolicy").filter(({ properties }) => properties["role"] === id);
  return { roleName: id, policyNames: inline.map(({ properties }) => properties["name"]) };
};

const getRolePolicyAttachments: Invoke = (args, world) => {
  const role = roleNamed(world, text(args, "roleName") ?? "");
  const attachedPolicies = managedPolicies(world, role).map((policyArn) => ({
    policyArn,
    policyName: policyArn.split("/").at(-1) ?? policyArn,
  }));
  return { ...args, roleName: role.id, attachedPolicies };
};

/** Who stands behind a session; a role or user that is no session answers itself (provider documentation). */
const getSessionContext: Invoke = (args, world) => {
  const arn = text(args, "arn") ?? "";
  const session = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
  if (session === null) return { arn, id: arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
  const [, name = "", sessionName = ""] = session;
  const issuerArn =
    text(world.find(ROLE, name)?.properties ?? {}, "arn") ?? `arn:aws:iam::${world.accountId}:role/${name}`;
  const issuerId = `AROA${hex(17, issuerArn).toUpperCase()}`;
  return { arn, id: arn, issuerArn, issuerId, issuerName: name, sessionName };
};

const getPolicy: Invoke = (args, world) => {
  const [name, arn] = [text(args, "name"), text(args, "arn")];
  const found = world
    .all("aws:iam/policy:Policy")
    .find(({ id, properties }) => id === arn || (name !== undefined && properties["name"] === name));
  if (found === undefined)
    throw new AwsError("NotFound", `reading IAM Policy (${name ?? arn ?? ""}): couldn't find resource`);
  return { description: "", tags: {}, ...found.properties, id: found.id };
};

/** What IAM answers to look-ups. */
export const iamInvokes: Readonly<Record<string, Invoke>> = {
  "aws:iam/getPolicy:getPolicy": getPolicy,
  "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation": getPrincipalPolicySimulation,
  "aws:iam/getRole:getRole": getRole,
  "aws:iam/getRolePolicies:getRolePolicies": getRolePolicies,
  "aws:iam/getRolePolicyAttachments:getRolePolicyAttachments": getRolePolicyAttachments,
  "aws:iam/getRoles:getRoles": getRoles,
  "aws:iam/getSessionContext:getSessionContext": getSessionContext,
};
