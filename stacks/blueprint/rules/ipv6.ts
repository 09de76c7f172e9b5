import type { Rule } from "./rule";

/**
 * AWS's network policy agent judges a pod on its own interface alone, and a pod with an IPv6 address has another one for IPv4
 * (aws/aws-network-policy-agent#55): where NAT leads on from there, that every policy is walked round is said in words.
 */
export const ipv6: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.network?.pods === undefined) return;
  const { network, environment } = blueprint;
  // In a VPC of others there may be a way out.
  const leads = network.mode === "existing" || (network.mode === "create" && network.nat !== "none");

  if (network.pods === "ipv4" && network.ipv4Egress !== undefined)
    yield {
      path: ["network", "ipv4Egress"],
      allowed: "nothing with pods: ipv4: network policies judge all that such pods send",
      fix: "remove ipv4Egress",
    };
  if (environment === "production" && network.pods === "ipv6" && leads && network.ipv4Egress === undefined)
    yield {
      path: ["network", "pods"],
      allowed: "ipv6 in production without NAT, or with words: no network policy judges what these pods send over IPv4",
      fix: "write nat: none, or ipv4Egress: { reason: … }",
    };
};
