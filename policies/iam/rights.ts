import type * as aws from "@pulumi/aws";

import { token } from "../control";
import { allowsOf, type Statement } from "../iam-document";
import type { Inventory, Subject } from "../inventory";
import { granted, type Granting, POLICY, ROLE_POLICY } from "./permissions";

const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

/** What a role's own policies and those of this stack that are attached to it allow; a boundary allows nothing. */
export function rightsOf(role: Subject<Granting>, inventory: Inventory): Statement[] {
  const attached = inventory
    .linking(ATTACHMENT, "role", role)
    .flatMap((attachment) => inventory.linked(attachment, "policyArn", POLICY));
  return [role, ...inventory.linking(ROLE_POLICY, "role", role), ...attached].flatMap(granted);
}

/** True when pods become the role: by Pod Identity, or with the token of a service account. */
export function isForPods(assumeRolePolicy: unknown): boolean {
  return allowsOf(assumeRolePolicy).some(({ principals }) =>
    principals.some(({ value }) => value === "pods.eks.amazonaws.com" || value.includes(":oidc-provider/oidc.eks.")),
  );
}
