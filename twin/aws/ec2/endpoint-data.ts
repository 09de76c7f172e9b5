import type { Invoke } from "../../behaviour";
import { objects, texts } from "../property";
import { only, search, seen } from "./filter";
import { VPC_ENDPOINT } from "./token";

const FULL_ACCESS = {
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
};

/** One endpoint of a network; lists that the endpoint does not have are empty, and its policy is full access by default. */
export const getVpcEndpoint: Invoke = (args, world) => {
  const plain = ["id", "serviceName", "serviceRegion", "state", "vpcEndpointType", "vpcId"];
  const { properties, ...found } = only(search(world, VPC_ENDPOINT, args, plain), "EC2 VPC Endpoint");
  const lists = ["cidrBlocks", "networkInterfaceIds", "routeTableIds", "securityGroupIds", "subnetIds"];
  return {
    policy: JSON.stringify(FULL_ACCESS),
    prefixListId: "",
    serviceRegion: world.region,
    ...seen(world, { ...found, properties }),
    ...Object.fromEntries(lists.map((list) => [list, texts(properties, list)])),
    dnsEntries: objects(properties, "dnsEntries"),
    dnsOptions: objects(properties, "dnsOptions"),
  };
};
