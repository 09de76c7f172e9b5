import { block, contains } from "../../stacks/cidr/block";
import type { Account } from "../../twin/account";
import type { Registration } from "../../twin/registration";

/** A network as a packet meets it: subnets by name, the routes of each, and where gateways and endpoints stand. */
export interface Map {
  readonly cidr: string;
  readonly subnets: readonly Place[];
  readonly routes: readonly { readonly table: string; readonly to: string; readonly by: string }[];
  /** Gateways and endpoints, each in the subnet it stands in. */
  readonly stations: readonly { readonly id: string; readonly subnet: string }[];
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  readonly table: string;
}

/** Draws the map from what was registered and what AWS made of it. */
export async function map(network: readonly Registration[], account: Account): Promise<Map> {
  const { made, behindTheBack } = account.leftovers();
  const of = (token: string) => network.filter(({ type }) => type.endsWith(`:${token}`));
  const idOf = ({ urn }: Registration) => made.find((each) => each.urn === urn)?.id ?? "";
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const tables = of("RouteTableAssociation").map(({ inputs }) => [
    text(inputs["subnetId"]),
    text(inputs["routeTableId"]),
  ]);

  const endpoints = behindTheBack.filter(({ type }) => type.endsWith(":VpcEndpoint"));
  const read = await Promise.all(endpoints.map(({ type, id }) => account.read({ urn: "", type, id })));

  return {
    cidr: text(of("Vpc")[0]?.inputs["cidrBlock"]),
    subnets: of("Subnet").map((subnet) => {
      const id = idOf(subnet);
      const table = tables.find(([subnetId]) => subnetId === id)?.[1] ?? "";
      return { id, table, name: subnet.name.replace("main-", ""), cidr: text(subnet.inputs["cidrBlock"]) };
    }),
    routes: of("Route").map(({ inputs }) => ({
      table: text(inputs["routeTableId"]),
      to: text(inputs["destinationCidrBlock"]),
      by: text(inputs["vpcEndpointId"] ?? inputs["natGatewayId"] ?? inputs["gatewayId"]),
    })),
    stations: [
      ...of("NatGateway").map((gateway) => ({ id: idOf(gateway), subnet: text(gateway.inputs["subnetId"]) })),
      ...read.map((endpoint, index) => ({
        id: endpoints[index]?.id ?? "",
        subnet: text((endpoint?.properties["subnetIds"] as unknown[] | undefined)?.[0]),
      })),
    ],
  };
}

/**
 * The subnets that a packet passes on its way from one of them to an address, or "internet" as the last; the most
 * specific route wins, and the VPC's own block is local where nothing is more specific.
 */
export function walk(map: Map, from: string, address: string): string[] {
  const passed: string[] = [];
  const target = block(`${address}/32`);
  let at = map.subnets.find(({ name }) => name === from);

  while (at !== undefined && passed.length < 9) {
    const here = at;
    const local = { table: here.table, to: map.cidr, by: "local" };
    const fitting = [...map.routes, local].filter(
      ({ table, to }) => table === here.table && to !== "" && contains(block(to), target),
    );
    const by = fitting.sort((a, b) => block(b.to).prefix - block(a.to).prefix)[0]?.by;
    const next = map.subnets.find(({ id }) => id === map.stations.find((station) => station.id === by)?.subnet);
    const there = map.subnets.find(({ cidr }) => contains(block(cidr), target));
    const step = by === "local" ? there?.name : by?.startsWith("igw-") === true ? "internet" : next?.name;

    passed.push(step ?? "nowhere");
    at = by === "local" ? undefined : next;
  }
  return passed;
}
