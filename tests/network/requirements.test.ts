import type { FoundSubnet, FoundVpc, Needs } from "../../stacks/network/requirements";
import { shortcomings } from "../../stacks/network/requirements";
import { onePerZone } from "../../stacks/network/existing";

const vpc: FoundVpc = {
  id: "vpc-0a1b2c3d4e5f60718",
  blocks: ["10.40.0.0/16"],
  dnsSupport: true,
  dnsHostnames: true,
};
const needs: Needs = { zones: 3, ipv6: true, serviceCidr: "172.20.0.0/16", discovery: {} };
const subnet = (tier: FoundSubnet["tier"], zone: string): FoundSubnet => ({
  id: `subnet-${tier}-${zone}`,
  tier,
  vpcId: vpc.id,
  zone: `eu-central-1${zone}`,
  freeAddresses: 4000,
  givesPublicAddresses: false,
  givesIpv6Addresses: tier !== "public",
  tags: {},
  ways: tier === "public" ? ["an internet gateway"] : tier === "private" ? ["a NAT gateway"] : [],
});
const all = (["public", "private", "intra"] as const).flatMap((tier) =>
  ["a", "b", "c"].map((zone) => subnet(tier, zone)),
);
const changed = (tier: FoundSubnet["tier"], change: Partial<FoundSubnet>) => {
  const index = all.findIndex((each) => each.tier === tier);
  return all.map((each, at) => (at === index ? { ...each, ...change } : each));
};

it("finds nothing lacking in a VPC that has everything", () => {
  expect(shortcomings(vpc, all, needs)).toEqual([]);
});

it("names each private subnet that Karpenter may not use, and how to let it", () => {
  const asking = { ...needs, discovery: { "karpenter.sh/discovery": "production" } };
  const tagged = all.map((each) => (each.tier === "private" ? { ...each, tags: asking.discovery } : each));

  expect(shortcomings(vpc, tagged, asking)).toEqual([]);
  expect(shortcomings(vpc, all, asking)).toEqual(
    ["a", "b", "c"].map(
      (zone) =>
        `subnet-private-${zone}: has no tag karpenter.sh/discovery=production, a private subnet must for karpenter; run aws ec2 create-tags --resources subnet-private-${zone} --tags Key=karpenter.sh/discovery,Value=production`,
    ),
  );
  expect(shortcomings(vpc, tagged, { ...needs, discovery: { "karpenter.sh/discovery": "staging" } })).toHaveLength(3);
});

it.each<[string, Partial<FoundVpc>, RegExp]>([
  ["DNS support off", { dnsSupport: false }, /^vpc-0a1b2c3d4e5f60718: DNS support is off.*--enable-dns-support$/],
  ["DNS hostnames off", { dnsHostnames: false }, /DNS hostnames are off.*--enable-dns-hostnames$/],
  [
    "a block that overlaps the services'",
    { blocks: ["10.0.0.0/16", "172.20.128.0/20"] },
    /172\.20\.128\.0\/20 overlaps/,
  ],
])("names %s in the VPC", (_, change, sentence) => {
  expect(shortcomings({ ...vpc, ...change }, all, needs)).toEqual([expect.stringMatching(sentence) as string]);
});

it.each<[string, FoundSubnet["tier"], Partial<FoundSubnet>, RegExp]>([
  [
    "another VPC's",
    "private",
    { vpcId: "vpc-0ffffffffffffffff" },
    /^subnet-private-a: lies in vpc-0f+, must lie in vpc-0a/,
  ],
  ["a full public", "public", { freeAddresses: 7 }, /has 7 free addresses, the public tier needs 8/],
  ["a small private", "private", { freeAddresses: 255 }, /has 255 free addresses, the private tier needs 256/],
  ["a full intra", "intra", { freeAddresses: 15 }, /has 15 free addresses, the intra tier needs 16/],
  ["a publicly addressed private", "private", { givesPublicAddresses: true }, /gives public addresses/],
  ["a publicly addressed intra", "intra", { givesPublicAddresses: true }, /gives public addresses/],
  [
    "an internet-routed private",
    "private",
    { ways: ["an internet gateway"] },
    /route to an internet gateway, .*through NAT/,
  ],
  ["an internet-routed intra", "intra", { ways: ["an internet gateway"] }, /route to an internet gateway/],
  ["a NAT-routed intra", "intra", { ways: ["a NAT gateway"] }, /route to a NAT gateway, .*remove the route/],
  [
    "an intra with a way out over IPv6",
    "intra",
    { ways: ["an egress-only gateway"] },
    /route to an egress-only gateway/,
  ],
  ["an IPv4-only private", "private", { givesIpv6Addresses: false }, /gives no IPv6 addresses/],
])("names %s subnet", (_, tier, change, sentence) => {
  expect(shortcomings(vpc, changed(tier, change), needs)).toEqual([expect.stringMatching(sentence) as string]);
});

it.each(["private", "intra"] as const)("wants three zones of the %s tier in production", (tier) => {
  const two = all.filter((each) => each.tier !== tier || !each.zone.endsWith("c"));
  expect(shortcomings(vpc, two, needs)).toEqual([expect.stringMatching(/2 zones .*must lie in 3 or more/) as string]);
  expect(shortcomings(vpc, two, { ...needs, zones: 2 })).toEqual([]);
});

it("names everything that is lacking at once", () => {
  const bare = { ...vpc, dnsSupport: false, dnsHostnames: false };
  expect(shortcomings(bare, changed("intra", { freeAddresses: 1, givesPublicAddresses: true }), needs)).toHaveLength(4);
});

it("asks for no IPv6 where pods have IPv4 addresses", () => {
  const v4 = all.map((each) => ({ ...each, givesIpv6Addresses: false }));
  expect(shortcomings(vpc, v4, { ...needs, ipv6: false })).toEqual([]);
});

it("puts endpoints into the first subnet of each zone only", () => {
  const found = ["1a", "2a", "3b"].map((id) => ({ id, availabilityZone: id.slice(-1) }));
  expect(onePerZone(found)).toEqual(["1a", "3b"]);
});
