import type { Behaviour, Call, Properties, Reference, Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { ensureServiceLinkedRole } from "./iam/service-linked-role";
import { objects, text, texts } from "./property";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

/** The zones that hold the names of application and network load balancers (AWS general reference, "ELB endpoints"). */
const ZONES: Readonly<Record<string, { readonly app: string; readonly net: string }>> = {
  "eu-central-1": { app: "Z215JYRZR1TBD5", net: "Z3F0SRJ5LGBH90" },
  "eu-west-1": { app: "Z32O12XQLNTSW2", net: "Z2IFOLAFXWLO4F" },
  "us-east-1": { app: "Z35SXDOTRQ7X7K", net: "Z26RNL4JYFTOTI" },
  "us-west-2": { app: "Z1H1FL5HABSF5", net: "Z18D5FSROUN65G" },
};

const KINDS: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

const kindOf = (inputs: Properties): string => KINDS[text(inputs, "loadBalancerType") ?? "application"] ?? "app";

const subnetIds = (inputs: Properties): readonly string[] => [
  ...texts(inputs, "subnets"),
  ...objects(inputs, "subnetMappings").flatMap((mapping) => texts(mapping, "subnetId")),
];

const subnetsOf = (world: World, inputs: Properties): readonly Stored[] =>
  subnetIds(inputs).flatMap((id) => world.find("aws:ec2/subnet:Subnet", id) ?? []);

const suffixOf = (arn: string): string => arn.replace(/^.*:(loadbalancer\/)?/, "");

const noSubnet = (id: string): AwsError => new AwsError("SubnetNotFound", `The subnet ID '${id}' does not exist`);

const validation = (message: string): AwsError => new AwsError("ValidationError", message);

function refuseName(name: string): void {
  if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name))
    throw validation(`The load balancer name '${name}' can have at most 32 of A-Z, a-z, 0-9 and -`);
}

const loadBalancer: Behaviour = {
  token: LOAD_BALANCER,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Load Balancer",
  // SDK documentation and provider source (elbv2/load_balancer.go, an older text).
  replaces: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
  autoName: { property: "name" },
  minutes: { create: 3, update: 1, delete: 1 },
  defaults: ({ inputs }) => ({
    internal: false,
    ipAddressType: "ipv4",
    loadBalancerType: "application",
    enableDeletionProtection: false,
    enableCrossZoneLoadBalancing: kindOf(inputs) === "app",
    ...(kindOf(inputs) === "app" && {
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableHttp2: true,
      enableWafFailOpen: false,
      idleTimeout: 60,
      xffHeaderProcessingMode: "append",
    }),
  }),
  references: [
    { path: "subnets[]", to: "aws:ec2/subnet:Subnet", missing: noSubnet },
    { path: "subnetMappings[].subnetId", to: "aws:ec2/subnet:Subnet", missing: noSubnet },
    {
      path: "securityGroups[]",
      to: "aws:ec2/securityGroup:SecurityGroup",
      missing: (id) => new AwsError("InvalidSecurityGroup", `The security group ID '${id}' does not exist`), // wording not verified
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const name = text(inputs, "name") ?? "";
    refuseName(name);
    if (world.findBy(LOAD_BALANCER, "name", name) !== undefined)
      throw new AwsError(
        "DuplicateLoadBalancerName",
        `A load balancer with the same name '${name}' exists, but with different settings`,
      );
    refuseSubnets(call);
  },
  refuseUpdate: refuseSubnets,
  refuseDelete: ({ stored }) => {
    if (stored.properties["enableDeletionProtection"] === true)
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${stored.id}' cannot be deleted because deletion protection is enabled`,
      );
  },
  id: ({ world, inputs }) =>
    regionalArn(
      world,
      "elasticloadbalancing",
      `loadbalancer/${kindOf(inputs)}/${text(inputs, "name") ?? ""}/${world.hex(16)}`,
    ),
  outputs: ({ world, inputs }, id) => {
    const kind = kindOf(inputs);
    const name = `${inputs["internal"] === true ? "internal-" : ""}${text(inputs, "name") ?? ""}`;
    const zone = ZONES[world.region];
    const dnsName =
      kind === "net"
        ? `${text(inputs, "name") ?? ""}-${world.hex(16)}.elb.${world.region}.amazonaws.com`
        : `${name}-${String(Number.parseInt(world.hex(8, "dns"), 16))}.${world.region}.elb.amazonaws.com`;
    return {
      arn: id,
      arnSuffix: suffixOf(id),
      dnsName,
      vpcId: subnetsOf(world, inputs)[0]?.properties["vpcId"] ?? "",
      zoneId: (kind === "net" ? zone?.net : zone?.app) ?? `Z${world.hex(13, "zone").toUpperCase()}`,
      subnets: subnetIds(inputs),
    };
  },
  afterCreate: ({ world, inputs }, id) => {
    ensureServiceLinkedRole(world, "elasticloadbalancing.amazonaws.com");
    for (const subnet of subnetsOf(world, inputs)) {
      const { vpcId } = subnet.properties;
      const properties = {
        description: `ELB ${suffixOf(id)}`,
        subnetId: subnet.id,
        vpcId,
        securityGroups: texts(inputs, "securityGroups"),
      };
      const note = `a load balancer holds a network interface in each of its subnets; they go with ${id}`;
      world.makeBehindTheBack({ type: NETWORK_INTERFACE, id: `eni-${world.hex(17, subnet.id)}`, properties, note });
    }
  },
  afterDelete: ({ world, stored }) => {
    for (const { id, properties, urn } of world.all(NETWORK_INTERFACE))
      if (urn === undefined && properties["description"] === `ELB ${suffixOf(stored.id)}`)
        world.takeAway(NETWORK_INTERFACE, id);
  },
};

