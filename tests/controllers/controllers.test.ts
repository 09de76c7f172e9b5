import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Controllers } from "../../stacks/controllers";
import { bindingPolicy, boundaryPolicy, secretsPolicy } from "../../stacks/controllers/permissions";
import { secretsManagerPolicy } from "../../stacks/keys/policy";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { edgeBlueprint } from "../edge/program";
import { permits } from "../iam/permits";
import { role, via } from "../keys/callers";
import type { Context } from "../../twin/iam/context";
import { allows } from "../keys/evaluator";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const withEdge = edgeBlueprint({
  exposure: { to: "internal" },
  shield: { advanced: "refused", reason: "only colleagues reach it", by: "platform@example.com" },
});

async function previewed(blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  const cluster = { name: pulumi.output(blueprint.cluster.name) };
  const { registrations } = await run(
    () => {
      new Controllers("main", { blueprint, cluster });
    },
    { preview: true },
  );
  return registrations;
}

const accounts = (registrations: readonly Registration[]) =>
  all(registrations, ASSOCIATION).map(
    ({ inputs }) => `${String(inputs["namespace"])}/${String(inputs["serviceAccount"])}`,
  );

describe("the platform's controllers", () => {
  it("are those that call AWS, each under the name of its release", async () => {
    expect(accounts(await previewed(withEdge))).toEqual([
      "external-secrets/external-secrets",
      "aws-load-balancer-controller/aws-load-balancer-controller",
    ]);
  });

  it("bind no targets where there is no edge", async () => {
    expect(accounts(await previewed(clusterBlueprint()))).toEqual(["external-secrets/external-secrets"]);
  });

  it.each(["secrets-reader", "load-balancer"])(
    "have a role of their own whose trust names the account that gets it, inside the boundary: %s",
    async (purpose) => {
      const registrations = await previewed(withEdge);
      const made = only(registrations, "aws:iam/role:Role", `main-${purpose}`);
      const association = only(registrations, ASSOCIATION, `main-${purpose}`);
      const boundary = only(registrations, "aws:iam/policy:Policy", "main-controllers-boundary");

      expect(association.propertyDependencies["roleArn"]).toEqual([made.urn]);
      expect(made.propertyDependencies["permissionsBoundary"]).toEqual([boundary.urn]);
      expect(String(made.inputs["assumeRolePolicy"])).toContain(
        `"aws:RequestTag/kubernetes-service-account":"${String(association.inputs["serviceAccount"])}"`,
      );
    },
  );

  it("have names that IAM takes, however long the cluster's", async () => {
    const registrations = await previewed({ ...withEdge, cluster: { ...withEdge.cluster, name: "c".repeat(41) } });
    const names = all(registrations, "aws:iam/role:Role").map(({ inputs }) => String(inputs["name"]));

    expect(names.filter((name) => name.length > 64)).toEqual([]);
    expect(boundaryPolicy(clusterBlueprint({ cluster: { name: "c".repeat(41) } })).length).toBeLessThan(6144);
  });
});

const group = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/main-1/abc";
const ours = { "aws:ResourceTag/bulwark:cluster": "production" };
const balancer = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/main/abc";
const sg = "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1";

const binding: readonly (readonly [string, string, string, Context, boolean])[] = [
  ["registers the gateway's pods", "elasticloadbalancing:RegisterTargets", group, ours, true],
  ["takes them away again", "elasticloadbalancing:DeregisterTargets", group, ours, true],
  ["asks how they are", "elasticloadbalancing:DescribeTargetHealth", "*", {}, true],
  ["registers nothing in another's group", "elasticloadbalancing:RegisterTargets", group, {}, false],
  [
    "registers nothing in another cluster's group",
    "elasticloadbalancing:RegisterTargets",
    group,
    { "aws:ResourceTag/bulwark:cluster": "staging" },
    false,
  ],
  ["makes no load balancer", "elasticloadbalancing:CreateLoadBalancer", balancer, ours, false],
  ["makes no listener", "elasticloadbalancing:CreateListener", balancer, ours, false],
  ["takes no web ACL away", "elasticloadbalancing:SetWebAcl", balancer, ours, false],
  ["makes no group its own by a tag", "elasticloadbalancing:AddTags", group, ours, false],
  ["opens no security group", "ec2:AuthorizeSecurityGroupIngress", sg, ours, false],
  ["makes no security group", "ec2:CreateSecurityGroup", sg, ours, false],
];

describe("the load balancer controller", () => {
  it.each(binding)("%s", (_, action, resource, context, allowed) => {
    expect(permits(bindingPolicy(withEdge), action, resource, context)).toBe(allowed);
    expect(permits(boundaryPolicy(withEdge), action, resource, context)).toBe(allowed);
  });
});

const secret = (path: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${path}`;
const orders = secret("bulwark/production/orders-AbCdEf");
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const through = (arn: string, service = "secretsmanager") => ({
  ...via(service),
  "kms:EncryptionContext:SecretARN": arn,
  "kms:ResourceAliases": ["alias/bulwark/production/secrets-manager"],
});

const reading: readonly (readonly [string, string, string, Context, boolean])[] = [
  ["reads a secret of its cluster", "secretsmanager:GetSecretValue", orders, {}, true],
  ["asks what it is called", "secretsmanager:DescribeSecret", orders, {}, true],
  ["decrypts it through Secrets Manager", "kms:Decrypt", key, through(orders), true],
  [
    "reads no secret of another cluster",
    "secretsmanager:GetSecretValue",
    secret("bulwark/staging/orders-1"),
    {},
    false,
  ],
  ["reads no other secret of the account", "secretsmanager:GetSecretValue", secret("root-password-1"), {}, false],
  ["writes none", "secretsmanager:PutSecretValue", orders, {}, false],
  ["lists none", "secretsmanager:ListSecrets", "*", {}, false],
  ["decrypts nothing by itself", "kms:Decrypt", key, { "kms:EncryptionContext:SecretARN": orders }, false],
  ["decrypts nothing of another cluster", "kms:Decrypt", key, through(secret("bulwark/staging/orders-1")), false],
  ["assumes no other role", "sts:AssumeRole", "arn:aws:iam::111122223333:role/admin", {}, false],
];

describe("External Secrets", () => {
  it.each(reading)("%s", (_, action, resource, context, allowed) => {
    expect(permits(secretsPolicy(withEdge), action, resource, context)).toBe(allowed);
    expect(permits(boundaryPolicy(withEdge), action, resource, context)).toBe(allowed);
  });

  it("is admitted by the key's own policy too", () => {
    const caller = role("bulwark-production-secrets-reader");

    expect(allows(secretsManagerPolicy(withEdge), { caller, action: "kms:Decrypt", context: through(orders) })).toBe(
      true,
    );
  });
});
