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

let edge: readonly Registration[];
let everything: readonly Item[];
beforeAll(async () => {
  ({ edge, registrations: everything } = await made(edgeBlueprint({ exposure: internet, shield: subscribe })));
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

const rows: readonly Mutation[] = [
  ["Protection main", "", GONE, ["edge-shield-decided"]],
  ["ApplicationLayerAutomaticResponse main", "action", "COUNT", ["edge-shield-automatic-response"]],
  ["ApplicationLayerAutomaticResponse main", "", GONE, ["edge-shield-automatic-response"]],
  ["ProtectionGroup main", "", GONE, ["edge-shield-grouped"]],
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
