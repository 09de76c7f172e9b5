import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { discoveredByKarpenter } from "../karpenter/name";
import type { FoundSubnet, FoundVpc, Way } from "./requirements";
import { shortcomings } from "./requirements";
import type { ExistingNetwork, Place, Site } from "./site";

/**
 * Looks at a VPC that was there before and throws one error with everything it lacks, before any resource exists: what
 * would otherwise show as nodes that never join, an hour later.
 */
export async function checkExisting(
  network: ExistingNetwork,
  blueprint: ClusterBlueprint,
  opts: pulumi.InvokeOptions,
): Promise<void> {
  const { environment, cluster } = blueprint;
  const vpc = await attempt(network.vpcId, foundVpc(network.vpcId, opts));
  const tables = await attempt(`route tables of ${network.vpcId}`, routeTables(network.vpcId, opts));
  const named = (["public", "private", "intra"] as const).flatMap((tier) =>
    network.subnets[tier].map((id) => ({ id, tier })),
  );
  const subnets = await Promise.all(
    named.map(({ id, tier }) => attempt(id, foundSubnet(id, tier, tables.value ?? [], opts))),
  );

  const needs = {
    zones: environment === "production" ? 3 : 2,
    ipv6: network.pods === "ipv6",
    serviceCidr: cluster.serviceCidr,
    discovery: discoveredByKarpenter(blueprint),
  };
  const lacking = [
    ...[vpc, tables, ...subnets].flatMap(({ failure }) => failure ?? []),
    ...(vpc.value === undefined
      ? []
      : shortcomings(
          vpc.value,
          subnets.flatMap(({ value }) => value ?? []),
          needs,
        )),
  ];
  if (lacking.length > 0)
    throw new Error(
      `the VPC ${network.vpcId} lacks what a cluster needs:\n${lacking.map((each) => `  ${each}`).join("\n")}`,
    );
}

/** The subnets and addresses of a VPC that {@link checkExisting} found fit. */
export function existingPlace({ parent }: Site, { vpcId, subnets, pods }: ExistingNetwork): Place {
  const blocks = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const { cidrBlock, ipv6CidrBlock } = aws.ec2.getSubnetOutput({ id }, { parent });
      return [cidrBlock, ...(pods === "ipv6" ? [ipv6CidrBlock] : [])];
    });
  const outputs = (ids: readonly string[]) => ids.map((id) => pulumi.output(id));

  return {
    vpcId: pulumi.output(vpcId),
    vpcCidr: aws.ec2.getVpcOutput({ id: vpcId }, { parent }).cidrBlock,
    publicSubnetIds: outputs(subnets.public),
    privateSubnetIds: outputs(subnets.private),
    intraSubnetIds: outputs(subnets.intra),
    blocks: { public: blocks(subnets.public), private: blocks(subnets.private), intra: blocks(subnets.intra) },
    endpointSubnetIds: pulumi
      .all(subnets.private.map((id) => aws.ec2.getSubnetOutput({ id }, { parent })))
      .apply((found) => onePerZone(found)),
  };
}

/** The first subnet of each zone, in the order they were named. */
export function onePerZone(subnets: readonly { readonly id: string; readonly availabilityZone: string }[]): string[] {
  const zones = new Map<string, string>();
  for (const { id, availabilityZone } of subnets) zones.set(availabilityZone, zones.get(availabilityZone) ?? id);

  return [...zones.values()];
}

interface Attempt<T> {
  readonly value?: T;
  readonly failure?: string;
}

async function attempt<T>(id: string, reading: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await reading };
  } catch (reason) {
    const answer = reason instanceof Error ? reason.message : String(reason);
    return { failure: `${id}: cannot be read, must exist in this account and region; correct the id (AWS: ${answer})` };
  }
}

async function foundVpc(id: string, opts: pulumi.InvokeOptions): Promise<FoundVpc> {
  const vpc = await aws.ec2.getVpc({ id }, opts);
  const secondary = vpc.cidrBlockAssociations.map(({ cidrBlock }) => cidrBlock);

  return {
    id,
    blocks: [...new Set([vpc.cidrBlock, ...secondary])],
    dnsSupport: vpc.enableDnsSupport,
    dnsHostnames: vpc.enableDnsHostnames,
  };
}

async function routeTables(vpcId: string, opts: pulumi.InvokeOptions): Promise<aws.ec2.GetRouteTableResult[]> {
  const { ids } = await aws.ec2.getRouteTables({ vpcId }, opts);

  return Promise.all(ids.map((routeTableId) => aws.ec2.getRouteTable({ routeTableId }, opts)));
}

async function foundSubnet(
  id: string,
  tier: FoundSubnet["tier"],
  tables: readonly aws.ec2.GetRouteTableResult[],
  opts: pulumi.InvokeOptions,
): Promise<FoundSubnet> {
  const subnet = await aws.ec2.getSubnet({ id }, opts);
  // A subnet that no table names follows the main one.
  const own = tables.find(({ associations }) => associations.some(({ subnetId }) => subnetId === id));
  const table = own ?? tables.find(({ associations }) => associations.some(({ main }) => main));

  return {
    id,
    tier,
    vpcId: subnet.vpcId,
    zone: subnet.availabilityZone,
    freeAddresses: subnet.availableIpAddressCount,
    givesPublicAddresses: subnet.mapPublicIpOnLaunch,
    givesIpv6Addresses: subnet.assignIpv6AddressOnCreation,
    tags: subnet.tags,
    ways: [...new Set(table?.routes.flatMap(waysOf) ?? [])],
  };
}

// What a route does not use is "" here, and `gatewayId` may also be "local" or a virtual private gateway.
function waysOf({ gatewayId, natGatewayId, egressOnlyGatewayId }: aws.types.output.ec2.GetRouteTableRoute): Way[] {
  return [
    ...(gatewayId.startsWith("igw-") ? (["an internet gateway"] as const) : []),
    ...(natGatewayId === "" ? [] : (["a NAT gateway"] as const)),
    ...(egressOnlyGatewayId === "" ? [] : (["an egress-only gateway"] as const)),
  ];
}
