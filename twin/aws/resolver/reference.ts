import type { Behaviour, Reference } from "../../behaviour";
import { AwsError } from "../../error";

export const DOMAIN_LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
export const RULE_GROUP = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup";
export const RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule";
export const QUERY_LOG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const VPC = "aws:ec2/vpc:Vpc";

/** Codes as the Route 53 Resolver API reference lists them; the sentences are not verified. */
function missing(noun: string): (id: string) => AwsError {
  return (id) => new AwsError("ResourceNotFoundException", `The ${noun} with id '${id}' does not exist.`, 404);
}

function inUse(noun: string): Required<Pick<Reference, "held">>["held"] {
  return ({ id }) => new AwsError("ConflictException", `The ${noun} '${id}' is in use.`, 409);
}

/** References among the parts of DNS Firewall: what does not exist is refused, and what is in use is not deleted. */
export const toDomainList = (path: string): Reference => ({
  path,
  to: DOMAIN_LIST,
  missing: missing("firewall domain list"),
  held: inUse("firewall domain list"),
});

export const toRuleGroup = (path: string): Reference => ({
  path,
  to: RULE_GROUP,
  missing: missing("firewall rule group"),
  held: inUse("firewall rule group"),
});

export const toQueryLog = (path: string): Reference => ({
  path,
  to: QUERY_LOG,
  missing: missing("query log configuration"),
  held: inUse("query log configuration"),
});

/** A VPC goes even while Resolver knows it, as far as is documented. */
export const toVpc = (path: string): Reference => ({ path, to: VPC, missing: missing("VPC") });

/** What the types of Resolver have in common: the service's name, and an id of its prefix and hex digits. */
export function resolverType(prefix: string, digits = 17): Pick<Behaviour, "service" | "id"> {
  return { service: "Route53Resolver", id: ({ world }) => `${prefix}-${world.hex(digits)}` };
}
