import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Karpenter } from "../../stacks/karpenter";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

const reason = "campaigns fill the shop within minutes";
const asking = (more: object = {}) => clusterBlueprint({ karpenter: { reason }, ...more });

/** What Karpenter's half registers at a preview, on nothing but the cluster's name. */
async function previewed(blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  const cluster = { name: pulumi.output(blueprint.cluster.name) };
  const { registrations } = await run(
    () => {
      new Karpenter("main", { blueprint, cluster });
    },
    { preview: true },
  );
  return registrations;
}

const statements = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: readonly Record<string, unknown>[] }).Statement;
const policies = (registrations: readonly Registration[]) =>
  all(registrations, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) =>
    String(inputs["policyArn"]).replace("arn:aws:iam::aws:policy/", ""),
  );

describe("Karpenter's half in AWS", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await previewed(asking());
  });

  it("lets a node join and pull images, and gives it nothing else", () => {
    expect(policies(registrations)).toEqual(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"]);
  });

  it("opens the cluster to its nodes, after their role is there", () => {
    const entry = only(registrations, "aws:eks/accessEntry:AccessEntry");
    const role = only(registrations, "aws:iam/role:Role", "main-karpenter-node");

    expect(entry.inputs).toMatchObject({
      type: "EC2_LINUX",
      principalArn: `arn:aws:iam::111122223333:role/${String(role.inputs["name"])}`,
    });
    expect(entry.inputs).not.toHaveProperty("kubernetesGroups");
    expect(entry.dependencies).toContain(role.urn);
  });

  it("makes the instance profile itself, once a node that finds it can join", () => {
    const profile = only(registrations, "aws:iam/instanceProfile:InstanceProfile");
    const before = [
      ...all(registrations, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
      only(registrations, "aws:eks/accessEntry:AccessEntry"),
    ];

    expect(profile.inputs["name"]).toBe("bulwark-production-karpenter-node");
    expect(profile.dependencies).toEqual(expect.arrayContaining(before.map(({ urn }) => urn)));
  });

  it("keeps warnings encrypted, and for five minutes", () => {
    expect(only(registrations, "aws:sqs/queue:Queue").inputs).toMatchObject({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 300,
    });
  });

  it("sends five kinds of warning into the queue, once it lets exactly their rules in", () => {
    const rules = all(registrations, "aws:cloudwatch/eventRule:EventRule");
    const targets = all(registrations, "aws:cloudwatch/eventTarget:EventTarget");
    const admission = only(registrations, "aws:sqs/queuePolicy:QueuePolicy");
    const [sending] = statements(admission.inputs["policy"]);

    expect(rules).toHaveLength(5);
    expect(sending).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: {
        ArnEquals: {
          "aws:SourceArn": rules.map(
            ({ inputs }) => `arn:aws:events:eu-central-1:111122223333:rule/${String(inputs["name"])}`,
          ),
        },
      },
    });
    for (const target of targets) expect(target.dependencies).toContain(admission.urn);
  });

  it("refuses whoever writes or reads without TLS", () => {
    expect(statements(only(registrations, "aws:sqs/queuePolicy:QueuePolicy").inputs["policy"])).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
  });

  it("does not send what Karpenter leaves unread", () => {
    const patterns = all(registrations, "aws:cloudwatch/eventRule:EventRule").map(
      ({ inputs }) => JSON.parse(String(inputs["eventPattern"])) as { detail?: object },
    );

    expect(patterns).toContainEqual(
      expect.objectContaining({ detail: { service: ["EC2"], eventTypeCategory: ["scheduledChange"] } }),
    );
    expect(JSON.stringify(patterns)).not.toContain("pending");
  });

  it("hands the controller's role to one service account, inside a boundary", () => {
    const role = only(registrations, "aws:iam/role:Role", "main-karpenter");
    const association = only(registrations, "aws:eks/podIdentityAssociation:PodIdentityAssociation");
    const boundary = only(registrations, "aws:iam/policy:Policy", "main-karpenter-boundary");

    // The disks key admits the role by this name.
    expect(role.inputs["name"]).toBe("bulwark-production-karpenter");
    expect(role.propertyDependencies["permissionsBoundary"]).toEqual([boundary.urn]);
    expect(association.inputs).toMatchObject({ namespace: "karpenter", serviceAccount: "karpenter" });
    expect(association.propertyDependencies["roleArn"]).toEqual([role.urn]);
    expect(association.dependencies).toContain(only(registrations, "aws:iam/rolePolicy:RolePolicy").urn);
  });
});

it("lets people open sessions on Karpenter's nodes exactly where they may on the others", async () => {
  const shell = { access: "session-manager", reason: "the vendor reads kernel logs on the machine" };

  expect(policies(await previewed(asking({ nodes: { shell } })))).toContain("AmazonSSMManagedInstanceCore");
});

it("gives every part a name that AWS takes, however long the cluster's", async () => {
  const registrations = await previewed(asking({ cluster: { name: "c".repeat(41) } }));
  const longest = (type: string) =>
    Math.max(...all(registrations, type).map(({ inputs }) => String(inputs["name"]).length));

  expect(longest("aws:iam/role:Role")).toBeLessThanOrEqual(64);
  expect(longest("aws:cloudwatch/eventRule:EventRule")).toBeLessThanOrEqual(64);
  expect(longest("aws:sqs/queue:Queue")).toBeLessThanOrEqual(80);
  expect(longest("aws:iam/instanceProfile:InstanceProfile")).toBeLessThanOrEqual(128);
});
