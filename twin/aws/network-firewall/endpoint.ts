import type { Properties, Stored, World } from "../../behaviour";
import { objects, text } from "../property";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

/** The subnets a firewall names; those that do not exist were refused before. */
export const subnetsOf = (world: World, inputs: Properties): readonly Stored[] =>
  objects(inputs, "subnetMappings").flatMap(
    (mapping) => world.find("aws:ec2/subnet:Subnet", text(mapping, "subnetId") ?? "") ?? [],
  );

/** The endpoint's id comes from firewall and subnet alone, so that it can be found again when the firewall goes. */
export const endpointId = (world: World, subnet: Stored): string => `vpce-${world.hex(17, subnet.id)}`;

/** Each firewall endpoint holds a network interface, which keeps its subnet from being deleted. */
export function placeEndpoints(world: World, inputs: Properties, arn: string): void {
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

/** Takes the endpoints of a firewall and their interfaces away. */
export function clearEndpoints(world: World, arn: string): void {
  for (const type of [ENDPOINT, NETWORK_INTERFACE])
    for (const { id, properties, urn } of world.all(type))
      if (urn === undefined && properties["firewall"] === arn) world.takeAway(type, id);
}
