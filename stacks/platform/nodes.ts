import facts from "../../facts/karpenter.json";
import type { Cluster } from "./cluster";
import type { Manifest } from "./manifest";

const NAME = "general";

/**
 * What Karpenter may start: on-demand Bottlerocket nodes of current families, each gone after two weeks. Nodes start without a taint of the mesh: to
 * take it off istiod would need the right to change nodes, and its network agent mends pods that came too early.
 */
export function karpenterNodes(cluster: Cluster, owner: string): readonly Manifest[] {
  const { karpenter } = cluster;
  return karpenter === undefined ? [] : [nodeClass(cluster, karpenter, owner), nodePool()];
}

function nodeClass(
  { name, environment, keys }: Cluster,
  { instanceProfile, discovery, userData }: NonNullable<Cluster["karpenter"]>,
  owner: string,
): Manifest {
  const volume = (deviceName: string, volumeSize: string) => ({
    deviceName,
    ebs: { encrypted: true, kmsKeyID: keys.disks, volumeType: "gp3", volumeSize, deleteOnTermination: true },
  });
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: NAME },
    spec: {
      amiFamily: "Bottlerocket",
      amiSelectorTerms: [{ alias: facts.nodes.alias }],
      instanceProfile,
      subnetSelectorTerms: [{ tags: { ...discovery } }],
      securityGroupSelectorTerms: [{ tags: { ...discovery } }],
      associatePublicIPAddress: false,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        httpProtocolIPv6: "disabled",
      },
      blockDeviceMappings: [volume("/dev/xvda", "4Gi"), volume("/dev/xvdb", "50Gi")],
      userData,
      tags: { owner, environment, "bulwark:cluster": name },
    },
  };
}

function nodePool(): Manifest {
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: NAME },
    spec: {
      template: {
        // Pods that need SELinux find their nodes by it.
        metadata: { labels: { "bulwark/image-family": "bottlerocket" } },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: NAME },
          requirements: [
            { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
            { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
            { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
            // Nitro encrypts between instances, and its memory is nobody else's.
            { key: "karpenter.k8s.aws/instance-hypervisor", operator: "In", values: ["nitro"] },
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["5"] },
          ],
          expireAfter: "336h",
          // Expiry ignores budgets; without this a pod that never ends would keep its node alive for ever.
          terminationGracePeriod: "24h",
        },
      },
      // What a mistake may cost at most.
      limits: { cpu: "200", memory: "800Gi" },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "5m",
        budgets: [{ nodes: "10%" }],
      },
    },
  };
}
