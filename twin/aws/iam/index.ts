import type { Behaviour, Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { instanceProfile, openIdConnectProvider } from "./identity";
import { policy, rolePolicy, rolePolicyAttachment } from "./policy";
import { role } from "./role";
import { serviceLinkedRole } from "./service-linked-role";

/** What of IAM the twin knows. */
export const iam: readonly Behaviour[] = [
  role,
  policy,
  rolePolicy,
  rolePolicyAttachment,
  openIdConnectProvider,
  instanceProfile,
  serviceLinkedRole,
];

/** What IAM answers to look-ups. */
export const iamInvokes: Readonly<Record<string, Invoke>> = {
  "aws:iam/getRole:getRole": (args, world) => {
    const name = text(args, "name") ?? "";
    const found = world.find("aws:iam/role:Role", name);
    if (found === undefined) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
    return {
      description: "",
      permissionsBoundary: "",
      tags: {},
      ...found.properties,
      roleLastUseds: [],
      id: name,
      name,
    };
  },
};
