import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Keys } from "../../stacks/keys";
import { Network } from "../../stacks/network";
import { checkExisting } from "../../stacks/network/existing";
import { provider } from "../../stacks/provider";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import type { Foreign } from "./foreign";
import { blueprintIn, foreignVpc } from "./foreign";

const fresh = () => Account.open(undefined, { timeScale: 0 });

async function placed(account: Account, blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  const { registrations } = await run(
    async () => {
      const opts = { providers: { aws: provider(blueprint) } };
      if (blueprint.network.mode === "existing")
        await checkExisting(blueprint.network, blueprint, { provider: opts.providers.aws });
      new Network("main", { blueprint, keys: new Keys("main", { blueprint }, opts) }, opts);
    },
    { account },
  );
  return registrations.filter(({ parent }) => parent.endsWith("bulwark:index:Network::main"));
}

async function refusal(foreign: Foreign, more: object = {}): Promise<string> {
  const account = fresh();
  const blueprint = blueprintIn(await foreignVpc(account, foreign), more);
  return await placed(account, blueprint).then(
    () => "nothing is lacking",
    (error: unknown) => (error as Error).message,
  );
}

describe("in a VPC of others that has everything", () => {
  let network: readonly Registration[];
  beforeAll(async () => {
    const account = fresh();
    network = await placed(account, blueprintIn(await foreignVpc(account)));
  });
  const types = () => new Set(network.map(({ type }) => type.split(":").at(-1)));

  it("leaves the VPC, its subnets, routes, access lists and default group to their owner", () => {
    for (const theirs of ["Vpc", "Subnet", "RouteTable", "Route", "NetworkAcl", "DefaultNetworkAcl", "NatGateway"])
      expect(types()).not.toContain(theirs);
    expect(types()).not.toContain("DefaultSecurityGroup");
  });

  it("still has its own groups, endpoints, DNS firewall and records", () => {
    for (const ours of ["SecurityGroup", "VpcEndpoint", "FlowLog", "ResolverFirewallRule", "ResolverQueryLogConfig"])
      expect(types()).toContain(ours);
  });

  it("reaches every AWS service inside the VPC, since nobody knows whether there is another way", () => {
    const endpoints = network.filter(({ type }) => type.endsWith(":VpcEndpoint"));
    expect(endpoints).toHaveLength(15);
    for (const { inputs } of endpoints) expect(inputs["subnetIds"]).toHaveLength(3);
  });
});

describe("a VPC of others is refused", () => {
  it.each<[string, Foreign, RegExp]>([
    ["when DNS hostnames are off", { vpc: { enableDnsHostnames: false } }, /vpc-\w+: DNS hostnames are off/],
    ["when DNS support is off", { vpc: { enableDnsSupport: false } }, /vpc-\w+: DNS support is off/],
    [
      "when private subnets give public addresses",
      { private: { mapPublicIpOnLaunch: true } },
      /gives public addresses/,
    ],
    ["when private subnets lead to an internet gateway", { open: "private" }, /route to an internet gateway/],
    ["when intra subnets lead to an internet gateway", { open: "intra" }, /route to an internet gateway/],
    ["when intra subnets lead to a NAT gateway", { open: "intra", through: "nat" }, /route to a NAT gateway/],
    [
      "when intra subnets lead to an egress-only gateway",
      { open: "intra", through: "egress-only" },
      /route to an egress-only gateway/,
    ],
    ["when its subnets lie in too few zones", { private: { availabilityZone: "eu-central-1a" } }, /lies in 1 zones/],
  ])("%s", async (_, foreign, sentence) => {
    expect(await refusal(foreign)).toMatch(sentence);
  });

  it("but not because private subnets lead to a NAT gateway", async () => {
    expect(await refusal({ open: "private", through: "nat" })).toBe("nothing is lacking");
  });

  it("when it has two zones and the cluster is for production, which needs three", async () => {
    expect(await refusal({ zones: 2 })).toMatch(/network\.subnets\.private: lies in 2 zones .* must lie in 3 or more/);
    expect(await refusal({ zones: 2 }, { environment: "staging" })).toBe("nothing is lacking");
  });

  it("when Karpenter may not use its private subnets", async () => {
    const karpenter = { reason: "campaigns fill the shop within minutes" };
    const tags = { "karpenter.sh/discovery": "production" };
    expect(await refusal({}, { karpenter })).toMatch(/has no tag karpenter\.sh\/discovery=production/);
    expect(await refusal({ private: { tags } }, { karpenter })).toBe("nothing is lacking");
  });

  it("when it gives no IPv6 addresses to IPv6 pods", async () => {
    const account = fresh();
    const ids = await foreignVpc(account);
    const blueprint = blueprintIn(ids, { network: { mode: "existing", pods: "ipv6", ...ids } });
    await expect(placed(account, blueprint)).rejects.toThrow("gives no IPv6 addresses");
  });

  it("when it does not exist, or a subnet does not", async () => {
    const account = fresh();
    const ids = await foreignVpc(account);
    const elsewhere = { ...ids, vpcId: "vpc-0123456789abcdef0" };
    await expect(placed(account, blueprintIn(elsewhere))).rejects.toThrow("vpc-0123456789abcdef0: cannot be read");

    const [, ...others] = ids.subnets.intra;
    const missing = { ...ids, subnets: { ...ids.subnets, intra: ["subnet-0123456789abcdef0", ...others] } };
    await expect(placed(account, blueprintIn(missing))).rejects.toThrow("subnet-0123456789abcdef0: cannot be read");
  });

  it("with everything it lacks in one error", async () => {
    const message = await refusal({ vpc: { enableDnsHostnames: false }, private: { mapPublicIpOnLaunch: true } });
    expect(message.split("\n")).toHaveLength(1 + 1 + 3);
  });
});
