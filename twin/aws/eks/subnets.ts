import type { Properties, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { text, texts } from "../property";
import { SUBNET } from "./token";

/** Zones in which EKS places no control plane (EKS user guide, "VPC and subnet requirements"). */
const WITHOUT_CONTROL_PLANE = ["use1-az3", "usw1-az2", "cac1-az3"];

/** The subnets a cluster names; those that do not exist were refused before. */
export const subnetsOf = (world: World, inputs: Properties): readonly Stored[] =>
  texts(inputs, "vpcConfig.subnetIds").flatMap((id) => world.find(SUBNET, id) ?? []);

const zones = (subnets: readonly Stored[]): readonly string[] =>
  [...new Set(subnets.map(({ properties }) => text(properties, "availabilityZone") ?? ""))].sort();

/** Refuses subnets that cannot hold a control plane: none, one zone, two networks, a zone EKS does not serve. */
export function refuseSubnets(world: World, inputs: Properties): void {
  const subnets = subnetsOf(world, inputs);
  if (subnets.length === 0) throw invalid("Subnet Id is required");
  if (zones(subnets).length < 2) throw invalid("Subnets specified must be in at least two different AZs");
  if (new Set(subnets.map(({ properties }) => properties["vpcId"])).size > 1)
    throw invalid("Subnets specified must belong to the same VPC"); // wording not verified
  const unserved = subnets.find(({ properties }) =>
    WITHOUT_CONTROL_PLANE.includes(text(properties, "availabilityZoneId") ?? ""),
  );
  if (unserved !== undefined) {
    const zone = text(unserved.properties, "availabilityZone") ?? "";
    const sentence =
      "the targeted availability zone, does not currently have sufficient capacity to support the cluster.";
    throw new AwsError(
      "UnsupportedAvailabilityZoneException",
      `Cannot create cluster '${text(inputs, "name") ?? ""}' because ${zone}, ${sentence}`,
    );
  }
}

/** Refuses to move a control plane to another network or to other zones. */
export function refuseMove(world: World, from: Properties, to: Properties): void {
  refuseSubnets(world, to);
  const [before, after] = [subnetsOf(world, from), subnetsOf(world, to)];
  if (before[0] !== undefined && before[0].properties["vpcId"] !== after[0]?.properties["vpcId"])
    throw invalid("Provided subnets belong to a different VPC"); // wording not verified
  if (zones(before).join() !== zones(after).join())
    throw invalid(
      `Provided subnets belong to the AZs '${zones(after).join(",")}'. But they should belong to the exact set of AZs '${zones(before).join(",")}' in which subnets were provided during cluster creation.`,
    );
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
