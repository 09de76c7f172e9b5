import * as aws from "@pulumi/aws";

import { controls } from "../../policies/catalogue";
import { Inventory, type Item } from "../../policies/inventory";
import { judge } from "../../policies/verdict";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { all, only } from "../layers/found";
import { GONE, mutate, type Mutation } from "../policies/mutation";
import { edgeBlueprint, made, subscribe, words } from "./program";

jest.setTimeout(60_000);

const internet = { to: "internet", reason: words.reason };
const SHIELD = controls.filter(({ id }) => id.startsWith("edge-shield-"));

const idsOf = (account: Account, type: string) =>
  account
    .leftovers()
    .made.filter((one) => one.type === type)
    .map(({ id }) => id);

/** Everything of Shield Advanced, its response team too. */
const responseTeam = {
  access: "granted",
  supportPlan: "enterprise",
  contacts: [
    { email: "on-call@example.com", phone: "+4930123456", notes: "day and night" },
    { email: "head@example.com", phone: "+4930654321" },
  ],
  reason: "the shop loses more in an hour than the plan costs",
  by: words.by,
};

let edge: readonly Registration[];
let everything: readonly Item[];
beforeAll(async () => {
  const shield = { ...subscribe, responseTeam };
  ({ edge, registrations: everything } = await made(edgeBlueprint({ exposure: internet, shield })));
});

describe("a subscription to Shield Advanced that was acknowledged", () => {
  it("is protected, since deleting it does not end it", () => {
    expect(only(edge, "aws:shield/subscription:Subscription").protect).toBe(true);
  });

  it("protects the load balancer and our own zone, together", () => {
    expect(
      all(edge, "aws:shield/protection:Protection")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["main", "main-zone"]);
    const group = only(edge, "aws:shield/protectionGroup:ProtectionGroup").inputs;
    expect(group).toMatchObject({ pattern: "ARBITRARY", protectionGroupId: "bulwark-production" });
    expect(group["members"]).toHaveLength(2);
  });

  it("answers floods by itself, by blocking, once web ACL and protection are there", () => {
    const { inputs, dependencies } = only(
      edge,
      "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse",
    );

    expect(inputs["action"]).toBe("BLOCK");
    const before = dependencies.map((urn) => urn.split("$").at(-1));
    expect(before).toContain("aws:wafv2/webAclAssociation:WebAclAssociation::main");
    expect(before).toContain("aws:shield/protection:Protection::main");
  });

  it("learns from the gateways' health how the application is", () => {
    expect(only(edge, "aws:route53/healthCheck:HealthCheck").inputs["type"]).toBe("CLOUDWATCH_METRIC");
    const association = only(edge, "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation");
    expect(association.propertyDependencies["shieldProtectionId"]?.[0]).toMatch(/Protection::main$/);
  });

  it("leaves a zone of others to its owner", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    await run(() => new aws.route53.Zone("theirs", { name: "example.com" }), { account });
    const [id] = idsOf(account, "aws:route53/zone:Zone");
    const zone = { mode: "existing", id, name: "example.com" };
    const { edge } = await made(edgeBlueprint({ exposure: internet, shield: subscribe, zone }), account);

    expect(all(edge, "aws:shield/protection:Protection").map(({ name }) => name)).toEqual(["main"]);
    expect(only(edge, "aws:shield/protectionGroup:ProtectionGroup").inputs["members"]).toHaveLength(1);
    expect(all(edge, "aws:route53/zone:Zone")).toEqual([]);
    expect(all(edge, "aws:route53/record:Record").map(({ inputs }) => inputs["zoneId"])).toEqual([id, id]);
  });

  it("is not made a second time where the account is subscribed already", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    const subscribed = edgeBlueprint({ exposure: internet, shield: { advanced: "subscribed" } });
    await expect(made(subscribed)).rejects.toThrow("The subscription does not exist");

    await run(() => new aws.shield.Subscription("organisation"), { account });
    const { edge } = await made(subscribed, account);
    expect(all(edge, "aws:shield/subscription:Subscription")).toEqual([]);
    expect(all(edge, "aws:shield/protection:Protection")).toHaveLength(2);
  });
});

