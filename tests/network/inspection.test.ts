import { block, formatAddress } from "../../stacks/cidr/block";
import { blueprintWith, built, zones } from "./program";
import type { Map } from "./walk";
import { map, walk } from "./walk";

const firewall = "network-firewall";
const development = { environment: "development" };
const OUTSIDE = "203.0.113.7";
/** An address inside a subnet. */
const inside = ({ subnets }: Map, name: string) =>
  formatAddress(4, block(subnets.find((subnet) => subnet.name === name)?.cidr ?? "").first + 10n);

describe.each([
  { nat: "per-zone", more: {}, gatewayOf: (zone: string) => zone },
  { nat: "one", more: development, gatewayOf: () => "eu-central-1a" },
])("with a firewall and NAT $nat, a packet", ({ nat, more, gatewayOf }) => {
  let drawn: Map;
  beforeAll(async () => {
    const { network, account } = await built(blueprintWith({ nat, firewall }, more));
    drawn = await map(network, account);
  });

  it.each(zones)("of a pod in %s leaves through the firewall of its zone, then NAT", (zone) => {
    expect(walk(drawn, `private-${zone}`, OUTSIDE)).toEqual([`firewall-${zone}`, `nat-${gatewayOf(zone)}`, "internet"]);
  });

  it.each(zones)("that answers a pod in %s comes back through the very same firewall", (zone) => {
    const pod = inside(drawn, `private-${zone}`);
    expect(walk(drawn, `nat-${gatewayOf(zone)}`, pod)).toEqual([`firewall-${zone}`, `private-${zone}`]);
  });

  it("reaches the internet without the firewall from the load balancers' subnets only", () => {
    for (const { name } of drawn.subnets) {
      const way = walk(drawn, name, OUTSIDE);
      const tier = name.split("-")[0] ?? "";
      if (tier === "private") expect(way.filter((passed) => passed.startsWith("firewall"))).toHaveLength(1);
      else if (tier === "intra") expect(way).toEqual(["nowhere"]);
      else expect(["public", "firewall", "nat"]).toContain(tier);
    }
  });

  it("between load balancer, nodes and control plane stays what it was: local", () => {
    const zone = "eu-central-1b";
    expect(walk(drawn, `public-${zone}`, inside(drawn, `private-${zone}`))).toEqual([`private-${zone}`]);
    expect(walk(drawn, `private-${zone}`, inside(drawn, `intra-${zone}`))).toEqual([`intra-${zone}`]);
  });
});

it("leaves a network without a firewall as it was", async () => {
  const { network, account } = await built(blueprintWith({}));
  const drawn = await map(network, account);

  expect(network.filter(({ type }) => type.startsWith("aws:networkfirewall/"))).toEqual([]);
  expect(drawn.subnets).toHaveLength(9);
  for (const zone of zones) expect(walk(drawn, `private-${zone}`, OUTSIDE)).toEqual([`public-${zone}`, "internet"]);
});
