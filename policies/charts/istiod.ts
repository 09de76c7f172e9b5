import { type Control, inventoryControl } from "../control";
import { chartControl, chartOf, example, RELEASE, releasesOf } from "./release";
import type { ChartValues } from "./values";

const PARTS = ["istiod", "cni", "gateway"] as const;

/** What the mesh's control plane may do, and what it opens. */
export const istiod: readonly Control[] = [
  chartControl({
    id: "charts-istio-no-plain-text",
    title: "The mesh's control plane speaks to nobody in plain text",
    severity: "high",
    why: "15010 hands out the mesh's configuration, and /debug its whole state, to whoever asks",
    fix: 'set extraContainerArgs: ["--grpcAddr="] and env.ENABLE_DEBUG_ON_HTTP: "false"',
    refs: {},
    check: {
      *istiod({ extraContainerArgs, env }) {
        if (!(extraContainerArgs ?? []).includes("--grpcAddr=")) yield "15010 is open, without TLS";
        if (env?.["ENABLE_DEBUG_ON_HTTP"] !== "false") yield "/debug answers on 8080";
      },
    },
    good: [{ istiod: { extraContainerArgs: ["--grpcAddr="], env: { ENABLE_DEBUG_ON_HTTP: "false" } } }],
    bad: [
      { istiod: {} },
      { istiod: { extraContainerArgs: ["--grpcAddr="] } },
      { istiod: { extraContainerArgs: ["--grpcAddr=:15010"], env: { ENABLE_DEBUG_ON_HTTP: "false" } } },
    ],
  }),

  chartControl({
    id: "charts-istio-makes-no-workloads",
    title: "The mesh's control plane makes no workloads",
    severity: "high",
    why: "for gateways that nobody asked for it may write Deployments, ServiceAccounts and Services everywhere",
    fix: 'set env.PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: "false"',
    refs: {},
    check: {
      *istiod({ env }) {
        if (env?.["PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER"] !== "false") yield "it may write Deployments";
      },
    },
    good: [{ istiod: { env: { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: "false" } } }],
    bad: [{ istiod: {} }, { istiod: { env: { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: "true" } } }],
  }),

  chartControl({
    id: "charts-istio-proxy-first",
    title: "No application runs before its proxy",
    severity: "medium",
    why: "what it says before is lost, or is said past every policy",
    fix: 'set meshConfig.defaultConfig.holdApplicationUntilProxyStarts: true and env.ENABLE_NATIVE_SIDECARS: "true"',
    refs: {},
    check: {
      *istiod({ meshConfig, env }) {
        if (meshConfig?.defaultConfig?.holdApplicationUntilProxyStarts !== true) yield "applications do not wait";
        if (env?.["ENABLE_NATIVE_SIDECARS"] !== "true") yield "init containers run without a proxy";
      },
    },
    good: [
      {
        istiod: {
          meshConfig: { defaultConfig: { holdApplicationUntilProxyStarts: true } },
          env: { ENABLE_NATIVE_SIDECARS: "true" },
        },
      },
    ],
    bad: [{ istiod: {} }, { istiod: { env: { ENABLE_NATIVE_SIDECARS: "true" } } }],
  }),

  chartControl({
    id: "charts-istio-access-logged",
    title: "Proxies log who called whom",
    severity: "medium",
    why: "without a log nobody can tell afterwards what a stolen identity reached",
    fix: "set meshConfig.accessLogFile: /dev/stdout",
    refs: {},
    check: {
      *istiod({ meshConfig }) {
        if ((meshConfig?.accessLogFile ?? "") === "") yield "no proxy logs a request";
      },
    },
    good: [{ istiod: { meshConfig: { accessLogFile: "/dev/stdout" } } }],
    bad: [{ istiod: {} }, { istiod: { meshConfig: { accessLogFile: "" } } }],
  }),

  inventoryControl({
    id: "charts-istio-plugin",
    title: "Traffic is led to proxies by the CNI plugin, not by pods with rights over the network",
    severity: "critical",
    why: "else every pod has a container that is root with NET_ADMIN and NET_RAW, and no namespace can be restricted",
    fix: "set cni.enabled: true, and install the chart cni",
    refs: {},
    about: [RELEASE],
    *check({ inputs }, inventory) {
      if (chartOf(inputs) !== "istiod") return;
      const { cni } = (inputs.values ?? {}) as ChartValues["istiod"];
      if (cni?.enabled !== true) yield "every pod gets a root container";
      else if (releasesOf(inventory, "cni").length === 0) yield "pods will wait for a plugin that nobody installs";
    },
    good: [[example("istiod", { cni: { enabled: true } }), example("cni", {})]],
    bad: [[example("istiod", {}), example("cni", {})], [example("istiod", { cni: { enabled: true } })]],
  }),

  inventoryControl({
    id: "charts-istio-one-revision",
    title: "Control plane, plugin and gateways are of one revision and version",
    severity: "high",
    why: "a gateway of another revision is injected by nobody: its pods never start, and there is no way in",
    fix: "write the same `revision`, or none, and the same version in istiod, cni and gateway",
    refs: {},
    about: [RELEASE],
    *check({ inputs }, inventory) {
      const chart = chartOf(inputs);
      if (!PARTS.some((part) => part === chart)) return;
      const own = revisionOf(inputs.values);
      for (const plane of releasesOf(inventory, "istiod")) {
        const other = revisionOf(plane.inputs.values);
        if (own !== other) yield `revision ${own} is not istiod's, which is ${other}`;
        if (plane.inputs.version !== inputs.version)
          yield `version ${inputs.version ?? "newest"} is not istiod's, which is ${plane.inputs.version ?? "newest"}`;
      }
    },
    good: [[example("istiod", { revision: "blue" }), example("gateway", { revision: "blue" }), example("base", {})]],
    bad: [
      [example("istiod", {}), example("gateway", { revision: "blue" })],
      [example("istiod", { revision: "blue" }), example("cni", {})],
      [example("istiod", {}), example("cni", {}, { version: "1.2.4" })],
    ],
  }),
];

function revisionOf(values: unknown): string {
  const { revision } = (values ?? {}) as { readonly revision?: string };
  return revision === undefined || revision === "" ? "default" : revision;
}
