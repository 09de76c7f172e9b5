import type { Stored, World } from "../../behaviour";
import { objects, text, texts } from "../property";
import { SUBNET } from "./token";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** What nodes reach in a network without a way out (EKS user guide, "Deploy private clusters with limited internet access"). */
const NEEDED = ["ecr.api", "ecr.dkr", "s3", "sts"];

/** Why nodes of these subnets would never join, or undefined when they have a path out or the endpoints instead of it. */
export function unreachable(world: World, subnetIds: readonly string[]): string | undefined {
  for (const id of subnetIds) {
    const subnet = world.find(SUBNET, id);
    if (subnet === undefined) continue;
    const way = wayOut(world, subnet);
    if (way === "internet gateway" && subnet.properties["mapPublicIpOnLaunch"] !== true)
      return `Ec2SubnetInvalidConfiguration: One or more Amazon EC2 Subnets of [${id}] does not automatically assign public IP addresses to instances launched into it.`;
    if (way === undefined && !hasEndpoints(world, subnet))
      return "NodeCreationFailure: Instances failed to join the kubernetes cluster";
  }
  return undefined;
}

function wayOut(world: World, subnet: Stored): "internet gateway" | "other" | undefined {
  const vpc = world.find("aws:ec2/vpc:Vpc", text(subnet.properties, "vpcId") ?? "");
  const associated = world.all(ASSOCIATION).find(({ inputs }) => inputs["subnetId"] === subnet.id);
  const table = text(associated?.inputs ?? {}, "routeTableId") ?? text(vpc?.properties ?? {}, "mainRouteTableId");
  const inline = objects(world.find("aws:ec2/routeTable:RouteTable", table ?? "")?.inputs ?? {}, "routes");
  const single = world.all("aws:ec2/route:Route").filter(({ inputs }) => inputs["routeTableId"] === table);
  const defaults = [
    ...inline.filter((route) => route["cidrBlock"] === "0.0.0.0/0"),
    ...single.map(({ inputs }) => inputs).filter((route) => route["destinationCidrBlock"] === "0.0.0.0/0"),
  ];
  if (defaults[0] === undefined) return undefined;
  return (text(defaults[0], "gatewayId") ?? "").startsWith("igw-") ? "internet gateway" : "other";
}

function hasEndpoints(world: World, subnet: Stored): boolean {
  const services = world
    .all(ENDPOINT)
    .filter(({ inputs }) => inputs["vpcId"] === subnet.properties["vpcId"])
    .flatMap(({ inputs }) => texts(inputs, "serviceName"));
  return NEEDED.every((service) => services.includes(`com.amazonaws.${world.region}.${service}`));
}
