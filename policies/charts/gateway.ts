import type { Control } from "../control";
import { chartControl } from "./release";

const unprivileged = { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] };
const https = { service: { type: "ClusterIP", ports: [{ targetPort: 443 }] } };

function* opensAll({ global }: { readonly global?: { readonly networkPolicy?: { readonly enabled?: boolean } } }) {
  if (global?.networkPolicy?.enabled === true) yield "the chart's policy lets everything out, and policies add up";
}

function* opensPorts({
  networkPolicy,
}: {
  readonly networkPolicy?: { readonly enabled?: boolean; readonly egress?: unknown };
}) {
  if (networkPolicy?.enabled === true && networkPolicy.egress === undefined)
    yield "the chart's policy lets four ports out to anywhere, and policies add up";
}

/** The mesh's ways in and out, and who else opens one. */
export const gateway: readonly Control[] = [
  chartControl({
    id: "charts-gateway-inside",
    title: "A gateway makes no load balancer of its own",
    severity: "critical",
    why: "the chart's default is a second way in, from the internet, past web ACL, Shield and certificate",
    fix: "set service.type: ClusterIP, and bind the pods to the load balancer of the cluster layer",
    refs: {},
    check: {
      *gateway({ service }) {
        const type = service?.type ?? "LoadBalancer";
        if (type !== "ClusterIP") yield `its Service is of type ${type}`;
      },
    },
    good: [{ gateway: { service: { type: "ClusterIP" } } }],
    bad: [{ gateway: {} }, { gateway: { service: { type: "NodePort" } } }],
  }),

  chartControl({
    id: "charts-gateway-can-listen",
    title: "A gateway may listen on the ports that it serves",
    severity: "high",
    why: "any security context of our own drops the chart's sysctl: the pods run, and nothing answers on 443",
    fix: "say net.ipv4.ip_unprivileged_port_start again in securityContext.sysctls, or serve a port above 1023",
    refs: {},
    check: {
      *gateway({ service, securityContext }) {
        const low = (service?.ports ?? []).filter(({ targetPort = 0 }) => targetPort > 0 && targetPort < 1024);
        const may = (securityContext?.sysctls ?? []).some(({ name }) => name === "net.ipv4.ip_unprivileged_port_start");
        if (securityContext !== undefined && low.length > 0 && !may)
          yield `it cannot listen on ${low.map(({ targetPort }) => targetPort ?? 0).join(", ")}`;
      },
    },
    good: [
      { gateway: { ...https, securityContext: unprivileged } },
      { gateway: https },
      { gateway: { service: { ports: [{ targetPort: 8443 }] }, securityContext: {} } },
    ],
    bad: [{ gateway: { ...https, securityContext: {} } }],
  }),

  chartControl({
    id: "charts-no-open-policies",
    title: "No chart brings a network policy that opens what ours close",
    severity: "high",
    why: "network policies add up: one that lets everything out undoes every other",
    fix: "set networkPolicy.enabled: false and write a policy that names the peers, or give the chart's its own egress",
    refs: {},
    check: {
      istiod: opensAll,
      cni: opensAll,
      gateway: opensAll,
      *"cert-manager"(values) {
        yield* opensPorts(values);
        yield* opensPorts(values.webhook ?? {});
        yield* opensPorts(values.cainjector ?? {});
      },
    },
    good: [
      { istiod: {}, cni: {}, gateway: {}, "cert-manager": {} },
      { "cert-manager": { networkPolicy: { enabled: true, egress: [] } } },
    ],
    bad: [
      { istiod: { global: { networkPolicy: { enabled: true } } } },
      { cni: { global: { networkPolicy: { enabled: true } } } },
      { gateway: { global: { networkPolicy: { enabled: true } } } },
      { "cert-manager": { webhook: { networkPolicy: { enabled: true } } } },
      { "cert-manager": { cainjector: { networkPolicy: { enabled: true } } } },
    ],
  }),
];
