import type { Registration } from "../../twin/registration";
import { blueprintWith, made } from "./program";

let network: readonly Registration[];
const of = (token: string) => network.filter(({ type }) => type.endsWith(`:${token}`));
const one = (token: string, name = "main") => of(token).find((each) => each.name === name);
const statement = (json: unknown) => (JSON.parse(json as string) as { Statement: object[] }).Statement;
const from = (each: Registration | undefined, property: string) =>
  each?.propertyDependencies[property]?.map((urn) => urn.split("$").at(-1));

beforeAll(async () => {
  network = await made(blueprintWith({}));
});

describe("flow logs", () => {
  it("record all traffic of the VPC once a minute", () => {
    expect(one("FlowLog")?.inputs).toMatchObject({ trafficType: "ALL", maxAggregationInterval: 60 });
    expect(from(one("FlowLog"), "vpcId")).toEqual(["aws:ec2/vpc:Vpc::main"]);
    expect(from(one("FlowLog"), "logDestination")).toEqual(["aws:cloudwatch/logGroup:LogGroup::main-flow-logs"]);
  });

  it("are written by a role that only the flow logs of this account and region can assume", () => {
    const role = one("Role", "main-flow-logs");
    expect(role?.inputs["name"]).toBe("bulwark-production-flow-logs");
    expect(statement(role?.inputs["assumeRolePolicy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:111122223333:vpc-flow-log/*" },
        },
      },
    ]);
  });

  it("can be written to their own log group only", () => {
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/bulwark/production/flow-logs";
    expect(statement(one("RolePolicy", "main-flow-logs")?.inputs["policy"])).toMatchObject([
      { Resource: [group, `${group}:*`] },
      { Action: "logs:DescribeLogGroups" },
    ]);
  });
});

describe("the log groups", () => {
  it.each(["flow-logs", "dns-queries"])("of %s are encrypted with the logs key, retained and protected", (purpose) => {
    const group = one("LogGroup", `main-${purpose}`);
    expect(group).toMatchObject({
      protect: true,
      inputs: { name: `/bulwark/production/${purpose}`, retentionInDays: 400 },
    });
    expect(from(group, "kmsKeyId")).toEqual(["aws:kms/key:Key::main-logs"]);
  });
});

describe("the DNS firewall", () => {
  const rule = (name: string) => one("ResolverFirewallRule", name)?.inputs as Record<string, unknown> | undefined;

  it("allows the listed names and trusts where their aliases lead", () => {
    expect(rule("main-allowed")).toMatchObject({
      action: "ALLOW",
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    });
    expect(one("ResolverFirewallDomainList", "main-allowed")?.inputs["domains"]).toContain(
      "sts.eu-central-1.amazonaws.com",
    );
  });

  it("answers every other name as if it did not exist, after the allowed ones", () => {
    expect(rule("main-others")).toMatchObject({ action: "BLOCK", blockResponse: "NXDOMAIN" });
    expect(one("ResolverFirewallDomainList", "main-others")?.inputs["domains"]).toEqual(["*"]);
    expect(rule("main-others")?.["priority"]).toBeGreaterThan(Number(rule("main-allowed")?.["priority"]));
  });

  it("stays closed when it fails", () => {
    expect(one("ResolverFirewallConfig")?.inputs["firewallFailOpen"]).toBe("DISABLED");
  });

  it("guards the VPC, cannot be taken away by accident, and is complete before it begins", () => {
    const association = one("ResolverFirewallRuleGroupAssociation");
    expect(association?.inputs["mutationProtection"]).toBe("ENABLED");
    expect(from(association, "vpcId")).toEqual(["aws:ec2/vpc:Vpc::main"]);
    expect(association?.dependencies.filter((urn) => urn.includes(":ResolverFirewallRule::"))).toHaveLength(2);
  });

  it("leaves a record of every query of the VPC", () => {
    expect(from(one("ResolverQueryLogConfig"), "destinationArn")).toEqual([
      "aws:cloudwatch/logGroup:LogGroup::main-dns-queries",
    ]);
    expect(from(one("ResolverQueryLogConfigAssociation"), "resourceId")).toEqual(["aws:ec2/vpc:Vpc::main"]);
  });

  it("allows what the blueprint allows", async () => {
    network = await made(blueprintWith({ allowedDomains: ["api.example.com"] }));
    expect(one("ResolverFirewallDomainList", "main-allowed")?.inputs["domains"]).toContain("api.example.com");
  });
});
