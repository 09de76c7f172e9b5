import type { Behaviour, Call, World } from "../../behaviour";
import { AwsError } from "../../error";
import { globalArn } from "../arn";
import { kept } from "../kept";
import { objects, text, texts } from "../property";
import { readPolicy } from "./document";
import { unknownPrincipal } from "./principal";
import { managedPolicies } from "./trust";

const TOKEN = "aws:iam/role:Role";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

/** A role of IAM; its trust policy must be one, and its principals must exist. */
export const role: Behaviour = {
  token: TOKEN,
  service: "IAM",
  words: "IAM Role",
  replaces: ["name", "namePrefix", "path"],
  required: ["assumeRolePolicy"],
  autoName: { property: "name" },
  global: true,
  minutes: { create: 0.1 },
  defaults: () => ({ forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" }),
  refuseCreate: (call) => {
    const name = text(call.inputs, "name") ?? "";
    refuseName(name, 64);
    if (call.world.all(TOKEN).some(({ id }) => id.toLowerCase() === name.toLowerCase()))
      throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
    refuseTrust(call);
  },
  refuseUpdate: refuseTrust,
  refuseDelete: ({ world, stored }) => {
    const managedHere =
      texts(stored.inputs, "managedPolicyArns").length + objects(stored.inputs, "inlinePolicies").length;
    // The provider detaches by itself when it was told to, or when the role itself names its policies.
    if (stored.inputs["forceDetachPolicies"] === true || managedHere > 0) return;
    if (managedPolicies(world, stored).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    if (world.all(INLINE).some(({ inputs }) => text(inputs, "role") === stored.id))
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  },
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: ({ world, inputs }, id) => ({
    arn: globalArn(world, "iam", `role${text(inputs, "path") ?? "/"}${id}`),
    uniqueId: `AROA${world.hex(17).toUpperCase()}`,
    createDate: kept(world, TOKEN, id, "createDate", world.now()),
    managedPolicyArns: texts(inputs, "managedPolicyArns"),
    inlinePolicies: objects(inputs, "inlinePolicies"),
  }),
  // The provider takes the role out of its instance profiles before it deletes it.
  afterDelete: ({ world, stored }) => {
    for (const { id, inputs } of world.all(PROFILE))
      if (text(inputs, "role") === stored.id) world.amend(PROFILE, id, { role: undefined });
  },
};

function refuseTrust({ world, inputs }: Call): void {
  const reading = readPolicy(inputs["assumeRolePolicy"]);
  if ("wrong" in reading) throw malformed(reading.wrong);
  if (reading.statements.some(({ principals }) => principals.length === 0))
    throw malformed("Missing required field Principal");
  if (reading.statements.some(({ resources }) => resources.length > 0))
    throw malformed("Has prohibited field Resource");
  const unknown = unknownPrincipal(world, reading.statements);
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: ${unknown}`);
  const seconds = Number(inputs["maxSessionDuration"] ?? 3600);
  if (seconds < 3600 || seconds > 43200)
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint`,
    );
  refuseBoundary(world, text(inputs, "permissionsBoundary"));
}

function refuseBoundary(world: World, arn: string | undefined): void {
  if (arn === undefined || arn.startsWith("arn:aws:iam::aws:")) return;
  if (world.findBy("aws:iam/policy:Policy", "arn", arn) === undefined)
    throw new AwsError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`, 404);
}

/** Refuses a name longer than IAM takes, or with characters outside `[\w+=,.@-]`. */
export function refuseName(name: string, longest: number): void {
  if (name.length > longest || !/^[\w+=,.@-]+$/.test(name)) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${name}' failed to satisfy constraint: at most ${longest} of [\\w+=,.@-]`,
    );
  }
}

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocument", message);
