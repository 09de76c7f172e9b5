import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ResponseTeam } from "../blueprint/options/response-team";
import type { EdgeLogs } from "./logs";
import type { Site } from "./site";
import { isKept } from "./site";

type Granted = Extract<ResponseTeam, { readonly access: "granted" }>;

/** What was granted to the Shield Response Team; undefined where nothing was. */
export function grantedTo({ edge: { shield } }: Pick<Site, "edge">): Granted | undefined {
  const team = "responseTeam" in shield ? shield.responseTeam : undefined;
  return team?.access === "granted" ? team : undefined;
}

/**
 * The Shield Response Team's role, the logs that the web ACL does not hold, and whom the team calls. It calls by the
 * health of what is protected, so all of that comes first.
 *
 * @control edge-shield-engaged
 */
export function responseTeam(site: Site, logs: EdgeLogs, after: pulumi.Resource[]): void {
  const granted = grantedTo(site);
  if (granted === undefined) return;

  const { name, parent } = site;
  const { role, attachment } = teamRole(site);
  const access = new aws.shield.DrtAccessRoleArnAssociation(
    name,
    { roleArn: role.arn },
    { parent, dependsOn: [attachment, ...after] },
  );
  new aws.shield.DrtAccessLogBucketAssociation(
    name,
    { logBucket: logs.bucket.bucket, roleArnAssociationId: access.id },
    { parent, dependsOn: [logs] },
  );
  new aws.shield.ProactiveEngagement(
    name,
    { enabled: true, emergencyContacts: granted.contacts.map(asContact) },
    { parent, dependsOn: [access, ...after], protect: isKept(site) },
  );
}

/** @control edge-shield-team-role */
function teamRole({ name, blueprint, parent }: Site) {
  const { cluster } = blueprint;
  const role = new aws.iam.Role(
    `${name}-shield-response`,
    {
      name: `bulwark-${cluster.name}-shield-response`,
      description: `Shield Response Team, for attacks on the edge of EKS cluster ${cluster.name}`,
      assumeRolePolicy: TRUST,
    },
    { parent },
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    `${name}-shield-response`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy" },
    { parent },
  );
  return { role, attachment };
}

function asContact({ email, phone, notes }: Granted["contacts"][number]) {
  return { emailAddress: email, phoneNumber: phone, ...(notes !== undefined && { contactNotes: notes }) };
}

/** Shield documents no condition keys that it sends along, so there is none to set. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "ShieldResponseTeam",
      Effect: "Allow",
      Principal: { Service: "drt.shield.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});
