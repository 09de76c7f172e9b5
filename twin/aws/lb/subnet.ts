import type { Call, Properties, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text, texts } from "../property";
import { validation } from "./token";

const KINDS: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

/** The kind of a load balancer as its ARN writes it. */
export const kindOf = (inputs: Properties): string => KINDS[text(inputs, "loadBalancerType") ?? "application"] ?? "app";

/** The subnets a load balancer names, in either of the two ways. */
export const subnetIds = (inputs: Properties): readonly string[] => [
  ...texts(inputs, "subnets"),
  ...objects(inputs, "subnetMappings").flatMap((mapping) => texts(mapping, "subnetId")),
];

/** Those of them that exist. */
export const subnetsOf = (world: World, inputs: Properties): readonly Stored[] =>
  subnetIds(inputs).flatMap((id) => world.find("aws:ec2/subnet:Subnet", id) ?? []);

/** Refuses subnets that cannot hold a load balancer: none, too few zones, two of one zone, no way in for a public one. */
export function refuseSubnets({ world, inputs }: Call): void {
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
