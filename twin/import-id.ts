import { text } from "./aws/property";
import type { Stored } from "./behaviour";

/** The values of these properties; absent ones are empty. */
const of = ({ properties }: Stored, ...names: readonly string[]): string[] =>
  names.map((name) => {
    const value = properties[name];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  });

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

const byScope = (stored: Stored): string => [stored.id, ...of(stored, "name", "scope")].join("/");

/** The id by which a resource is imported, where it is another than the one the state keeps (the SDK's sections "Import"). */
const IMPORT_IDS: Readonly<Record<string, (stored: Stored) => string>> = {
  "aws:cloudwatch/eventRule:EventRule": (stored) => [bus(stored), ...of(stored, "name")].join("/"),
  "aws:cloudwatch/eventTarget:EventTarget": (stored) => [bus(stored), ...of(stored, "rule", "targetId")].join("/"),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (stored) => of(stored, "logGroupName", "name").join(":"),
  "aws:codebuild/project:Project": (stored) => of(stored, "name").join(""),
  "aws:ec2/networkAclRule:NetworkAclRule": (stored) =>
    of(stored, "networkAclId", "ruleNumber", "protocol", "egress").join(":"),
  "aws:ec2/route:Route": (stored) => `${of(stored, "routeTableId").join("")}_${of(stored, ...DESTINATIONS).join("")}`,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": (stored) =>
    `${of(stored, "subnetId", "gatewayId").join("")}/${of(stored, "routeTableId").join("")}`,
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": (stored) => `${of(stored, "subnetId").join("")}:${stored.id}`,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (stored) =>
    `${of(stored, "clusterName").join("")},${stored.id}`,
  "aws:ssm/document:Document": (stored) => of(stored, "name").join(""),
  "aws:wafv2/ipSet:IpSet": byScope,
  "aws:wafv2/regexPatternSet:RegexPatternSet": byScope,
  "aws:wafv2/ruleGroup:RuleGroup": byScope,
  "aws:wafv2/webAcl:WebAcl": byScope,
};

/** The id by which this resource is imported. */
export function importIdOf(stored: Stored): string {
  return IMPORT_IDS[stored.type]?.(stored) ?? stored.id;
}

/** What is imported by this id; false for types that are imported by the id that the state keeps. */
export function byImportId(type: string, id: string, all: readonly Stored[]): Stored | undefined | false {
  return type in IMPORT_IDS && all.find((stored) => stored.type === type && importIdOf(stored) === id);
}

function bus({ properties }: Stored): string {
  return text(properties, "eventBusName") ?? "default";
}
