import * as aws from "@pulumi/aws";

import { runnerTrust } from "../../stacks/runner/role";
import { run } from "../../twin/mocks";
import { clusterBlueprint } from "../layers/blueprints";
import { IMAGE, runner } from "./said";

/** A project in a network, under a role that may describe it or not. */
function program(action: string) {
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
  const subnet = new aws.ec2.Subnet("main", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  const group = new aws.ec2.SecurityGroup("main", { vpcId: vpc.id });
  const role = new aws.iam.Role("main", { assumeRolePolicy: runnerTrust(clusterBlueprint({ runner })) });
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
  const inline = new aws.iam.RolePolicy("main", { role: role.name, policy });
  new aws.codebuild.Project(
    "main",
    {
      serviceRole: role.arn,
      artifacts: { type: "NO_ARTIFACTS" },
      source: { type: "S3", location: "archives/a.zip" },
      environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: IMAGE },
      vpcConfig: { vpcId: vpc.id, subnets: [subnet.id], securityGroupIds: [group.id] },
    },
    { dependsOn: [inline] },
  );
}

it("refuses a project whose role cannot see its network, as CodeBuild does", async () => {
  await expect(
    run(() => {
      program("logs:PutLogEvents");
    }),
  ).rejects.toThrow("Not authorized to perform DescribeSecurityGroups");
  await expect(
    run(() => {
      program("ec2:Describe*");
    }),
  ).resolves.toBeDefined();
});
