import endpoints from "../../facts/aws-endpoints.json";
import { controls } from "../../policies/catalogue";
import { Inventory } from "../../policies/inventory";
import { judge } from "../../policies/verdict";
import { clusterLayer } from "../../stacks/cluster-layer";
import type { Statuses } from "../../stacks/network/firewall";
import { capacity, endpointIn } from "../../stacks/network/firewall";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { blueprintWith, built, made, zones } from "./program";

const firewall = "network-firewall";
const of = (network: readonly Registration[], token: string) =>
  network.filter(({ type }) => type.endsWith(`:${token}`));
const from = (each: Registration | undefined, property: string) =>
  each?.propertyDependencies[property]?.map((urn) => urn.split("$").at(-1));
describe("a network with a firewall", () => {
  let network: readonly Registration[];
  const one = (token: string) => of(network, token).find(({ name }) => name === "main");
  beforeAll(async () => {
    network = await made(blueprintWith({ firewall, allowedDomains: ["*.example.com"] }));
  });

  it("has subnets for endpoints and for NAT in each zone, apart from the load balancers' and without their tags", () => {
    expect(of(network, "Subnet")).toHaveLength(15);
    for (const tier of ["firewall", "nat"])
      for (const zone of zones) {
        const subnet = of(network, "Subnet").find(({ name }) => name === `main-${tier}-${zone}`);
        expect(subnet?.inputs).toMatchObject({ availabilityZone: zone, mapPublicIpOnLaunch: false });
        expect(subnet?.inputs["tags"]).toEqual({ Name: `production-main-${tier}-${zone}` });
      }
  });

  it("moves no subnet that was there without it", async () => {
    const before = of(await made(blueprintWith({})), "Subnet").map(({ urn, inputs }) => JSON.stringify([urn, inputs]));
    const after = of(network, "Subnet").map(({ urn, inputs }) => JSON.stringify([urn, inputs]));
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it("guards the new tiers with access lists of their own", () => {
    for (const tier of ["firewall", "nat"]) {
      const list = of(network, "NetworkAcl").find(({ name }) => name === `main-${tier}`);
      expect(from(list, "subnetIds")?.sort()).toEqual(
        zones.map((each) => `aws:ec2/subnet:Subnet::main-${tier}-${each}`),
      );
    }
  });

  it("gives each zone one endpoint, and locks firewall, subnets and policy", () => {
    expect(one("Firewall")?.inputs).toMatchObject({
      deleteProtection: true,
      subnetChangeProtection: true,
      firewallPolicyChangeProtection: true,
      tags: { Name: "production-main" },
    });
    expect(from(one("Firewall"), "subnetMappings")?.sort()).toEqual(
      zones.map((zone) => `aws:ec2/subnet:Subnet::main-firewall-${zone}`),
    );
  });

  it("inspects every packet in strict order, drops what no rule passes, and says so", () => {
    expect(one("FirewallPolicy")?.inputs["firewallPolicy"]).toMatchObject({
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
      statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
      statefulRuleGroupReferences: [{ priority: 1 }],
    });
    expect(from(one("FirewallPolicy"), "firewallPolicy")).toEqual(["aws:networkfirewall/ruleGroup:RuleGroup::main"]);
    expect(one("RuleGroup")?.inputs["ruleGroup"]).toMatchObject({ statefulRuleOptions: { ruleOrder: "STRICT_ORDER" } });
  });

  it("passes TLS to the names that DNS Firewall allows, and to no others", () => {
    const { rulesSource } = one("RuleGroup")?.inputs["ruleGroup"] as {
      rulesSource: { rulesSourceList: { targets: string[] } };
    };
    const list = of(network, "ResolverFirewallDomainList").find(({ name }) => name === "main-allowed");
    const resolvable = list?.inputs["domains"] as string[];

    expect(rulesSource.rulesSourceList).toMatchObject({ generatedRulesType: "ALLOWLIST", targetTypes: ["TLS_SNI"] });
    expect(rulesSource.rulesSourceList.targets).toEqual(resolvable.map((name) => name.replace(/^\*/, "")));
    expect(rulesSource.rulesSourceList.targets).toContain(".example.com");
    expect(resolvable.length).toBeGreaterThan(endpoints.services.length);
  });

  it("records alerts and flows into encrypted, retained and protected groups that admit the service first", () => {
    for (const purpose of ["firewall-alerts", "firewall-flows"]) {
      const group = of(network, "LogGroup").find(({ name }) => name === `main-${purpose}`);
      expect(group).toMatchObject({
        protect: true,
        inputs: { name: `/bulwark/production/${purpose}`, retentionInDays: 400 },
      });
      expect(from(group, "kmsKeyId")).toEqual(["aws:kms/key:Key::main-logs"]);
    }
    const destination = (logType: string, purpose: string) => ({
      logType,
      logDestinationType: "CloudWatchLogs",
      logDestination: { logGroup: `/bulwark/production/${purpose}` },
    });
    expect(one("LoggingConfiguration")?.inputs["loggingConfiguration"]).toEqual({
      logDestinationConfigs: [destination("ALERT", "firewall-alerts"), destination("FLOW", "firewall-flows")],
    });
    expect(one("LoggingConfiguration")?.dependencies.map((urn) => urn.split("$").at(-1))).toContain(
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy::main-firewall",
    );
  });

  it("lets the delivery of this account and region write into those groups only", () => {
    const policy = of(network, "LogResourcePolicy").find(({ name }) => name === "main-firewall")?.inputs[
      "policyDocument"
    ];
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/bulwark/production";
    expect((JSON.parse(policy as string) as { Statement: object[] }).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${group}/firewall-alerts:log-stream:*`, `${group}/firewall-flows:log-stream:*`],
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-central-1:111122223333:*" },
        },
      },
    ]);
  });

  it("can be previewed before there is an endpoint to route to", async () => {
    const { network: planned } = await built(blueprintWith({ firewall }), true);
    expect(planned.map(({ urn }) => urn).sort()).toEqual(network.map(({ urn }) => urn).sort());
  });

  it("registers byte-equal inputs when it runs again", async () => {
    const bytes = (each: readonly Registration[]) =>
      each.map(({ urn, inputs }) => JSON.stringify([urn, inputs])).sort();
    expect(bytes(await made(blueprintWith({ firewall, allowedDomains: ["*.example.com"] })))).toEqual(bytes(network));
  });

  it("can be unlocked once the blueprint says why, who and until when", async () => {
    const teardown = { reason: "the project ends this year", by: "platform@example.com", until: "2026-12-31" };
    const open = of(await made(blueprintWith({ firewall }, { teardown })), "Firewall");
    expect(open).toMatchObject([
      { inputs: { deleteProtection: false, subnetChangeProtection: false, firewallPolicyChangeProtection: false } },
    ]);
  });
});

it("keeps every promise of a cluster that has one", async () => {
  const { registrations } = await run(() => clusterLayer(blueprintWith({ firewall })));
  const verdicts = judge(new Inventory(registrations, "2026-11-23"), controls, { stage: "up" });
  const broken = verdicts.filter(({ verdict }) => verdict === "violation" || verdict === "undetermined");

  expect(broken.map(({ control, resource, message }) => `${control} ${resource.name}: ${message}`)).toEqual([]);
  expect(verdicts.filter(({ resource }) => resource.name.startsWith("main-firewall-")).length).toBeGreaterThan(5);
});

describe("the endpoint of a zone", () => {
  const state = (availabilityZone: string, ...ids: string[]) => ({
    availabilityZone,
    attachments: ids.map((endpointId) => ({ endpointId, subnetId: "subnet-1" })),
  });
  const statuses = (...syncStates: ReturnType<typeof state>[]): Statuses => [
    { syncStates, transitGatewayAttachmentSyncStates: [] },
  ];

  it("is found by the zone's name, whatever the order in which AWS lists them", () => {
    const listed = statuses(state("eu-central-1c", "vpce-c"), state("eu-central-1a", "vpce-a"));
    expect(endpointIn(listed, "eu-central-1a")).toBe("vpce-a");
    expect(endpointIn(listed, "eu-central-1c")).toBe("vpce-c");
  });

  it.each([
    ["is not listed", statuses(state("eu-central-1c", "vpce-c"))],
    ["has no endpoint yet", statuses(state("eu-central-1a"), state("eu-central-1c", "vpce-c"))],
  ])("is missed loudly when the zone %s", (_, listed) => {
    expect(() => endpointIn(listed, "eu-central-1a")).toThrow(/no endpoint in zone "eu-central-1a".*eu-central-1c/);
  });
});

describe("the capacity of the rule group", () => {
  it.each([
    [0, 100],
    [23, 100],
    [50, 100],
    [51, 200],
    [400, 800],
  ])("for %d names is %d: twice as much in whole hundreds", (names, expected) => {
    expect(capacity(names)).toBe(expected);
  });
});
