import { block, contains, overlaps } from "../../stacks/cidr/block";
import type { Registration } from "../../twin/registration";
import { blueprintWith, made, zones } from "./program";

let network: readonly Registration[];
const inputs = (token: string, of = network) =>
  of.filter(({ type }) => type.endsWith(`:${token}`)).map((each) => each.inputs);
const named = (token: string, name: string) =>
  network.find((each) => each.type.endsWith(`:${token}`) && each.name === name);
const from = (each: Registration | undefined, property: string) =>
  each?.propertyDependencies[property]?.map((urn) => urn.split("$").at(-1));

beforeAll(async () => {
  network = await made(blueprintWith({}));
});

describe("a network that is told nothing", () => {
  it("is a VPC whose private names resolve and that nothing deletes by accident", () => {
    expect(named("Vpc", "main")).toMatchObject({
      protect: true,
      inputs: { cidrBlock: "10.20.0.0/16", enableDnsSupport: true, enableDnsHostnames: true },
    });
  });

  it("has a public, a private and an intra subnet in each zone, and none gives public addresses", () => {
    const subnets = inputs("Subnet");
    expect(subnets).toHaveLength(9);
    for (const zone of zones) expect(subnets.filter((each) => each["availabilityZone"] === zone)).toHaveLength(3);
    for (const each of subnets) expect(each["mapPublicIpOnLaunch"]).toBe(false);
  });

  it("has subnets that lie in the VPC and never overlap", () => {
    const blocks = inputs("Subnet").map((each) => block(each["cidrBlock"] as string));
    for (const [index, each] of blocks.entries()) {
      expect(contains(block("10.20.0.0/16"), each)).toBe(true);
      expect(blocks.slice(index + 1).filter((other) => overlaps(each, other))).toEqual([]);
    }
  });

  it("tells load balancers which subnets are theirs, and keeps them off the control plane's", () => {
    const tags = (tier: string) => named("Subnet", `main-${tier}-eu-central-1a`)?.inputs["tags"];
    const shared = { "kubernetes.io/cluster/production": "shared" };
    expect(tags("public")).toMatchObject({ ...shared, "kubernetes.io/role/elb": "1" });
    expect(tags("private")).toMatchObject({ ...shared, "kubernetes.io/role/internal-elb": "1" });
    expect(tags("intra")).toEqual({ Name: "production-main-intra-eu-central-1a" });
    expect(JSON.stringify(network)).not.toContain("karpenter.sh");
  });

  it("keeps the upper half of each private subnet for the prefixes of pods", () => {
    expect(inputs("SubnetCidrReservation").map((each) => [each["cidrBlock"], each["reservationType"]])).toEqual([
      ["10.20.32.0/19", "prefix"],
      ["10.20.96.0/19", "prefix"],
      ["10.20.160.0/19", "prefix"],
    ]);
  });

  it("closes the security group and the access list that whatever names none falls into", () => {
    expect(inputs("DefaultSecurityGroup")).toMatchObject([{ ingress: [], egress: [] }]);
    expect(inputs("DefaultNetworkAcl")).toMatchObject([{ ingress: [], egress: [] }]);
  });

  it("routes each private subnet through the NAT gateway of its own zone", () => {
    for (const zone of zones) {
      const route = named("Route", `main-private-${zone}`);
      expect(route?.inputs["destinationCidrBlock"]).toBe("0.0.0.0/0");
      expect(from(route, "natGatewayId")).toEqual([`aws:ec2/natGateway:NatGateway::main-${zone}`]);
      expect(from(route, "routeTableId")).toEqual([`aws:ec2/routeTable:RouteTable::main-private-${zone}`]);
      expect(from(named("RouteTableAssociation", `main-private-${zone}`), "subnetId")).toEqual([
        `aws:ec2/subnet:Subnet::main-private-${zone}`,
      ]);
    }
  });

  it("gives only the public tier a route to the internet gateway", () => {
    const routes = network.filter(({ type, inputs }) => type.endsWith(":Route") && "gatewayId" in inputs);
    expect(routes.map((route) => from(route, "routeTableId"))).toEqual([
      ["aws:ec2/routeTable:RouteTable::main-public"],
    ]);
  });

  it("routes the control plane's subnets nowhere", () => {
    const routes = network.filter(({ type }) => type.endsWith(":Route"));
    expect(routes.flatMap((route) => from(route, "routeTableId"))).not.toContain(
      "aws:ec2/routeTable:RouteTable::main-intra",
    );
    for (const zone of zones)
      expect(from(named("RouteTableAssociation", `main-intra-${zone}`), "routeTableId")).toEqual([
        "aws:ec2/routeTable:RouteTable::main-intra",
      ]);
  });

  it("makes NAT gateways only once the internet gateway is there", () => {
    const gateways = network.filter(({ type }) => type.endsWith(":NatGateway"));
    expect(gateways).toHaveLength(3);
    for (const { dependencies } of gateways)
      expect(dependencies.some((urn) => urn.endsWith("InternetGateway::main"))).toBe(true);
  });

  it("gives every subnet the access list of its tier", () => {
    for (const tier of ["public", "private", "intra"]) {
      const list = named("NetworkAcl", `main-${tier}`);
      expect(from(list, "subnetIds")?.sort()).toEqual(
        zones.map((zone) => `aws:ec2/subnet:Subnet::main-${tier}-${zone}`),
      );
    }
  });

  it("numbers the entries of an access list once for each direction", () => {
    const keys = network
      .filter(({ type }) => type.endsWith(":NetworkAclRule"))
      .map((each) => JSON.stringify([from(each, "networkAclId"), each.inputs["egress"], each.inputs["ruleNumber"]]));
    expect(keys.length).toBeGreaterThan(10);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("puts every part under the component", () => {
    for (const { parent } of network) expect(parent).toMatch(/::bulwark:index:Network::main$/);
  });

  it("registers byte-equal inputs when it runs again", async () => {
    const again = await made(blueprintWith({}));
    const bytes = (of: readonly Registration[]) =>
      of.map((each) => JSON.stringify([each.urn, each.inputs, each.protect])).sort();
    expect(bytes(again)).toEqual(bytes(network));
  });
});

describe("the security groups", () => {
  const rules = () => network.filter(({ type }) => /:SecurityGroup(In|E)gressRule$/.test(type));

  it("describe every rule", () => {
    expect(rules().length).toBeGreaterThan(15);
    for (const { inputs } of rules()) expect(inputs["description"]).toMatch(/\w+ .+/);
  });

  it("let nothing in from addresses, only from each other", () => {
    const ingress = rules().filter(({ type }) => type.endsWith("IngressRule"));
    for (const { inputs, propertyDependencies } of ingress) {
      expect(inputs).not.toHaveProperty("cidrIpv4");
      expect(propertyDependencies["referencedSecurityGroupId"]).toHaveLength(1);
    }
  });

  it("let only nodes out to the internet, and only to 443", () => {
    const out = rules().filter(({ inputs }) => "cidrIpv4" in inputs || "cidrIpv6" in inputs);
    expect(out).toHaveLength(1);
    expect(out[0]).toMatchObject({
      type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      inputs: { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443 },
    });
    expect(from(out[0], "securityGroupId")).toEqual(["aws:ec2/securityGroup:SecurityGroup::main-nodes"]);
  });

  it("open both sides of every flow between two groups", () => {
    const side = (kind: string, own: string, peer: string) =>
      rules()
        .filter(({ type }) => type.endsWith(kind))
        .filter((rule) => from(rule, "referencedSecurityGroupId") !== undefined)
        .map((rule) => [from(rule, own), from(rule, peer), rule.inputs["ipProtocol"], rule.inputs["fromPort"]])
        .map((key) => JSON.stringify(key))
        .sort();
    const leaving = side("EgressRule", "securityGroupId", "referencedSecurityGroupId");
    expect(leaving.length).toBeGreaterThan(5);
    expect(side("IngressRule", "referencedSecurityGroupId", "securityGroupId")).toEqual(leaving);
  });
});
