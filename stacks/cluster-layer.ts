import { Addons, NodeAddons } from "./addons";
import { demandSystemPolicies } from "./addons/strict";
import type { ClusterBlueprint } from "./blueprint/schema";
import { Cluster } from "./cluster";
import { Controllers } from "./controllers";
import { Edge } from "./edge";
import { Identity, IdentityProvider } from "./identity";
import { Karpenter } from "./karpenter";
import { discoveryTag } from "./karpenter/name";
import { Images } from "./image";
import { Keys } from "./keys";
import { Network } from "./network";
import { checkExisting } from "./network/existing";
import { reachesInternet } from "./network/site";
import { Nodes } from "./nodes";
import { provider } from "./provider";
import { Runner } from "./runner";
import { Tunnel } from "./tunnel";
import { userData } from "./user-data";

/** The cluster layer: keys, network and control plane of one cluster, each standing on the one before. */
export async function clusterLayer(blueprint: ClusterBlueprint) {
  await demandSystemPolicies(blueprint);
  const aws = provider(blueprint);
  // A network that lacks what the rest needs is refused while there is nothing yet to clean up.
  if (blueprint.network.mode === "existing") await checkExisting(blueprint.network, blueprint, { provider: aws });

  const opts = { providers: { aws } };
  const keys = new Keys("main", { blueprint }, opts);
  const network = new Network("main", { blueprint, keys }, opts);
  const cluster = new Cluster("main", { blueprint, network, keys }, opts);
  const identity = new Identity("main", { blueprint, cluster }, opts);
  const addons = new Addons("main", { blueprint, cluster }, opts);
  const nodes = new Nodes("main", { blueprint, cluster, network, keys }, { ...opts, dependsOn: addons.beforeNodes });
  const nodeAddons = new NodeAddons("main", { blueprint, cluster, nodes, keys, boundary: addons.boundary }, opts);
  const controllers = new Controllers("main", { blueprint, cluster }, opts);
  const karpenter = blueprint.karpenter && new Karpenter("main", { blueprint, cluster }, opts);
  const images = blueprint.images.length > 0 ? new Images("main", { blueprint, network, keys }, opts) : undefined;
  const { edge: asked } = blueprint;
  const edge = asked && new Edge("main", { blueprint, edge: asked, network, keys }, opts);

  const { runner: said, tunnel: wanted } = blueprint;
  const runner =
    said && new Runner("main", { blueprint, runner: said, cluster, network, keys, alarm: identity.alarm }, opts);
  const tunnel = wanted && new Tunnel("main", { blueprint, tunnel: wanted, cluster, network }, opts);

  const after = [identity, addons, nodes, nodeAddons, controllers, ...(karpenter ? [karpenter] : [])];
  new IdentityProvider("main", { blueprint, cluster, after }, opts);

  return {
    name: cluster.name,
    environment: blueprint.environment,
    account: blueprint.account,
    region: blueprint.region,
    version: blueprint.cluster.version,
    networkPolicy: blueprint.addons.networkPolicy,
    arn: cluster.arn,
    endpoint: cluster.endpoint,
    certificateAuthority: cluster.certificateAuthority,
    oidcIssuer: cluster.oidcIssuer,
    identity: {
      serviceAccounts: identity.serviceAccounts.arn,
      personas: identity.personas,
      alarms: identity.alarms,
    },
    vpcId: network.vpcId,
    vpcCidr: network.vpcCidr,
    privateSubnetIds: network.privateSubnetIds,
    publicSubnetIds: network.publicSubnetIds,
    intraSubnetIds: network.intraSubnetIds,
    pods: blueprint.network.pods,
    // AWS chooses it; the preview of a new cluster has nothing to say.
    serviceCidr: cluster.serviceCidr.apply((block: string | undefined) => block ?? ""),
    // Interface endpoints stand in the private subnets, the control plane's interfaces in the intra ones.
    blocks: network.blocks,
    internet: reachesInternet(blueprint),
    resolves: blueprint.network.allowedDomains,
    nodeRoleArn: nodes.role.arn,
    ...(images && { imagePipelines: images.pipelines }),
    ...(edge && {
      edge: {
        targetGroupArn: edge.targetGroupArn,
        dnsName: edge.dnsName,
        nameServers: edge.nameServers,
        hosts: asked.hosts,
        // Where the load balancer's own interfaces stand.
        blocks: network.blocks[asked.exposure.to === "internet" ? "public" : "private"],
      },
    }),
    controllers: {
      externalSecrets: controllers.externalSecrets,
      ...(controllers.loadBalancer && { loadBalancer: controllers.loadBalancer }),
    },
    ...(karpenter && {
      karpenter: {
        controller: karpenter.controller,
        instanceProfile: karpenter.instanceProfile,
        queue: karpenter.queue,
        discovery: discoveryTag(blueprint),
        userData: userData({ os: "bottlerocket" }, blueprint.nodes.shell),
      },
    }),
    ...(runner && {
      runner: { project: runner.project, bucket: runner.bucket, pipelinePolicyArn: runner.pipelinePolicyArn },
    }),
    ...(tunnel && {
      tunnel: {
        instanceId: tunnel.instanceId,
        document: tunnel.document,
        peoplePolicyArn: tunnel.peoplePolicyArn,
      },
    }),
    keys: {
      secrets: keys.secrets.arn,
      disks: keys.disks.arn,
      logs: keys.logs.arn,
      secretsManager: keys.secretsManager.arn,
      backups: keys.backups.arn,
    },
  };
}
