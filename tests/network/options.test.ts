import { ALLOWANCES } from "../../constructs";
import type { Registration } from "../../twin/registration";
import { blueprintWith, made, zones } from "./program";

const of = (network: readonly Registration[], token: string) =>
  network.filter(({ type }) => type.endsWith(`:${token}`));
const services = (network: readonly Registration[]) =>
  of(network, "VpcEndpoint").map(({ inputs }) => (inputs["serviceName"] as string).split("eu-central-1.")[1]);
const complete = [
  ..."ecr.api ecr.dkr s3 sts logs kms secretsmanager eks eks-auth".split(" "),
  ..."ec2 elasticloadbalancing autoscaling ssm ssmmessages ec2messages".split(" "),
];

describe("a network without NAT", () => {
  let network: readonly Registration[];
  beforeAll(async () => {
    network = await made(blueprintWith({ nat: "none" }));
  });

  it("has no gateway, no public address and no public subnet", () => {
    for (const token of ["InternetGateway", "NatGateway", "Eip", "Route"]) expect(of(network, token)).toEqual([]);
    expect(of(network, "Subnet").filter(({ name }) => name.includes("public"))).toEqual([]);
  });

  it("names the world in no rule", () => {
    expect(JSON.stringify(network.map(({ inputs }) => inputs))).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
  });

  it("has an endpoint for every service that a cluster needs", () => {
    expect(services(network).sort()).toEqual([...complete].sort());
  });

  it("has one for what Karpenter asks too where Karpenter is asked for, with and without NAT", async () => {
    const karpenter = { reason: "campaigns fill the shop within minutes" };
    const asked = await made(blueprintWith({ nat: "none" }, { karpenter }));

    expect(services(asked).sort()).toEqual([...complete, "sqs"].sort());
    // Whatever the platform's policies let a controller call has an endpoint: they open no public address.
    expect(services(await made(blueprintWith({}, { karpenter })))).toEqual(
      expect.arrayContaining(ALLOWANCES.flatMap((allowance) => allowance.services ?? [])),
    );
    expect(services(await made(blueprintWith({})))).not.toContain("sqs");
  });

  it("keeps the addresses that it has with NAT", async () => {
    const cidrs = (from: readonly Registration[]) =>
      of(from, "Subnet").map(({ name, inputs }) => `${name} ${inputs["cidrBlock"] as string}`);
    expect(cidrs(await made(blueprintWith({})))).toEqual(expect.arrayContaining(cidrs(network)));
  });
});

it("shows Karpenter the private subnets and the nodes' group, and nothing else", async () => {
  const karpenter = { reason: "campaigns fill the shop within minutes" };
  const network = await made(blueprintWith({}, { karpenter }));
  const shown = network.filter(({ inputs }) => JSON.stringify(inputs["tags"] ?? {}).includes("karpenter.sh/discovery"));

  expect(shown.map(({ name }) => name).sort()).toEqual(["main-nodes", ...zones.map((zone) => `main-private-${zone}`)]);
});

describe("interface endpoints", () => {
  it("carry data, credentials and what controllers ask even where there is NAT", async () => {
    expect(services(await made(blueprintWith({})))).toEqual(
      expect.arrayContaining(
        "ecr.api ecr.dkr s3 sts logs kms secretsmanager eks-auth ec2 elasticloadbalancing".split(" "),
      ),
    );
  });

  it("stand in every private subnet, behind their own group, under the services' own names, each with a policy", async () => {
    for (const { inputs, propertyDependencies } of of(await made(blueprintWith({})), "VpcEndpoint")) {
      expect(inputs).toMatchObject({ vpcEndpointType: "Interface", privateDnsEnabled: true });
      expect(propertyDependencies["subnetIds"]?.map((urn) => urn.split("::").at(-1)).sort()).toEqual(
        zones.map((zone) => `main-private-${zone}`),
      );
      expect(propertyDependencies["securityGroupIds"]).toEqual([
        expect.stringMatching(/SecurityGroup::main-endpoints$/) as string,
      ]);
      expect(inputs["policy"]).toContain('"aws:PrincipalAccount":"111122223333"');
    }
  });

  it("answer for S3 inside the VPC without a gateway endpoint", async () => {
    const s3 = of(await made(blueprintWith({})), "VpcEndpoint").filter(({ name }) => name === "main-s3");
    expect(s3.map(({ inputs }) => inputs["dnsOptions"])).toEqual([{ privateDnsOnlyForInboundResolverEndpoint: false }]);
  });
});

