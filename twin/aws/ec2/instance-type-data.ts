import type { Invoke, World } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text, texts } from "../property";
import { zonesOf } from "./zone";

const FORM = /^([a-z]+)\d+[a-z-]*\.(medium|large|xlarge|(\d+)xlarge)$/;

/**
 * The vCPUs of an instance type, by its size: in the families of this form a large has two, and each xlarge four (EC2 instance
 * types; a medium has one core, but for the burstable ones, which have two). Bare metal is not known here.
 */
function vcpus(instanceType: string): number | undefined {
  const [, family = "", size = "", times] = FORM.exec(instanceType) ?? [];
  if (size === "") return undefined;
  if (size === "medium") return family.startsWith("t") ? 2 : 1;
  return size === "large" ? 2 : 4 * Number(times ?? 1);
}

const getInstanceType: Invoke = (args, world) => {
  const instanceType = text(args, "instanceType") ?? "";
  const defaultVcpus = vcpus(instanceType);
  if (defaultVcpus === undefined)
    throw new AwsError("InvalidInstanceType", `The following supplied instance types do not exist: [${instanceType}]`);
  return { id: instanceType, instanceType, region: world.region, defaultVcpus };
};

const getInstanceTypeOfferings: Invoke = (args, world) => {
  const kind = text(args, "locationType") ?? "region";
  if (!["region", "availability-zone"].includes(kind))
    throw new AwsError(
      "InvalidParameterValue",
      `the twin knows offerings by region and availability-zone, not by ${kind}`,
    );
  const wanted = objects(args, "filters")
    .filter(({ name }) => name === "instance-type")
    .flatMap((filter) => texts(filter, "values"));
  const offered = wanted
    .filter((type) => vcpus(type) !== undefined)
    .flatMap((type) => placesOf(type, kind, world).map((location) => ({ type, location })));
  return {
    ...args,
    id: world.region,
    region: world.region,
    instanceTypes: offered.map(({ type }) => type),
    locations: offered.map(({ location }) => location),
    locationTypes: offered.map(() => kind),
  };
};

function placesOf(type: string, kind: string, { region, given }: World): readonly string[] {
  const missing = given.notOffered?.[type] ?? [];
  const zones = zonesOf(region)
    .map(({ name }) => name)
    .filter((zone) => !missing.includes(zone));
  return kind === "region" ? (zones.length > 0 ? [region] : []) : zones;
}

/** The twin runs no instances: its node groups are groups without nodes. */
const getInstances: Invoke = (args, world) => ({
  ...args,
  id: world.region,
  region: world.region,
  ids: [],
  instanceTags: {},
  ipv6Addresses: [],
  privateIps: [],
  publicIps: [],
});

/** What EC2 answers about instances and their types. */
export const instanceTypeInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getInstanceType:getInstanceType": getInstanceType,
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings,
  "aws:ec2/getInstances:getInstances": getInstances,
};
