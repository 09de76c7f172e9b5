import type { Behaviour } from "../../behaviour";
import { instanceProfile, openIdConnectProvider } from "./identity";
import { iamInvokes } from "./look-up";
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

export { iamInvokes };
