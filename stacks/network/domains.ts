import endpoints from "../../facts/aws-endpoints.json";
import system from "../../facts/system-domains.json";

/**
 * The names that resolve inside the VPC, sorted: the AWS services of this region, the Kubernetes API, the private names
 * of nodes, and what the blueprint allows.
 */
export function allowedDomains(region: string, fromBlueprint: readonly string[]): readonly string[] {
  const services = endpoints.services.flatMap(({ names }) => names);
  const systems = system.names.map(({ name }) => name);
  const named = [...services, ...systems].map((name) => fill(name, region));
  return [...new Set([...named, ...fromBlueprint])].sort();
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

  return name.replace("{instances}", instances).replace("{region}", region);
}
