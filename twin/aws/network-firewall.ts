import type { Behaviour, Call, Properties, Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { ensureServiceLinkedRole } from "./iam/service-linked-role";
import { objects, text } from "./property";

const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
const RULE_GROUP = "aws:networkfirewall/ruleGroup:RuleGroup";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

const invalid = (message: string): AwsError => new AwsError("InvalidRequestException", message);
const inUse = (): AwsError =>
  new AwsError("InvalidOperationException", "Unable to delete the object because it is still in use");

function refuseTwin(token: string): (call: Call) => void {
  return ({ world, inputs }) => {
    if (
      world
        .all(token)
        .some((other) => other.inputs["name"] === inputs["name"] && other.inputs["type"] === inputs["type"])
    )
      throw invalid("A resource with the specified name already exists"); // wording not verified
  };
}

const subnetsOf = (world: World, inputs: Properties): readonly Stored[] =>
  objects(inputs, "subnetMappings").flatMap(
    (mapping) => world.find("aws:ec2/subnet:Subnet", text(mapping, "subnetId") ?? "") ?? [],
  );

const zoneOf = (subnet: Stored): string => text(subnet.properties, "availabilityZone") ?? "";

// The endpoint's id comes from firewall and subnet alone, so that it can be found again when the firewall goes.
const endpointId = (world: World, subnet: Stored): string => `vpce-${world.hex(17, subnet.id)}`;

const firewall: Behaviour = {
  token: FIREWALL,
  service: "Network Firewall",
  words: "NetworkFirewall Firewall",
  replaces: ["name", "vpcId", "transitGatewayId"],
  required: ["firewallPolicyArn"],
  autoName: { property: "name" },
  minutes: { create: 6, update: 5, delete: 8 },
  defaults: () => ({ deleteProtection: false, firewallPolicyChangeProtection: false, subnetChangeProtection: false }),
  references: [
    {
      path: "firewallPolicyArn",
      to: POLICY,
      by: "arn",
      missing: (arn) => new AwsError("ResourceNotFoundException", `Firewall policy ${arn} does not exist`),
      held: inUse,
    },
    { path: "vpcId", to: "aws:ec2/vpc:Vpc", missing: (id) => invalid(`The vpc ID '${id}' does not exist`) },
    {
      path: "subnetMappings[].subnetId",
      to: "aws:ec2/subnet:Subnet",
      missing: (id) => invalid(`The subnet ID '${id}' does not exist`),
    },
  ],
  refuseCreate: (call) => {
    refuseTwin(FIREWALL)(call);
    refuseSubnets(call);
  },
  refuseUpdate: (call) => {
    refuseSubnets(call);
    const { old, changed } = call;
    const guarded = (flag: string): boolean => old.properties[flag] === true && call.inputs[flag] === true;
    if (changed.includes("firewallPolicyArn") && guarded("firewallPolicyChangeProtection"))
      throw new AwsError("InvalidOperationException", "Firewall policy change protection is enabled");
    if (changed.includes("subnetMappings") && guarded("subnetChangeProtection"))
      throw new AwsError("InvalidOperationException", "Subnet change protection is enabled");
  },
  refuseDelete: ({ stored }) => {
    if (stored.properties["deleteProtection"] === true)
      throw new AwsError("InvalidOperationException", "Delete protection is enabled for the firewall");
  },
  id: ({ world, inputs }) => regionalArn(world, "network-firewall", `firewall/${text(inputs, "name") ?? ""}`),
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    firewallStatuses: [
      {
        syncStates: subnetsOf(world, inputs).map((subnet) => ({
          availabilityZone: zoneOf(subnet),
          attachments: [{ endpointId: endpointId(world, subnet), subnetId: subnet.id }],
        })),
        transitGatewayAttachmentSyncStates: [],
      },
    ],
    transitGatewayOwnerAccountId: "",
    updateToken: world.uuid(world.now()),
  }),
  afterCreate: ({ world, inputs }, id) => {
    ensureServiceLinkedRole(world, "network-firewall.amazonaws.com");
    placeEndpoints(world, inputs, id);
  },
  afterUpdate: ({ world, inputs, old }) => {
    clearEndpoints(world, old.id);
    placeEndpoints(world, inputs, old.id);
  },
  afterDelete: ({ world, stored }) => {
    clearEndpoints(world, stored.id);
  },
};

function refuseSubnets({ world, inputs }: Call): void {
  if (inputs["transitGatewayId"] !== undefined) return;
  const subnets = subnetsOf(world, inputs);
  if (inputs["vpcId"] === undefined || subnets.length === 0) throw invalid("A firewall needs vpcId and subnetMappings");
  if (new Set(subnets.map(zoneOf)).size < subnets.length) throw invalid("Only one subnet per availability zone");
  if (subnets.some(({ properties }) => properties["vpcId"] !== inputs["vpcId"]))
    throw invalid("The subnets of a firewall lie in its VPC"); // wording not verified
}

