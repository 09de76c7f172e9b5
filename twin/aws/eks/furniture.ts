import type { Call, DeleteCall, Properties, UpdateCall, World } from "../../behaviour";
import { regionalArn } from "../arn";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { at, texts } from "../property";
import { securityGroupId } from "./answer";
import { subnetsOf } from "./subnets";
import { ACCESS_ENTRY, ACCESS_POLICY_ASSOCIATION, LOG_GROUP, NETWORK_INTERFACE, SECURITY_GROUP } from "./token";

/** What EKS makes with a cluster: its security group, network interfaces, a log group if nobody was first, its role. */
export function furnish(call: Call, id: string): void {
  const { world, inputs } = call;
  const vpcId = subnetsOf(world, inputs)[0]?.properties["vpcId"];
  const group = securityGroupId(call);
  const name = `eks-cluster-sg-${id}-${String(Number.parseInt(world.hex(8, "digits"), 16))}`;
  const arn = regionalArn(world, "ec2", `security-group/${group}`);
  const description =
    "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.";
  world.makeBehindTheBack({
    type: SECURITY_GROUP,
    id: group,
    properties: { arn, description, name, vpcId, ownerId: world.accountId, tags: { "aws:eks:cluster-name": id } },
    note: `EKS made the security group of cluster ${id}; it goes with the cluster`,
  });
  for (const subnet of subnetsOf(world, inputs).slice(0, 4)) {
    world.makeBehindTheBack({
      type: NETWORK_INTERFACE,
      id: `eni-${world.hex(17, subnet.id)}`,
      properties: {
        description: `Amazon EKS ${id}`,
        subnetId: subnet.id,
        securityGroups: [group, ...texts(inputs, "vpcConfig.securityGroupIds")],
        vpcId,
      },
      note: `EKS made a network interface of cluster ${id} in this subnet; it goes with the cluster`,
    });
  }
  ensureLogGroup(world, inputs, id);
  ensureServiceLinkedRole(world, "eks.amazonaws.com");
  admitCreator(world, inputs, id);
}

/** Unless it is told not to, EKS makes whoever creates a cluster its administrator (EKS API reference, "CreateAccessConfigRequest"). */
function admitCreator(world: World, inputs: Properties, clusterName: string): void {
  if (at(inputs, "accessConfig.bootstrapClusterCreatorAdminPermissions") === false) return;
  // Without access entries EKS remembers its creator where nobody can see it.
  if ((at(inputs, "accessConfig.authenticationMode") ?? "CONFIG_MAP") === "CONFIG_MAP") return;
  const principalArn = world.caller.principal;
  const entry = { clusterName, principalArn, type: "STANDARD" };
  const note = `EKS made the creator of cluster ${clusterName} its administrator; it goes with the cluster`;
  world.makeBehindTheBack({
    type: ACCESS_ENTRY,
    id: `${clusterName}:${principalArn}`,
    inputs: entry,
    properties: entry,
    note,
  });
  const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  const association = { clusterName, principalArn, policyArn, accessScope: { type: "cluster" } };
  world.makeBehindTheBack({
    type: ACCESS_POLICY_ASSOCIATION,
    id: `${clusterName}#${principalArn}#${policyArn}`,
    inputs: association,
    properties: association,
    note,
  });
}

/** EKS makes the log group as soon as logs are on, not only at the start. */
export function turnOnLogs({ world, inputs, old }: UpdateCall): void {
  ensureLogGroup(world, inputs, old.id);
}

function ensureLogGroup(world: World, inputs: Properties, cluster: string): void {
  const name = `/aws/eks/${cluster}/cluster`;
  if (texts(inputs, "enabledClusterLogTypes").length === 0 || world.find(LOG_GROUP, name) !== undefined) return;
  world.makeBehindTheBack({
    type: LOG_GROUP,
    id: name,
    inputs: { name },
    properties: {
      arn: regionalArn(world, "logs", `log-group:${name}`),
      name,
      retentionInDays: 0,
      logGroupClass: "STANDARD",
    },
    note: `EKS made the log group of cluster ${cluster}: it has no key, never expires, and stays when the cluster goes`,
  });
}

/** What goes with a cluster; the log group and the service-linked role stay. */
export function clean({ world, stored }: DeleteCall): void {
  const group = at(stored.properties, "vpcConfig.clusterSecurityGroupId");
  if (typeof group === "string") world.takeAway(SECURITY_GROUP, group);
  for (const { id, properties, urn } of world.all(NETWORK_INTERFACE))
    if (urn === undefined && properties["description"] === `Amazon EKS ${stored.id}`)
      world.takeAway(NETWORK_INTERFACE, id);
  for (const type of [ACCESS_ENTRY, ACCESS_POLICY_ASSOCIATION])
    for (const { id, inputs, urn } of world.all(type))
      if (urn === undefined && inputs["clusterName"] === stored.id) world.takeAway(type, id);
  // Everything that its API server kept goes with it.
  for (const { type, id } of world.everything())
    if (type.startsWith("kubernetes:") && id.startsWith(`${stored.id}:`)) world.takeAway(type, id);
}