function refuseSubnets({ world, inputs }: Call): void {
  const subnets = subnetsOf(world, inputs);
  if (subnets.length === 0) throw validation("At least one subnet must be specified");
  const zones = new Set(subnets.map(({ properties }) => properties["availabilityZone"]));
  if (kindOf(inputs) === "app" && zones.size < 2)
    throw validation("At least two subnets in two different Availability Zones must be specified");
  if (zones.size < subnets.length)
    throw new AwsError(
      "InvalidConfigurationRequest",
      "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
  const vpcId = subnets[0]?.properties["vpcId"];
  const gateways = world.all("aws:ec2/internetGateway:InternetGateway");
  if (inputs["internal"] !== true && !gateways.some(({ inputs: gateway }) => gateway["vpcId"] === vpcId))
    throw new AwsError("InvalidSubnet", `VPC ${String(vpcId)} has no internet gateway`);
}

const targetGroup: Behaviour = {
  token: TARGET_GROUP,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Target Group",
  // What cannot be changed afterwards (ELBv2 API reference, ModifyTargetGroup changes health checks only).
  replaces: [
    "name",
    "namePrefix",
    "port",
    "protocol",
    "protocolVersion",
    "targetType",
    "vpcId",
    "ipAddressType",
    "targetControlPort",
  ],
  autoName: { property: "name" },
  minutes: { create: 0.1 },
  defaults: ({ inputs }) => ({
    deregistrationDelay: 300,
    ipAddressType: "ipv4",
    lambdaMultiValueHeadersEnabled: false,
    proxyProtocolV2: false,
    slowStart: 0,
    targetType: "instance",
    ...(/^HTTPS?$/.test(text(inputs, "protocol") ?? "") && {
      protocolVersion: "HTTP1",
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
    }),
  }),
  references: [
    { path: "vpcId", to: "aws:ec2/vpc:Vpc", missing: (id) => validation(`The VPC ID '${id}' is not found`) }, // wording not verified
  ],
  refuseCreate: ({ world, inputs }) => {
    const name = text(inputs, "name") ?? "";
    refuseName(name);
    if (world.findBy(TARGET_GROUP, "name", name) !== undefined)
      throw new AwsError(
        "DuplicateTargetGroupName",
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    const needed = ["port", "protocol", "vpcId"].find((property) => inputs[property] === undefined);
    if (inputs["targetType"] !== "lambda" && needed !== undefined)
      throw validation(`${needed} must be specified for this target type`);
  },
  refuseDelete: ({ world, stored }) => {
    const users = [LISTENER, "aws:lb/listenerRule:ListenerRule"].flatMap((token) => world.all(token));
    if (users.some(({ inputs }) => targetsOf(inputs).includes(stored.id)))
      throw new AwsError("ResourceInUse", `Target group '${stored.id}' is currently in use by a listener or a rule`);
  },
  id: ({ world, inputs }) =>
    regionalArn(world, "elasticloadbalancing", `targetgroup/${text(inputs, "name") ?? ""}/${world.hex(16)}`),
  outputs: ({ world }, id) => ({
    arn: id,
    arnSuffix: suffixOf(id),
    loadBalancerArns: world
      .all(LISTENER)
      .filter(({ inputs }) => targetsOf(inputs).includes(id))
      .flatMap(({ inputs }) => texts(inputs, "loadBalancerArn")),
  }),
};

const targetsOf = (inputs: Properties): readonly string[] =>
  objects(inputs, "defaultActions").flatMap((action) => [
    ...texts(action, "targetGroupArn"),
    ...objects(action, "forward.targetGroups").flatMap((group) => texts(group, "arn")),
  ]);

const noTargetGroup = (arn: string): AwsError =>
  new AwsError("TargetGroupNotFound", `Target groups '${arn}' not found`);

const actionTarget = (path: string): Reference => ({ path, to: TARGET_GROUP, by: "arn", missing: noTargetGroup });

const listener: Behaviour = {
  token: LISTENER,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Listener",
  replaces: ["loadBalancerArn"],
  required: ["defaultActions", "loadBalancerArn"],
  minutes: { create: 0.1 },
  defaults: ({ inputs }) => ({
    protocol: "HTTP",
    ...(isEncrypted(inputs) && { sslPolicy: "ELBSecurityPolicy-2016-08" }),
  }),
  references: [
    {
      path: "loadBalancerArn",
      to: LOAD_BALANCER,
      by: "arn",
      missing: (arn) => new AwsError("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`),
    },
    actionTarget("defaultActions[].targetGroupArn"),
    actionTarget("defaultActions[].forward.targetGroups[].arn"),
    {
      path: "certificateArn",
      to: CERTIFICATE,
      unless: (arn) => arn.includes(":server-certificate/"),
      missing: (arn) => new AwsError("CertificateNotFound", `Certificate '${arn}' not found`),
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const [arn, port] = [text(inputs, "loadBalancerArn"), inputs["port"]];
    const isTwin = ({ inputs: other }: Stored): boolean => other["loadBalancerArn"] === arn && other["port"] === port;
    if (world.all(LISTENER).some(isTwin))
      throw new AwsError(
        "DuplicateListener",
        `A listener already exists on this port for this load balancer '${String(arn)}'`,
      );
    refuseCertificate(call);
  },
  refuseUpdate: refuseCertificate,
  id: ({ world, inputs }) =>
    `${(text(inputs, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${world.hex(16)}`,
  outputs: (_, id) => ({ arn: id }),
};

const isEncrypted = (inputs: Properties): boolean => ["HTTPS", "TLS"].includes(text(inputs, "protocol") ?? "");

function refuseCertificate({ world, inputs }: Call): void {
  if (!isEncrypted(inputs)) return;
  const arn = text(inputs, "certificateArn");
  if (arn === undefined) throw validation("A certificate must be specified for HTTPS listeners");
  const found = world.find(CERTIFICATE, arn);
  if (found !== undefined && found.properties["status"] !== "ISSUED") {
    const needs = "must have a fully-qualified domain name, a supported signature, and a supported key size.";
    throw new AwsError("UnsupportedCertificate", `The certificate '${arn}' ${needs}`);
  }
}

/** What of Elastic Load Balancing the twin knows; facts without a source named are general knowledge, not verified. */
export const lb: readonly Behaviour[] = [loadBalancer, listener, targetGroup];
