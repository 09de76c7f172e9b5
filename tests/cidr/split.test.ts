import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";

import { block, canonical, blockAt, contains, overlaps } from "../../stacks/cidr/block";
import type { Tier } from "../../stacks/cidr/split";
import { SLOTS, subnet, subnet6, upperHalf } from "../../stacks/cidr/split";

const tiers: readonly Tier[] = ["public", "private", "intra", "firewall", "nat"];
const slots = [...Array(SLOTS).keys()];
const every = tiers.flatMap((tier) => slots.map((slot) => [tier, slot] as const));

const vpcs = fc
  .record({ address: fc.nat(0xffffffff), prefix: fc.integer({ min: 16, max: 20 }) })
  .map(({ address, prefix }) => canonical(blockAt(4, BigInt(address), prefix)));
const vpcs6 = fc
  .record({ address: fc.bigInt(0n, (1n << 128n) - 1n), prefix: fc.integer({ min: 44, max: 57 }) })
  .map(({ address, prefix }) => canonical(blockAt(6, address, prefix)));

const cuts = (vpc: string, of: typeof subnet) => every.map(([tier, slot]) => block(of(vpc, tier, slot)));

describe.each([
  { family: "IPv4", blocks: vpcs, of: subnet },
  { family: "IPv6", blocks: vpcs6, of: subnet6 },
])("$family subnets of any VPC", ({ blocks, of }) => {
  it("lie inside it", () => {
    fc.assert(fc.property(blocks, (vpc) => cuts(vpc, of).every((cut) => contains(block(vpc), cut))));
  });

  it("never overlap, the reserved fourth zone and the tiers of the firewall included", () => {
    fc.assert(
      fc.property(blocks, (vpc) => {
        const all = cuts(vpc, of);
        return all.every((cut, index) => all.slice(index + 1).every((other) => !overlaps(cut, other)));
      }),
    );
  });
});

it("fits EC2's limits of /16 to /28 in every size of VPC", () => {
  fc.assert(fc.property(vpcs, (vpc) => cuts(vpc, subnet).every(({ prefix }) => prefix >= 16 && prefix <= 28)));
});

it("gives the private tier of three zones three quarters of the VPC", () => {
  fc.assert(
    fc.property(vpcs, (vpc) => {
      const size = ({ first, last }: { first: bigint; last: bigint }) => last - first + 1n;
      const privates = [0, 1, 2].map((slot) => size(block(subnet(vpc, "private", slot))));
      return privates.reduce((sum, each) => sum + each, 0n) * 4n === size(block(vpc)) * 3n;
    }),
  );
});

it("leaves room for eight free addresses of a load balancer in the smallest public subnet", () => {
  // AWS keeps five addresses of every subnet for itself.
  expect(block(subnet("10.0.0.0/20", "public", 3)).prefix).toBeLessThanOrEqual(27);
});

it("leaves EKS more than 16 free addresses in the smallest intra subnet", () => {
  expect(block(subnet("10.0.0.0/20", "intra", 3)).prefix).toBeLessThanOrEqual(27);
});

it("lays out the example's VPC", () => {
  expect(tiers.map((tier) => slots.map((slot) => subnet("10.20.0.0/16", tier, slot)))).toEqual([
    ["10.20.224.0/22", "10.20.228.0/22", "10.20.232.0/22", "10.20.236.0/22"],
    ["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18", "10.20.192.0/19"],
    ["10.20.240.0/23", "10.20.242.0/23", "10.20.244.0/23", "10.20.246.0/23"],
    ["10.20.248.0/24", "10.20.249.0/24", "10.20.250.0/24", "10.20.251.0/24"],
    ["10.20.252.0/24", "10.20.253.0/24", "10.20.254.0/24", "10.20.255.0/24"],
  ]);
});

it("is documented as it is", () => {
  const page = readFileSync(join(__dirname, "../../docs/network.md"), "utf8");
  for (const tier of tiers) {
    const blocks = slots.map((slot) => `\`${subnet("10.20.0.0/16", tier, slot)}\``);
    const row = page.split("\n").find((line) => line.startsWith(`| \`${tier}\``) && line.includes("10.20."));
    expect(
      row
        ?.split("|")
        .slice(2, -1)
        .map((cell) => cell.trim()),
    ).toEqual(blocks);
  }
  const { first, last } = block(subnet("10.20.0.0/16", "private", 0));
  expect(page).toContain(`${(last - first + 1n - 5n).toLocaleString("en")} addresses`);
  expect(page).toContain(`\`${upperHalf("10.20.0.0/18")}\` in zone 1`);
});

it("lays out the smallest VPC down to EC2's smallest subnet", () => {
  expect(tiers.map((tier) => subnet("10.20.16.0/20", tier, 3))).toEqual([
    "10.20.30.192/26",
    "10.20.28.0/23",
    "10.20.31.96/27",
    "10.20.31.176/28",
    "10.20.31.240/28",
  ]);
});

it("cuts the /56 that AWS gives a VPC into one /64 a subnet", () => {
  expect(every.map(([tier, slot]) => subnet6("2001:db8:1234:1a00::/56", tier, slot)).slice(0, 6)).toEqual([
    "2001:db8:1234:1a00::/64",
    "2001:db8:1234:1a01::/64",
    "2001:db8:1234:1a02::/64",
    "2001:db8:1234:1a03::/64",
    "2001:db8:1234:1a10::/64",
    "2001:db8:1234:1a11::/64",
  ]);
});

it("reserves the upper half of a private subnet for prefixes", () => {
  expect(upperHalf("10.20.64.0/18")).toBe("10.20.96.0/19");
});

it.each(["10.0.0.0/15", "10.0.0.0/21", "2001:db8::/56", "10.0.0.0"])("refuses %s as the block of a VPC", (vpc) => {
  expect(() => subnet(vpc, "private", 0)).toThrow(vpc);
});

it.each([-1, 4, 0.5])("refuses the slot %d, which no zone has", (slot) => {
  expect(() => subnet("10.0.0.0/16", "private", slot)).toThrow("slots 0 to 3");
});

it("refuses an IPv6 block that is too small for a /64 a subnet", () => {
  expect(() => subnet6("2001:db8::/58", "private", 0)).toThrow("/57");
});
