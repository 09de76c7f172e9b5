import { k8s } from "cdk8s-plus-28";
import type { Chart } from "cdk8s";
import { CONTROL_PLANE, DNS } from "../platform";

/** Emits default deny both ways, and the two things that no pod can do without: names and the mesh's control plane. */
export function boundary(tenant: Chart): void {
  new k8s.KubeNetworkPolicy(tenant, "default-deny", {
    metadata: { name: "default-deny" },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  allow(tenant, "dns", DNS, ["UDP", "TCP"]);
  allow(tenant, "mesh", CONTROL_PLANE, ["TCP"]);
}

function allow(
  tenant: Chart,
  name: string,
  { namespace, labels, port }: typeof DNS,
  protocols: readonly ("TCP" | "UDP")[],
): void {
  new k8s.KubeNetworkPolicy(tenant, `allow-${name}`, {
    metadata: { name: `allow-${name}` },
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
              podSelector: { matchLabels: { ...labels } },
            },
          ],
          ports: protocols.map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(port) })),
        },
      ],
    },
  });
}
