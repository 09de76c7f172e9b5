import { z } from "zod";
import { reason, text } from "./words";

const pods = z.enum(["ipv4", "ipv6"]).default("ipv4").meta({
  description:
    "The family of the pods' addresses. Fixed for the cluster's life: EKS replaces a cluster whose family changes.",
  allowed: "ipv4 or ipv6",
  write: "pods: ipv4",
});

const ipv4Egress = z.strictObject({ reason }).optional().meta({
  description:
    "Says that pods with IPv6 addresses may leave over IPv4 without any network policy being asked: each of them has a second way out behind its node's IPv4 address, which AWS's network policy agent does not judge (aws/aws-network-policy-agent#55). Security groups and DNS Firewall are asked all the same.",
  allowed: "an object with `reason`; with pods: ipv6 alone, and needed in production where NAT leads out",
  write: "ipv4Egress: { reason: a payment provider answers on IPv4 alone }",
  protects: "Nobody believes that a network policy holds where none is asked.",
});

const allowedDomains = z
  .array(
    text(/^\S+$/, {
      description: "A name that may be resolved.",
      allowed: "a DNS name in lower case, or `*.` before one that belongs to somebody",
      write: "- api.example.com",
    }),
  )
  .default([])
  .meta({
    description: "Names that pods and nodes may resolve besides those that AWS and the platform itself need.",
    allowed: "a list of DNS names, none twice; `*.example.com` covers every name below example.com",
    write: "allowedDomains: [api.example.com]",
    protects: "An intruder cannot carry data out through a name of their own.",
  });

const mode = (description: string) => ({ description, allowed: "create or existing", write: "mode: create" });

const subnets = (tier: string, least: number) =>
  z
    .array(
      text(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, {
        description: "A subnet of the VPC.",
        allowed: "`subnet-` and 8 or 17 hexadecimal digits",
        write: "- subnet-0123456789abcdef0",
      }),
    )
    .min(least)
    .meta({
      description: tier,
      allowed: least > 0 ? `a list of at least ${least} subnets` : "a list of subnets",
      write: "[subnet-0123456789abcdef0, subnet-0123456789abcdef1]",
    });

const created = z.strictObject({
  mode: z.literal("create").meta(mode("The stack creates the VPC.")),
  cidr: text(/^\S+$/, {
    description: "The VPC's IPv4 block. Fixed for the VPC's life.",
    allowed: "a private IPv4 block from /16 to /20, written from its first address",
    write: "cidr: 10.20.0.0/16",
    protects: "Smaller than /20 leaves no room for three zones of prefix delegation; larger than /16 no VPC can be.",
  }),
  zones: z
    .array(
      text(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, {
        description: "An availability zone.",
        allowed: "a zone of the stack's region: its code and a letter",
        write: "- eu-central-1a",
      }),
    )
    .min(2)
    .max(3)
    .meta({
      description:
        "The availability zones. Fixed for the cluster's life, and so is their order: EKS keeps a control plane in the zones of its first day. A name means another place in another account; a few places cannot host an EKS control plane (the zones with the ids use1-az3, usw1-az2 and cac1-az3).",
      allowed: "two or three different zones of the region; three in production",
      write: "zones: [eu-central-1a, eu-central-1b, eu-central-1c]",
      protects: "The loss of one zone is not the loss of the cluster.",
    }),
  pods,
  ipv4Egress,
  nat: z.enum(["per-zone", "one", "none"]).default("per-zone").meta({
    description:
      "How private subnets reach the internet: a NAT gateway in each zone, one for all, or not at all (AWS is then reached through endpoints only).",
    allowed: "per-zone, one or none; in production per-zone or none",
    write: "nat: per-zone",
    protects: "With one gateway, the loss of its zone cuts every zone off.",
  }),
  allowedDomains,
  firewall: z.enum(["none", "network-firewall"]).default("none").meta({
    description:
      "Whether AWS Network Firewall inspects what leaves the VPC and passes only TLS to the names that may resolve, besides the DNS firewall that is always there. Turning it on or off in a running VPC moves the NAT gateways to other subnets: they are replaced and keep their addresses, nothing leaves the VPC for some minutes, and open connections break. Turning it off takes an `up` with `teardown` first.",
    allowed: "none or network-firewall; none with nat: none or pods: ipv6",
    write: "firewall: none",
    protects: "What calls an address without asking for its name does not get out either.",
  }),
});

const existing = z.strictObject({
  mode: z
    .literal("existing")
    .meta(mode("You bring the VPC; it is checked for what the rest needs before anything is created.")),
  vpcId: text(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, {
    description: "The VPC you bring.",
    allowed: "`vpc-` and 8 or 17 hexadecimal digits",
    write: "vpcId: vpc-0123456789abcdef0",
  }),
  subnets: z
    .strictObject({
      public: subnets("Subnets for load balancers that face the internet.", 0).default([]),
      private: subnets("Subnets for nodes and pods.", 2),
      intra: subnets("Subnets without a way out, for the control plane's interfaces.", 2),
    })
    .meta({
      description: "The VPC's subnets by tier. No subnet serves two tiers.",
      allowed: "public, private and intra; in production three or more of private and intra",
      write: "subnets: { private: […], intra: […] }",
    }),
  pods,
  ipv4Egress,
  allowedDomains,
});

/** Where the cluster lives: a VPC of its own, or one that is brought along. */
export const network = z.discriminatedUnion("mode", [created, existing]).meta({
  description: "The network of the cluster.",
  allowed: "an object with `mode: create` or `mode: existing`",
  write: "network: { mode: create, cidr: …, zones: […] }",
});
