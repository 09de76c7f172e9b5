import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { buildNames } from "../image/source";
import type { Keys } from "../keys";
import { delivery } from "./delivery";
import { allowedDomains, serverNames } from "./domains";
import { logGroup } from "./flow-log";
import type { Endpoint } from "./inspection";
import type { Site } from "./site";
import { named } from "./site";
import type { Zone } from "./subnets";

/**
 * Makes a Network Firewall with an endpoint in each zone and answers where they are. It passes TLS to the names that DNS
 * Firewall lets resolve, by the name the client asks for, and drops and reports what else leaves: also what goes straight
 * to an address and never asked for a name.
 *
 * Rules and policy are encrypted with a key of AWS's: they hold names and no data, and each of our keys admits one
 * service only, which is not this one.
 */
export function firewall(site: Site, vpc: aws.ec2.Vpc, zones: readonly Zone[], keys: Keys): Endpoint {
  const { name, blueprint, parent } = site;
  const locked = blueprint.teardown === undefined;

  const own = new aws.networkfirewall.Firewall(
    name,
    {
      description: `Inspects what leaves the VPC of cluster ${blueprint.cluster.name}`,
      vpcId: vpc.id,
      firewallPolicyArn: policy(site, allowList(site)).arn,
      subnetMappings: zones.flatMap((zone) => (zone.firewall ? [{ subnetId: zone.firewall.id }] : [])),
      deleteProtection: locked,
      subnetChangeProtection: locked,
      firewallPolicyChangeProtection: locked,
      tags: named(site, name),
    },
    { parent },
  );
  records(site, own, keys);
  // The subnet of a zone that is being added has no id at preview, so nobody looks for its endpoint among the old ones.
  return (zone, { id }) => pulumi.all([own.firewallStatuses, id]).apply(([statuses]) => endpointIn(statuses, zone));
}

/** What AWS says of a firewall's endpoints. */
export type Statuses = aws.types.output.networkfirewall.FirewallFirewallStatus[];

/** The endpoint of a zone. AWS lists them in no order, and a route to another zone's would be one half of a way. */
export function endpointIn(statuses: Statuses, zone: string): string {
  const states = statuses.flatMap(({ syncStates }) => syncStates);
  const endpoint = states.find(({ availabilityZone }) => availabilityZone === zone)?.attachments[0]?.endpointId;
  if (endpoint === undefined)
    // Nobody can know before the firewall stands, and a route that leads nowhere would be worse.
    throw new Error(
      `the firewall has no endpoint in zone "${zone}", only in ${states.map(({ availabilityZone }) => availabilityZone).join(", ")}; wait until AWS shows it as ready and run up again`,
    );
  return endpoint;
}

/**
 * Room for the rules that so many names become, twice over, in whole hundreds: AWS counts a rule a name and fixes the
 * number when the group is made ("Setting rule group capacity in AWS Network Firewall"), so one name more would
 * otherwise replace the group.
 */
export function capacity(names: number): number {
  return Math.max(1, Math.ceil((names * 2) / 100)) * 100;
}

function allowList(site: Site): aws.networkfirewall.RuleGroup {
  const { name, blueprint, parent } = site;
  const targets = [
    ...serverNames(allowedDomains(blueprint.region, [...blueprint.network.allowedDomains, ...buildNames(blueprint)])),
  ];

  return new aws.networkfirewall.RuleGroup(
    name,
    {
      description: `Names that cluster ${blueprint.cluster.name} may call`,
      type: "STATEFUL",
      capacity: capacity(targets.length),
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
        // Not HTTP_HOST: whatever leaves, leaves as TLS, so a name in plain HTTP allows nothing.
        rulesSource: { rulesSourceList: { generatedRulesType: "ALLOWLIST", targetTypes: ["TLS_SNI"], targets } },
      },
      tags: named(site, name),
    },
    { parent },
  );
}

function policy(site: Site, { arn: resourceArn }: aws.networkfirewall.RuleGroup): aws.networkfirewall.FirewallPolicy {
  return new aws.networkfirewall.FirewallPolicy(
    site.name,
    {
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
        // "Established" and not "strict": the name stands in the first packet after the handshake, so that must pass.
        // Security groups and access lists let out nothing that has no handshake.
        statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
        statefulRuleGroupReferences: [{ priority: 1, resourceArn }],
      },
      tags: named(site, site.name),
    },
    { parent: site.parent },
  );
}

function records(site: Site, { arn: firewallArn }: aws.networkfirewall.Firewall, keys: Keys): void {
  const logs = (["ALERT", "FLOW"] as const).map((logType) => ({
    logType,
    group: logGroup(site, keys, `firewall-${logType.toLowerCase()}s`),
  }));
  const groups = logs.map(({ group }) => group);

  new aws.networkfirewall.LoggingConfiguration(
    site.name,
    {
      firewallArn,
      loggingConfiguration: {
        logDestinationConfigs: logs.map(({ logType, group }) => ({
          logType,
          logDestinationType: "CloudWatchLogs",
          logDestination: { logGroup: group.name },
        })),
      },
    },
    { parent: site.parent, dependsOn: [delivery(site, "firewall", groups)] },
  );
}
