import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { machinePolicy, peoplePolicy } from "./permissions";

/** EC2 hands the role to an instance of this account and names no source, so there is no condition to set. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Instances", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** The machine's role, in the form in which EC2 takes it. */
export function machineProfile(
  name: string,
  blueprint: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
): aws.iam.InstanceProfile {
  const own = `${name}-tunnel`;
  const role = new aws.iam.Role(
    own,
    {
      name: roleName(blueprint, "tunnel"),
      description: `Leads people to the API of EKS cluster ${blueprint.cluster.name}`,
      assumeRolePolicy: TRUST,
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(own, { name: own, role: role.name, policy: machinePolicy(blueprint) }, opts);
  return new aws.iam.InstanceProfile(
    own,
    { name: roleName(blueprint, "tunnel"), role: role.name },
    { ...opts, dependsOn: [policy] },
  );
}

/** What people need to pass, for you to attach to their roles. */
export function peopleRights(
  name: string,
  blueprint: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(
    `${name}-tunnel-people`,
    {
      name: roleName(blueprint, "tunnel-people"),
      description: `Lets people pass to the API of EKS cluster ${blueprint.cluster.name}, and nowhere else`,
      policy: peoplePolicy(blueprint),
    },
    opts,
  );
}
