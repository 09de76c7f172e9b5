import { GONE, type Mutation, statement } from "./mutation";

const all = { protocol: "-1", fromPort: 0, toPort: 0 };

/** What is flipped in the network of the production stack. */
export const mutations: readonly Mutation[] = [
  ["Vpc main", "enableDnsHostnames", false, ["network-private-names"]],
  ["Vpc main", "enableDnsSupport", false, ["network-private-names"]],
  ["Vpc main", "protect", false, ["network-protected"]],
  ["FlowLog main", "", GONE, ["network-flow-logs"]],
  ["FlowLog main", "trafficType", "REJECT", ["network-flow-logs-all"]],
  ["FlowLog main", "trafficType", GONE, ["network-flow-logs-all"]],
  ["DefaultSecurityGroup main", "", GONE, ["network-default-group-closed"]],
  ["DefaultSecurityGroup main", "ingress", [{ ...all, self: true }], ["network-default-group-closed"]],
  ["DefaultSecurityGroup main", "egress", [{ ...all, cidrBlocks: ["0.0.0.0/0"] }], ["network-default-group-closed"]],
  ["DefaultNetworkAcl main", "", GONE, ["network-default-acl-closed"]],
  ["DefaultNetworkAcl main", "ingress", [{ ...all, action: "allow", ruleNo: 100 }], ["network-default-acl-closed"]],
  ["Subnet main-public-eu-central-1a", "mapPublicIpOnLaunch", true, ["network-private-subnets"]],
  ["NetworkAclRule main-private-from-world-1024", "toPort", 3389, ["network-no-ssh-from-world"]],
  ["NetworkAclRule main-public-from-world-443", "fromPort", 22, ["network-no-ssh-from-world"]],

  ["SecurityGroup main-nodes", "description", "Managed by Pulumi", ["network-rules-described"]],
  ["SecurityGroup main-nodes", "description", GONE, ["network-rules-described"]],
  ["SecurityGroupIngressRule main-nodes-from-nodes-tcp", "description", GONE, ["network-rules-described"]],
  ["SecurityGroupIngressRule main-nodes-from-nodes-udp", "cidrIpv4", "0.0.0.0/0", ["network-no-world-ingress"]],
  [
    "SecurityGroupIngressRule main-nodes-from-nodes-tcp",
    "cidrIpv6",
    "::/0",
    ["network-no-ssh-from-world", "network-no-world-ingress"],
  ],
  [
    "SecurityGroupIngressRule main-nodes-from-nodes-tcp",
    "cidrIpv4",
    "128.0.0.0/1",
    ["network-no-ssh-from-world", "network-no-world-ingress"],
  ],
  ["SecurityGroupIngressRule main-endpoints-from-nodes-tcp-443", "cidrIpv4", "0.0.0.0/0", ["network-no-world-ingress"]],
  ["SecurityGroupIngressRule main-cluster-from-nodes-tcp-443", "cidrIpv4", "0.0.0.0/0", ["network-no-world-ingress"]],
  ["SecurityGroupEgressRule main-nodes-to-internet-tcp-443", "ipProtocol", "-1", ["network-egress-restricted"]],
  ["SecurityGroupEgressRule main-nodes-to-internet-tcp-443", "fromPort", 0, ["network-egress-restricted"]],

  ["SecurityGroupIngressRule main-nodes-from-cluster-tcp-15017", "", GONE, ["network-control-plane-ports"]],
  ["SecurityGroupEgressRule main-cluster-to-nodes-tcp-9443", "", GONE, ["network-control-plane-ports"]],
  ["SecurityGroupIngressRule main-nodes-from-cluster-tcp-10250", "toPort", 10249, ["network-control-plane-ports"]],
  ["SecurityGroupIngressRule main-nodes-from-cluster-tcp-10251", "", GONE, ["network-control-plane-ports"]],
  ["SecurityGroupEgressRule main-cluster-to-nodes-tcp-10251", "ipProtocol", "udp", ["network-control-plane-ports"]],

  ["VpcEndpoint main-s3", "policy", GONE, ["network-endpoint-policies"]],
  ["VpcEndpoint main-ecr-api", "policy", statement("OwnAccount", { Condition: {} }), ["network-endpoint-policies"]],
  ["VpcEndpoint main-s3", "vpcEndpointType", "Gateway", ["network-endpoints-private"]],
  ["VpcEndpoint main-sts", "privateDnsEnabled", false, ["network-endpoints-private"]],

  ["ResolverFirewallRuleGroupAssociation main", "", GONE, ["network-dns-firewall"]],
  ["ResolverFirewallRuleGroupAssociation main", "mutationProtection", "DISABLED", ["network-dns-firewall-locked"]],
  ["ResolverFirewallRule main-others", "action", "ALERT", ["network-dns-firewall"]],
  ["ResolverFirewallRule main-others", "blockResponse", "NODATA", ["network-dns-firewall"]],
  ["ResolverFirewallRule main-others", "priority", 50, ["network-dns-firewall"]],
  ["ResolverFirewallRule main-others", "", GONE, ["network-dns-firewall"]],
  ["ResolverFirewallDomainList main-others", "domains", ["example.com"], ["network-dns-firewall"]],
  ["ResolverFirewallDomainList main-allowed", "domains", ["*"], ["network-dns-names-listed"]],
  ["ResolverFirewallRule main-allowed", "firewallDomainRedirectionAction", GONE, ["network-dns-aliases-followed"]],
  ["ResolverFirewallConfig main", "firewallFailOpen", "ENABLED", ["network-dns-fail-closed"]],
  ["ResolverFirewallConfig main", "", GONE, ["network-dns-fail-closed"]],
  ["ResolverQueryLogConfigAssociation main", "", GONE, ["network-dns-query-log"]],
];
