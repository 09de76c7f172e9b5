import { type Control, inventoryControl } from "./control";
import type { Inventory } from "./inventory";
import { type KubernetesObject, object, objectsOf } from "./object";

const MODE = "istio.io/dataplane-mode";
/** HBONE: what one ztunnel says to another arrives on this port of the pod, whatever port was called. */
const TUNNEL = 15_008;
/** Where the kubelet's probes come from once the node's ztunnel has taken the pod's traffic over (Istio, "Ambient and Kubernetes NetworkPolicy"). */
const PROBES = "169.254.7.127/32";

interface Port {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface Policy extends KubernetesObject {
  readonly spec?: {
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly {
      readonly from?: readonly { readonly ipBlock?: { readonly cidr?: string } }[];
      readonly ports?: readonly Port[];
    }[];
  };
}

/** What the mesh promises where somebody brings the mode that the blueprint does not use. */
export const mesh: readonly Control[] = [
  inventoryControl({
    id: "mesh-ambient-admitted",
    title: "In a namespace of the ambient mesh every policy that admits somebody also admits the mesh",
    severity: "medium",
    why: "without port 15008 nothing arrives at all, and without 169.254.7.127 probes fail; the next one opens everything to make it work",
    fix: "stay with sidecars, or admit TCP 15008 from the same peers and everything from 169.254.7.127/32 in each NetworkPolicy of the namespace",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const namespace of ambient(inventory)) {
        const policies = objectsOf<Policy>(inventory, ["networking.k8s.io"], ["NetworkPolicy"]).filter(
          ({ object: { metadata } }) => metadata?.namespace === namespace,
        );
        const rules = policies.flatMap(({ name, object: { spec } }) =>
          (spec?.ingress ?? []).map((rule) => ({ name, ...rule })),
        );
        for (const { name, ports } of rules)
          if (ports !== undefined && !ports.some(isTunnel))
            yield `NetworkPolicy ${name} in ambient namespace ${namespace} does not admit port ${TUNNEL}`;
        const probed = rules.some(({ from }) => from?.some(({ ipBlock }) => ipBlock?.cidr === PROBES) ?? true);
        if (policies.length > 0 && !probed) yield `no NetworkPolicy in ambient namespace ${namespace} admits ${PROBES}`;
      }
    },
    good: [
      [namespace("sidecars"), policy("sidecars", [8080])],
      [namespace("ambient", "ambient"), policy("ambient", [8080, TUNNEL], PROBES)],
    ],
    bad: [
      [namespace("ambient", "ambient"), policy("ambient", [8080], PROBES)],
      [namespace("ambient", "ambient"), policy("ambient", [8080, TUNNEL])],
      [namespace("ambient", "ambient"), policy("ambient", [])],
    ],
  }),
];

function ambient(inventory: Inventory): string[] {
  return objectsOf(inventory, ["core"], ["Namespace"])
    .filter(({ object: { metadata } }) => metadata?.labels?.[MODE] === "ambient")
    .map(({ object: { metadata } }) => metadata?.name ?? "");
}

function isTunnel({ port, endPort, protocol = "TCP" }: Port): boolean {
  if (protocol !== "TCP") return false;
  if (port === undefined) return true;
  return typeof port === "number" && port <= TUNNEL && TUNNEL <= (endPort ?? port);
}

function namespace(name: string, mode?: string) {
  return object(
    "v1",
    "Namespace",
    { metadata: { name, ...(mode !== undefined && { labels: { [MODE]: mode } }) } },
    name,
  );
}

function policy(within: string, admitted: readonly number[], probes?: string) {
  const from = [{ podSelector: {} }, ...(probes === undefined ? [] : [{ ipBlock: { cidr: probes } }])];
  const ingress = admitted.length === 0 ? [] : [{ from, ports: admitted.map((port) => ({ port, protocol: "TCP" })) }];
  const spec = { podSelector: {}, policyTypes: ["Ingress"], ingress };
  return object("networking.k8s.io/v1", "NetworkPolicy", { metadata: { name: "web", namespace: within }, spec }, "web");
}
