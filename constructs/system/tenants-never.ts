import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";
import { POD_IDENTITY_AGENT } from "../platform";
import { TENANT } from "../tenant/namespace";
import { CONTROL_PLANE_PORTS } from "./allowances";
import type { SystemNetwork } from "./network";
import { SYSTEM_WORKLOADS } from "./workloads";

/** Where a node hands out its own credentials (Amazon EC2 User Guide, "Access instance metadata"). */
const METADATA = ["169.254.169.254/32", "fd00:ec2::254/128"];

/** The kubelet's own port, and the one without authentication that old ones had. */
const KUBELET = [10_250, 10_255];

/**
 * Emits what no pod of a tenant may ever do, whatever its own NetworkPolicies say: the admin tier of AWS's engine is asked before them. It stands behind
 * admission, which refuses such policies: instance metadata, kubelets, what only the control plane calls, and the internet. In our own network it says
 * nothing, and the tenants' policies decide. The kind is AWS's (`networking.k8s.aws`), whose rules say `ports`; Kubernetes' own of the same name says `protocols`.
 */
export function tenantsNever(scope: Construct, network: SystemNetwork): void {
  clusterScoped(
    new ApiObject(scope, "tenants-never", {
      apiVersion: "networking.k8s.aws/v1alpha1",
      kind: "ClusterNetworkPolicy",
      metadata: { name: "tenants-never" },
      spec: {
        tier: "Admin",
        priority: 100,
        subject: { namespaces: { matchExpressions: [{ key: TENANT, operator: "Exists" }] } },
        // Pods of one group share one block with their nodes, so a tenant's own server cannot listen on the kubelets' port either.
        egress: [
          deny("metadata", [{ networks: METADATA }]),
          deny("kubelets", [{ networks: network.nodes }], KUBELET),
          ...CONTROL_PLANE_PORTS.map(({ workload, port }) => deny(workload, [pods(workload)], [port])),
          { name: "own-network", action: "Pass", to: [{ networks: ours(network) }] },
          deny("internet", [{ networks: ["0.0.0.0/0", "::/0"] }]),
        ],
      },
    }),
  );
}

function deny(name: string, to: readonly object[], ports?: readonly number[]): object {
  return {
    name,
    action: "Deny",
    to,
    ...(ports && { ports: ports.map((port) => ({ portNumber: { protocol: "TCP", port } })) }),
  };
}

function pods(workload: keyof typeof SYSTEM_WORKLOADS): object {
  const { namespace, labels } = SYSTEM_WORKLOADS[workload];
  return {
    pods: {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      podSelector: { matchLabels: { ...labels } },
    },
  };
}

/** Everything that is not the internet: the VPC, nodes and pods, endpoints, services, and the agent that hands out roles. */
function ours({ vpc, nodes, endpoints, services }: SystemNetwork): string[] {
  return [...new Set([vpc, ...nodes, ...endpoints, services, POD_IDENTITY_AGENT.cidr, POD_IDENTITY_AGENT.ipv6])];
}