const ACCESS = "aws:shield/drtAccessRoleArnAssociation:DrtAccessRoleArnAssociation";
const BUCKET = "aws:shield/drtAccessLogBucketAssociation:DrtAccessLogBucketAssociation";
const ENGAGEMENT = "aws:shield/proactiveEngagement:ProactiveEngagement";

describe("AWS's response team", () => {
  it("gets nothing while nobody grants it anything", async () => {
    const { edge: silent } = await made(edgeBlueprint({ exposure: internet, shield: subscribe }));

    for (const type of [ACCESS, BUCKET, ENGAGEMENT]) expect(all(silent, type)).toEqual([]);
    const logs = silent.find(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy");
    expect(String(logs?.inputs["policy"])).not.toContain("drt.shield");
  });

  it("has a role for itself alone, with AWS's policy for it and no other", () => {
    const role = only(edge, "aws:iam/role:Role", "main-shield-response");
    const attached = all(edge, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");

    expect(role.inputs["name"]).toBe("bulwark-production-shield-response");
    expect(JSON.parse(String(role.inputs["assumeRolePolicy"]))).toMatchObject({
      Statement: [{ Principal: { Service: "drt.shield.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    expect(attached.map(({ inputs }) => inputs["policyArn"])).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy",
    ]);
    expect(only(edge, ACCESS).dependencies).toContain(attached[0]?.urn);
  });

  it("reads the load balancer's logs, and can change nothing in their bucket", () => {
    const policy = only(edge, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"];
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string; Action: unknown }[] };

    expect(only(edge, BUCKET).propertyDependencies["logBucket"]?.[0]).toMatch(/Bucket::main-logs$/);
    expect(Statement.find(({ Sid }) => Sid === "ShieldResponseTeam")?.Action).toEqual([
      "s3:GetBucketLocation",
      "s3:GetObject",
      "s3:ListBucket",
    ]);
  });

  it("calls those who were named, once there is a sign of health to call by", () => {
    const { inputs, dependencies } = only(edge, ENGAGEMENT);

    expect(inputs).toMatchObject({
      enabled: true,
      emergencyContacts: [
        { emailAddress: "on-call@example.com", phoneNumber: "+4930123456", contactNotes: "day and night" },
        { emailAddress: "head@example.com", phoneNumber: "+4930654321" },
      ],
    });
    const before = dependencies.map((urn) => urn.split("$").at(-1));
    expect(before).toEqual(
      expect.arrayContaining([
        `${ACCESS}::main`,
        "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation::main",
      ]),
    );
  });
});

const trusting = (service: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service } }] });

const rows: readonly Mutation[] = [
  ["Protection main", "", GONE, ["edge-shield-decided"]],
  ["ApplicationLayerAutomaticResponse main", "action", "COUNT", ["edge-shield-automatic-response"]],
  ["ApplicationLayerAutomaticResponse main", "", GONE, ["edge-shield-automatic-response"]],
  ["ProtectionGroup main", "", GONE, ["edge-shield-grouped"]],
  ["ProactiveEngagement main", "", GONE, ["edge-shield-engaged"]],
  ["ProactiveEngagement main", "enabled", false, ["edge-shield-engaged"]],
  ["ProactiveEngagement main", "emergencyContacts", [{ emailAddress: "a@example.com" }], ["edge-shield-engaged"]],
  ["ProtectionHealthCheckAssociation main", "", GONE, ["edge-shield-engaged"]],
  ["DrtAccessRoleArnAssociation main", "", GONE, ["edge-shield-engaged"]],
  ["Role main-shield-response", "assumeRolePolicy", trusting("ec2.amazonaws.com"), ["edge-shield-team-role"]],
  [
    "RolePolicyAttachment main-shield-response",
    "policyArn",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    ["edge-shield-team-role"],
  ],
];

describe("the controls of Shield", () => {
  const fired = (items: readonly Item[]) =>
    judge(new Inventory(items, "2026-11-23"), SHIELD, { stage: "up" })
      .filter(({ verdict }) => verdict === "violation")
      .map(({ control }) => control);

  it("find nothing wrong with what the stack makes", () => {
    expect(fired(everything)).toEqual([]);
  });

  it.each(rows)("fire when %s %s is flipped", (...row) => {
    expect([...new Set(fired(mutate(everything, row)))]).toEqual(row[3]);
  });
});
