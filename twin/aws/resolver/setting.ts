import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { regionalArn } from "../arn";
import { QUERY_LOG, resolverType, toQueryLog, toVpc } from "./reference";

/** A VPC has one of each, which is there before anybody asks and is only ever updated: its id is the VPC's alone. */
const ofVpc = (prefix: string): Pick<Behaviour, "service" | "id"> => ({
  ...resolverType(prefix, 16),
  id: ({ inputs }) => `${prefix}-${hex(16, String(inputs.resourceId))}`,
});

const firewallConfig: Behaviour = {
  ...ofVpc("rdsc"),
  token: "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
  words: "Route53 Resolver Firewall Config",
  replaces: ["resourceId"],
  references: [toVpc("resourceId")],
  defaults: () => ({ firewallFailOpen: "DISABLED" }),
  outputs: ({ world }) => ({ ownerId: world.accountId }),
};

const config: Behaviour = {
  ...ofVpc("rslvr-rc"),
  token: "aws:route53/resolverConfig:ResolverConfig",
  words: "Route53 Resolver Config",
  replaces: ["resourceId"],
  references: [toVpc("resourceId")],
  outputs: ({ world }) => ({ ownerId: world.accountId }),
};

const queryLog: Behaviour = {
  ...resolverType("rqlc", 16),
  token: QUERY_LOG,
  words: "Route53 Resolver Query Log Config",
  replaces: ["destinationArn", "name"],
  autoName: { property: "name" },
  references: [
    {
      path: "destinationArn",
      to: "aws:cloudwatch/logGroup:LogGroup",
      by: "arn",
      missing: (value) => new AwsError("ResourceNotFoundException", `The destination '${value}' does not exist.`),
      unless: (value) => !value.includes(":logs:"),
    },
  ],
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "route53resolver", `resolver-query-log-config/${id}`),
    ownerId: world.accountId,
    shareStatus: "NOT_SHARED",
  }),
};

const LOGGED = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";

const logged: Behaviour = {
  ...resolverType("rqlca", 16),
  token: LOGGED,
  words: "Route53 Resolver Query Log Config Association",
  replaces: "all",
  references: [toQueryLog("resolverQueryLogConfigId"), toVpc("resourceId")],
  minutes: { create: 1, delete: 1 },
  refuseCreate: ({ world, inputs }) => {
    const same = world
      .all(LOGGED)
      .some(
        ({ inputs: other }) =>
          other.resourceId === inputs.resourceId && other.resolverQueryLogConfigId === inputs.resolverQueryLogConfigId,
      );
    if (same) throw new AwsError("ResourceExistsException", "the VPC is already associated with the configuration");
  },
  outputs: () => ({}),
};

/** How a VPC's resolver fails, answers reverse look-ups, and logs. */
export const setting: readonly Behaviour[] = [firewallConfig, config, queryLog, logged];
