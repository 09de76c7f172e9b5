import endpoints from "../../facts/aws-endpoints.json";
import karpenter from "../../facts/karpenter.json";
import system from "../../facts/system-domains.json";

import type { ClusterBlueprint } from "../blueprint/schema";
import { buildNames } from "../image/source";

/** What of a blueprint says which names it needs. */
type Asking = Pick<ClusterBlueprint, "images" | "karpenter" | "region"> & {
  readonly network: Pick<ClusterBlueprint["network"], "allowedDomains">;
};

/**
 * The names that resolve inside the VPC, sorted: the AWS services of this region, the Kubernetes API, the private names
 * of nodes, what Karpenter and the builds of images ask where there are any, and what the blueprint allows.
 */
export function allowedDomains({ region, images, karpenter: asked, network }: Asking): readonly string[] {
  const services = endpoints.services.flatMap(({ names }) => names);
  const systems = system.names.map(({ name }) => name);
  const karpenters = asked === undefined ? [] : karpenter.names.map(({ name }) => name);
  const named = [...services, ...systems, ...karpenters].map((name) => fill(name, region));
  return [...new Set([...named, ...buildNames({ images, region }), ...network.allowedDomains])].sort();
}

/**
 * The same names as Network Firewall writes them: `.example.com` for `*.example.com`. There it also means example.com
 * itself, which stays without an address unless DNS Firewall allows it too.
 */
export function serverNames(domains: readonly string[]): readonly string[] {
  return domains.map((name) => name.replace(/^\*\./, "."));
}

function fill(name: string, region: string): string {
  const instances = region === "us-east-1" ? system.instances["us-east-1"] : system.instances["*"];

  const prices = new Map(Object.entries(karpenter.prices)).get(region.split("-")[0] ?? "") ?? karpenter.prices["*"];

  return name.replace("{instances}", instances).replace("{prices}", prices).replace("{region}", region);
}
