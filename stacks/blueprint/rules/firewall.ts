import type { Rule } from "./rule";

const PATH = ["network", "firewall"];

/** A firewall stands in a way out through NAT: it needs one, and every way out must lead past it. */
export const firewall: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.network?.mode !== "create") return;
  const { firewall, nat, pods } = blueprint.network;
  if (firewall !== "network-firewall") return;

  if (nat === "none")
    yield {
      path: PATH,
      allowed: "none with nat: none: nothing leaves the VPC, so there is nothing to inspect",
      fix: "remove firewall, or write nat: per-zone",
    };
  if (pods === "ipv6")
    yield {
      path: PATH,
      allowed: "none with pods: ipv6: IPv6 leaves without NAT, so no NAT leads its answers back through the firewall",
      fix: "remove firewall; DNS Firewall and network policies stay",
    };
};