// Each firewall endpoint holds a network interface, which keeps its subnet from being deleted.
function placeEndpoints(world: World, inputs: Properties, arn: string): void {
  for (const subnet of subnetsOf(world, inputs)) {
    const note = `Network Firewall made it for ${arn}; it goes with the firewall`;
    const vpcId = inputs["vpcId"];
    const id = endpointId(world, subnet);
    const properties = { vpcId, subnetIds: [subnet.id], vpcEndpointType: "GatewayLoadBalancer", firewall: arn };
    world.makeBehindTheBack({ type: ENDPOINT, id, properties, note });
    const held = { vpcId, subnetId: subnet.id, description: `VPC Endpoint Interface ${id}`, firewall: arn };
    world.makeBehindTheBack({ type: NETWORK_INTERFACE, id: `eni-${world.hex(17, subnet.id)}`, properties: held, note });
  }
}

function clearEndpoints(world: World, arn: string): void {
  for (const type of [ENDPOINT, NETWORK_INTERFACE])
    for (const { id, properties, urn } of world.all(type))
      if (urn === undefined && properties["firewall"] === arn) world.takeAway(type, id);
}

const groupReference = (kind: string) => ({
  path: `firewallPolicy.${kind}[].resourceArn`,
  to: RULE_GROUP,
  by: "arn",
  unless: (arn: string) => /:aws-managed:/.test(arn),
  missing: (arn: string) => new AwsError("ResourceNotFoundException", `Rule group ${arn} does not exist`),
  held: inUse,
});

const STRICT_ONLY = /^aws:(drop|alert)_(strict|established)/;

const firewallPolicy: Behaviour = {
  token: POLICY,
  service: "Network Firewall",
  words: "NetworkFirewall Firewall Policy",
  replaces: ["name", "firewallPolicy.statefulEngineOptions.ruleOrder"],
  required: ["firewallPolicy.statelessDefaultActions", "firewallPolicy.statelessFragmentDefaultActions"],
  autoName: { property: "name" },
  references: [groupReference("statefulRuleGroupReferences"), groupReference("statelessRuleGroupReferences")],
  refuseCreate: (call) => {
    refuseTwin(POLICY)(call);
    refuseOrders(call);
  },
  refuseUpdate: refuseOrders,
  id: ({ world, inputs }) => regionalArn(world, "network-firewall", `firewall-policy/${text(inputs, "name") ?? ""}`),
  outputs: ({ world }, id) => ({ arn: id, updateToken: world.uuid(world.now()) }),
};

const orderOf = (properties: Properties, path: string): string => text(properties, path) ?? "DEFAULT_ACTION_ORDER";

/** A policy in strict order takes only groups in strict order, and only then default actions for stateful traffic. */
function refuseOrders({ world, inputs }: Call): void {
  const order = orderOf(inputs, "firewallPolicy.statefulEngineOptions.ruleOrder");
  const policy = objects(inputs, "firewallPolicy")[0] ?? {};
  const actions = Array.isArray(policy["statefulDefaultActions"]) ? policy["statefulDefaultActions"] : [];
  if (order !== "STRICT_ORDER" && actions.some((action) => STRICT_ONLY.test(String(action))))
    throw invalid("Stateful default actions are only for STRICT_ORDER");
  for (const reference of objects(policy, "statefulRuleGroupReferences")) {
    const group = world.findBy(RULE_GROUP, "arn", reference["resourceArn"]);
    if (group !== undefined && orderOf(group.inputs, "ruleGroup.statefulRuleOptions.ruleOrder") !== order)
      throw invalid(`The rule order of ${group.id} is not the policy's ${order}`);
  }
}

const ruleGroup: Behaviour = {
  token: RULE_GROUP,
  service: "Network Firewall",
  words: "NetworkFirewall Rule Group",
  replaces: ["capacity", "name", "type", "ruleGroup.statefulRuleOptions.ruleOrder"],
  required: ["capacity", "type"],
  autoName: { property: "name" },
  refuseCreate: refuseTwin(RULE_GROUP),
  id: ({ world, inputs }) => {
    const kind = inputs["type"] === "STATELESS" ? "stateless-rulegroup" : "stateful-rulegroup";
    return regionalArn(world, "network-firewall", `${kind}/${text(inputs, "name") ?? ""}`);
  },
  outputs: ({ world }, id) => ({ arn: id, updateToken: world.uuid(world.now()) }),
};

const loggingConfiguration: Behaviour = {
  token: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
  service: "Network Firewall",
  words: "NetworkFirewall Logging Configuration",
  replaces: ["firewallArn"],
  required: ["firewallArn", "loggingConfiguration.logDestinationConfigs"],
  references: [
    {
      path: "firewallArn",
      to: FIREWALL,
      by: "arn",
      missing: (arn) => new AwsError("ResourceNotFoundException", `Firewall ${arn} does not exist`),
    },
  ],
  refuseCreate: refuseLogs,
  refuseUpdate: refuseLogs,
  id: ({ inputs }) => text(inputs, "firewallArn") ?? "",
  outputs: ({ inputs }) => ({ enableMonitoringDashboard: inputs["enableMonitoringDashboard"] ?? false }),
};

function refuseLogs({ inputs }: Call): void {
  const configurations = objects(objects(inputs, "loggingConfiguration")[0] ?? {}, "logDestinationConfigs");
  const types = configurations.map(({ logType }) => String(logType));
  if (new Set(types).size < types.length || types.some((type) => !["FLOW", "ALERT", "TLS"].includes(type)))
    throw invalid("Each log type FLOW, ALERT, TLS at most once");
}

/** What of Network Firewall the twin knows. */
export const networkFirewall: readonly Behaviour[] = [firewall, firewallPolicy, ruleGroup, loggingConfiguration];