it("shares one NAT gateway between the zones when told so", async () => {
  const network = await made(blueprintWith({ nat: "one" }, { environment: "development" }));
  expect(of(network, "NatGateway").map(({ name }) => name)).toEqual(["main-eu-central-1a"]);
  const targets = of(network, "Route").flatMap((route) => route.propertyDependencies["natGatewayId"] ?? []);
  expect(targets).toHaveLength(3);
  expect(new Set(targets).size).toBe(1);
});

it("changes nothing of two zones when a third is added", async () => {
  const more = { environment: "development" };
  const [two, three] = [
    await made(blueprintWith({ zones: zones.slice(0, 2) }, more)),
    await made(blueprintWith({}, more)),
  ];
  const subnets = (network: readonly Registration[]) =>
    of(network, "Subnet").map(({ urn, inputs }) => JSON.stringify([urn, inputs]));
  expect(subnets(two)).toHaveLength(6);
  expect(subnets(three)).toEqual(expect.arrayContaining(subnets(two)));
});

describe("a network for IPv6 pods", () => {
  let network: readonly Registration[];
  beforeAll(async () => {
    network = await made(blueprintWith({ pods: "ipv6" }));
  });

  it("asks AWS for a block and gives every subnet a /64 of it", () => {
    expect(of(network, "Vpc")).toMatchObject([{ inputs: { assignGeneratedIpv6CidrBlock: true } }]);
    const blocks = of(network, "Subnet").map(({ inputs }) => inputs["ipv6CidrBlock"] as string);
    expect(new Set(blocks).size).toBe(9);
    for (const each of blocks) expect(each).toMatch(/\/64$/);
  });

  it("gives IPv6 addresses to nodes, pods and the control plane, and not to the public tier", () => {
    for (const { name, inputs } of of(network, "Subnet"))
      expect(inputs["assignIpv6AddressOnCreation"]).toBe(!name.includes("public"));
  });

  it("lets private subnets out over IPv6 and nobody in", () => {
    expect(of(network, "EgressOnlyInternetGateway")).toHaveLength(1);
    const out = of(network, "Route").filter(({ inputs }) => "egressOnlyGatewayId" in inputs);
    expect(out.map(({ name }) => name)).toEqual(zones.map((zone) => `main-private-${zone}-ipv6`));
  });

  it("guards IPv6 like IPv4", () => {
    const rules = of(network, "NetworkAclRule").map(({ inputs }) => inputs);
    const v6 = rules.filter((inputs) => "ipv6CidrBlock" in inputs);
    expect(v6.length * 2).toBe(rules.length);
    for (const rule of v6.filter((each) => each["ipv6CidrBlock"] === "::/0" && each["egress"] === false))
      for (const port of [22, 3389])
        expect(Number(rule["fromPort"]) <= port && port <= Number(rule["toPort"])).toBe(false);
  });
});

it("can be taken down once the blueprint says why, who and until when", async () => {
  const teardown = { reason: "the project ends this year", by: "platform@example.com", until: "2026-12-31" };
  const network = await made(blueprintWith({}, { teardown }));
  expect(network.filter(({ protect }) => protect)).toEqual([]);
  expect(of(network, "ResolverFirewallRuleGroupAssociation")).toMatchObject([
    { inputs: { mutationProtection: "DISABLED" } },
  ]);
});
