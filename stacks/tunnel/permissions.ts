import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { PURPOSE } from "./machine";

/**
 * What the machine needs to be reached by Session Manager, and nothing of what AmazonSSMManagedInstanceCore gives
 * besides: no parameters, no documents, no commands (AWS Systems Manager user guide, "Create a custom IAM role for Session
 * Manager"). The channels know no resources.
 */
export function machinePolicy({ account, region }: ClusterBlueprint): string {
  return document(
    {
      Sid: "Channels",
      Action: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
    {
      Sid: "Registration",
      Action: ["ssm:UpdateInstanceInformation"],
      Resource: `arn:aws:ec2:${region}:${account}:instance/*`,
    },
  );
}

/**
 * What people need to pass: this machine, by its tags, with this one document, and to end their own sessions. Without
 * the check of the document, leaving it out would open a shell (AWS Systems Manager user guide, "Enforce a session
 * document permission check"). The stack makes it and leaves it to you to attach.
 *
 * @control tunnel-document-checked
 */
export function peoplePolicy(blueprint: ClusterBlueprint): string {
  const { account, region, cluster } = blueprint;
  return document(
    {
      Sid: "ThisMachine",
      Action: ["ssm:StartSession"],
      Resource: `arn:aws:ec2:${region}:${account}:instance/*`,
      Condition: {
        StringEquals: {
          "aws:ResourceTag/bulwark:cluster": cluster.name,
          "aws:ResourceTag/bulwark:purpose": PURPOSE["bulwark:purpose"],
        },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
    },
    {
      Sid: "ThisDocument",
      Action: ["ssm:StartSession"],
      Resource: `arn:aws:ssm:${region}:${account}:document/${roleName(blueprint, "tunnel")}`,
    },
    {
      Sid: "OwnSessions",
      Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
      Resource: `arn:aws:ssm:${region}:${account}:session/\${aws:userid}-*`,
    },
  );
}

function document(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ ...statement, Effect: "Allow" })),
  });
}
