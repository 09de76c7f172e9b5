import type { Hostile } from "./row";

const ZONES = "zones: [eu-central-1a, eu-central-1b, eu-central-1c]";

/** Blocks, zones, names and a VPC that is brought along. */
export const network: readonly Hostile[] = [
  {
    name: "a block with the bits of a host",
    change: { "cidr:": "cidr: 10.20.3.4/16" },
    paths: ["network.cidr"],
    got: '"10.20.3.4/16"',
    fix: "write cidr: 10.20.0.0/16",
  },
  {
    name: "a block that is too small",
    change: { "cidr:": "cidr: 10.20.0.0/24" },
    paths: ["network.cidr"],
    got: "/24",
    fix: "write cidr: 10.20.0.0/20",
  },
  {
    name: "a block that is too large",
    change: { "cidr:": "cidr: 10.0.0.0/8" },
    paths: ["network.cidr"],
    got: "/8",
    fix: "write cidr: 10.0.0.0/16",
  },
  {
    name: "somebody else's addresses",
    change: { "cidr:": "cidr: 52.94.0.0/16" },
    paths: ["network.cidr"],
    got: "52.94.0.0/16",
    fix: "write cidr: 10.20.0.0/16",
  },
  {
    name: "an IPv6 block for the VPC",
    change: { "cidr:": "cidr: fd00::/48" },
    paths: ["network.cidr"],
    got: "fd00::/48",
    fix: "write cidr: 10.20.0.0/16",
  },
  {
    name: "an address without a prefix",
    change: { "cidr:": "cidr: 10.20.0.0" },
    paths: ["network.cidr"],
    got: "10.20.0.0",
    fix: "write cidr: 10.20.0.0/16",
  },
  {
    name: "octal-looking addresses",
    change: { "cidr:": "cidr: 010.020.0.0/16" },
    paths: ["network.cidr"],
    got: "010.020.0.0/16",
    fix: "write cidr: 10.20.0.0/16",
  },
  {
    name: "services inside the VPC",
    change: { "version:": "serviceCidr: 10.20.128.0/20" },
    paths: ["cluster.serviceCidr"],
    got: "10.20.128.0/20",
    fix: "write serviceCidr: 172.20.0.0/16",
  },
  {
    name: "services on public addresses, too narrow",
    change: { "version:": "serviceCidr: 8.8.8.0/28" },
    paths: ["cluster.serviceCidr", "cluster.serviceCidr"],
    got: "8.8.8.0/28",
    fix: "write serviceCidr:",
  },
  {
    name: "services of their own with IPv6 pods",
    change: {
      "version:": "serviceCidr: 172.20.0.0/16",
      "mode:": "mode: create\n      pods: ipv6\n      ipv4Egress: { reason: a payment provider answers on IPv4 alone }",
    },
    paths: ["cluster.serviceCidr"],
    got: "172.20.0.0/16",
    fix: "remove serviceCidr",
  },
  {
    name: "zones of another region",
    change: { [ZONES]: "zones: [us-east-1a, eu-central-1b, eu-central-1c]" },
    paths: ["network.zones[0]"],
    got: "us-east-1a",
    fix: "write - eu-central-1a",
  },
  {
    name: "one zone twice",
    change: { [ZONES]: "zones: [eu-central-1a, eu-central-1a, eu-central-1b]" },
    paths: ["network.zones[1]"],
    got: "eu-central-1a",
    fix: 'remove the second "eu-central-1a"',
  },
  {
    name: "one zone",
    change: { [ZONES]: "zones: [eu-central-1a]" },
    paths: ["network.zones"],
    got: '["eu-central-1a"]',
    fix: "write zones: [",
  },
  {
    name: "two zones and one gateway in production",
    change: { [ZONES]: "zones: [eu-central-1a, eu-central-1b]\n      nat: one" },
    paths: ["network.zones", "network.nat"],
    got: "eu-central-1a",
    fix: "add a third zone",
  },
  {
    name: "a firewall where nothing leaves",
    change: {
      "mode:": "mode: create\n      nat: none\n      firewall: network-firewall",
      "images:": "",
      "- family:": "",
    },
    paths: ["network.firewall", "edge.exposure.to"],
    got: "network-firewall",
    fix: "write nat: per-zone",
  },
  {
    name: "a firewall that half of the traffic goes past, in two zones with one gateway",
    change: {
      [ZONES]:
        "zones: [eu-central-1a, eu-central-1b]\n      nat: one\n      pods: ipv6\n      firewall: network-firewall",
    },
    paths: ["network.zones", "network.nat", "network.pods", "network.firewall"],
    got: "eu-central-1a",
    fix: "add a third zone",
  },
  {
    name: "pods of IPv6 that leave over IPv4 past every network policy, unsaid",
    change: { "mode:": "mode: create\n      pods: ipv6" },
    paths: ["network.pods"],
    got: "ipv6",
    fix: "write nat: none, or ipv4Egress: { reason: … }",
  },
  {
    name: "words on a way out that pods of IPv4 do not have",
    change: { "mode:": "mode: create\n      ipv4Egress: { reason: a payment provider answers on IPv4 alone }" },
    paths: ["network.ipv4Egress"],
    got: "a payment provider",
    fix: "remove ipv4Egress",
  },
  {
    name: "a region that does not exist",
    change: { "region:": "region: eu-centrl-1" },
    paths: ["region"],
    got: "eu-centrl-1",
    fix: "did you mean region: eu-central-1",
  },
  {
    name: "a region of another partition",
    change: { "region:": "region: cn-north-1" },
    paths: ["region"],
    got: "cn-north-1",
    fix: "region: ",
  },
  {
    name: "every name allowed",
    change: { "- api.example.com": '- "*"' },
    paths: ["network.allowedDomains[0]"],
    got: '"*"',
    fix: "write the names",
  },
  {
    name: "whole registries and shared hosts allowed",
    change: {
      "- api.example.com": '- "*.com"\n        - "*.co.uk"\n        - "*.s3.amazonaws.com"\n        - "*.github.io"',
    },
    paths: [
      "network.allowedDomains[0]",
      "network.allowedDomains[1]",
      "network.allowedDomains[2]",
      "network.allowedDomains[3]",
    ],
    got: '"*.com"',
    fix: "- example.com",
  },
  {
    name: "addresses, links and repetitions among the names",
    change: {
      "- api.example.com":
        "- https://api.example.com/v1\n        - 203.0.113.7\n        - api.example.com\n        - api.example.com\n        - a.*.example.com",
    },
    paths: [
      "network.allowedDomains[0]",
      "network.allowedDomains[1]",
      "network.allowedDomains[3]",
      "network.allowedDomains[4]",
    ],
    got: "https://api.example.com/v1",
    fix: "write - api.example.com",
  },
  {
    name: "a VPC of another's making, half described",
    change: {
      "mode:": "mode: existing\n      vpcId: vpc-1\n      subnets: { private: [subnet-0123456789abcdef0], intra: [] }",
      "cidr:": "",
      [ZONES]: "",
    },
    paths: ["network.vpcId", "network.subnets.private", "network.subnets.intra", "edge.exposure.to"],
    got: '"vpc-1"',
    fix: "write vpcId: vpc-",
  },
  {
    name: "a subnet that serves two tiers, and too few of both",
    change: {
      "mode:":
        "mode: existing\n      vpcId: vpc-0123456789abcdef0\n      subnets:\n        private: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]\n        intra: [subnet-0123456789abcdef1, subnet-0123456789abcdef2]",
      "cidr:": "",
      [ZONES]: "",
    },
    paths: ["network.subnets.private", "network.subnets.intra", "network.subnets.intra[0]", "edge.exposure.to"],
    got: "subnet-0123456789abcdef0",
    fix: "add a private subnet",
  },
  {
    name: "a VPC that is created and brought along at once",
    change: { "mode:": "mode: create\n      vpcId: vpc-0123456789abcdef0" },
    paths: ["network.vpcId"],
    got: 'the unknown key "vpcId"',
    fix: 'remove "vpcId"',
  },
];
