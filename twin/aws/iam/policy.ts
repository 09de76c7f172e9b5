import type { Behaviour, Call, Reference } from "../../behaviour";
import { AwsError } from "../../error";
import { globalArn } from "../arn";
import { text } from "../property";
import { readPolicy } from "./document";
import { refuseName } from "./role";
import { managedPolicies } from "./trust";

const TOKEN = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE = "aws:iam/role:Role";
const INLINE = "aws:iam/rolePolicy:RolePolicy";

const ofRole: Reference = {
  path: "role",
  to: ROLE,
  missing: (name) => new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404),
};

/** A customer-managed policy; a new document becomes the default version of the same ARN. */
export const policy: Behaviour = {
  token: TOKEN,
  service: "IAM",
  words: "IAM Policy",
  replaces: ["name", "namePrefix", "path", "description"],
  required: ["policy"],
  autoName: { property: "name" },
  global: true,
  minutes: { create: 0.1 },
  defaults: () => ({ path: "/" }),
  refuseCreate: (call) => {
    const name = text(call.inputs, "name") ?? "";
    refuseName(name, 128);
    if (call.world.all(TOKEN).some(({ inputs }) => text(inputs, "name")?.toLowerCase() === name.toLowerCase()))
      throw new AwsError(
        "EntityAlreadyExists",
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
        409,
      );
    refuseManaged(call);
  },
  refuseUpdate: refuseManaged,
  refuseDelete: ({ world, stored }) => {
    if (world.all(ROLE).some((role) => managedPolicies(world, role).includes(stored.id)))
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
  },
  id: ({ world, inputs }) =>
    globalArn(world, "iam", `policy${text(inputs, "path") ?? "/"}${text(inputs, "name") ?? ""}`),
  outputs: ({ world }, id) => ({
    arn: id,
    policyId: `ANPA${world.hex(17).toUpperCase()}`,
    attachmentCount: world.all(ROLE).filter((role) => managedPolicies(world, role).includes(id)).length,
  }),
};

/** A policy written into a role; putting one of the same name writes over it. */
export const rolePolicy: Behaviour = {
  token: INLINE,
  service: "IAM",
  words: "IAM Role Policy",
  replaces: ["name", "namePrefix", "role"],
  required: ["role", "policy"],
  autoName: { property: "name" },
  references: [ofRole],
  global: true,
  refuseCreate: refuseInline,
  refuseUpdate: refuseInline,
  id: ({ inputs }) => `${text(inputs, "role") ?? ""}:${text(inputs, "name") ?? ""}`,
  outputs: () => ({}),
};

/** A managed policy on a role; attaching twice is once. */
export const rolePolicyAttachment: Behaviour = {
  token: ATTACHMENT,
  service: "IAM",
  words: "IAM Role Policy Attachment",
  replaces: ["role", "policyArn"],
  required: ["role", "policyArn"],
  references: [
    ofRole,
    {
      path: "policyArn",
      to: TOKEN,
      by: "arn",
      unless: (arn) => /^arn:aws:iam::aws:policy\/[\w+=,.@/-]+$/.test(arn),
      missing: (arn) => new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404), // wording not verified
    },
  ],
  global: true,
  // The form of newer providers (not verified); older ones write <role>-<timestamp>.
  id: ({ inputs }) => `${text(inputs, "role") ?? ""}/${text(inputs, "policyArn") ?? ""}`,
  outputs: () => ({}),
};

function refuseDocument({ inputs }: Call): void {
  const document = text(inputs, "policy") ?? "";
  const reading = readPolicy(document);
  if ("wrong" in reading) throw malformed(reading.wrong);
  if (reading.statements.some(({ principals }) => principals.length > 0))
    throw malformed("Policy document should not specify a principal.");
  if (reading.statements.some(({ resources, notResources }) => resources.length + notResources.length === 0))
    throw malformed("Policy statement must contain resources.");
}

function refuseManaged(call: Call): void {
  refuseDocument(call);
  if (size(call.inputs) > 6144) throw new AwsError("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", 409);
}

/** Inline policies count together ("IAM and AWS STS quotas": 10 240 characters of a role). */
function refuseInline(call: Call): void {
  refuseDocument(call);
  const { world, inputs } = call;
  const [role, name] = [text(inputs, "role") ?? "", text(inputs, "name")];
  const others = world
    .all(INLINE)
    .filter((other) => text(other.inputs, "role") === role && text(other.inputs, "name") !== name);
  const total = [inputs, ...others.map((other) => other.inputs)].reduce((sum, one) => sum + size(one), 0);
  if (total > 10240)
    // Wording not verified.
    throw new AwsError("LimitExceeded", `Maximum policy size of 10240 bytes exceeded for role ${role}`, 409);
}

/** IAM counts without white space. */
const size = (inputs: Call["inputs"]): number => (text(inputs, "policy") ?? "").replaceAll(/\s/g, "").length;

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocument", message);
