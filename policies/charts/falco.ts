import { type Control, inventoryControl } from "../control";
import { chartControl, chartOf, example, RELEASE } from "./release";

const NEEDED = ["BPF", "PERFMON", "SYS_RESOURCE", "SYS_PTRACE"];
const least = {
  driver: { kind: "modern_ebpf", modernEbpf: { leastPrivileged: true } },
  containerSecurityContext: { capabilities: { drop: ["ALL"], add: NEEDED } },
};
const off = { enabled: false };
const heard = {
  json_output: true,
  http_output: { enabled: true, url: "https://falcosidekick.falcosidekick.svc:2801", mtls: true },
};

/** Charts whose pods only a privileged namespace admits (charts' own templates). */
const NODE_AGENTS = ["cni", "falco"];

/** Who watches the nodes, and who hears of it. */
export const falco: readonly Control[] = [
  chartControl({
    id: "charts-falco-least-privileged",
    title: "Falco watches with four capabilities, not with all",
    severity: "high",
    why: "the chart's default runs it, and a loader of kernel modules, privileged on every node",
    fix: `set driver.kind: modern_ebpf, modernEbpf.leastPrivileged: true, and drop all capabilities but ${NEEDED.join(", ")}`,
    refs: {},
    check: {
      *falco({ driver, containerSecurityContext: context }) {
        if (driver?.kind !== "modern_ebpf")
          yield `the driver is ${driver?.kind ?? "auto"}, which loads by a privileged container`;
        if (driver?.modernEbpf?.leastPrivileged !== true) yield "Falco itself is privileged";
        if (context?.privileged === true) yield "its container is privileged";
        if (!(context?.capabilities?.drop ?? []).includes("ALL")) yield "its container keeps capabilities";
        const more = (context?.capabilities?.add ?? []).filter((one) => !NEEDED.includes(one));
        if (more.length > 0) yield `it has ${more.join(", ")} besides`;
      },
    },
    good: [{ falco: least }],
    bad: [
      { falco: {} },
      { falco: { ...least, driver: { kind: "auto" } } },
      { falco: { ...least, driver: { kind: "modern_ebpf" } } },
      { falco: { ...least, containerSecurityContext: {} } },
      { falco: { ...least, containerSecurityContext: { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } } },
    ],
  }),

  chartControl({
    id: "charts-falco-rules-pinned",
    title: "Falco's rules change with a release, not with what the internet has today",
    severity: "high",
    why: "rules are pulled by name every week by default: whoever owns that name decides what is noticed",
    fix: "set falcoctl.artifact.follow.enabled and falcoctl.artifact.install.enabled: false; the image carries its rules",
    refs: {},
    check: {
      *falco({ falcoctl }) {
        if (falcoctl?.artifact?.follow?.enabled !== false) yield "rules are pulled every week";
        if (falcoctl?.artifact?.install?.enabled !== false) yield "rules are pulled at every start";
      },
    },
    good: [{ falco: { falcoctl: { artifact: { install: off, follow: off } } } }],
    bad: [
      { falco: {} },
      { falco: { falcoctl: { artifact: { follow: off } } } },
      { falco: { falcoctl: { artifact: { install: off, follow: { enabled: true } } } } },
    ],
  }),

  chartControl({
    id: "charts-falco-heard",
    title: "What Falco saw leaves the node, encrypted, to somebody it knows",
    severity: "high",
    why: "without an output it speaks to its own log; in plain text anybody may say what it did not see",
    fix: "set falco.json_output: true, and falco.http_output with enabled, an https:// url and mtls: true",
    refs: {},
    check: {
      *falco({ falco: settings }) {
        const { enabled, url = "", mtls } = settings?.http_output ?? {};
        if (enabled !== true) yield "what it saw stays in its own log";
        if (!url.startsWith("https://")) yield `it speaks to ${url === "" ? "nobody" : url}`;
        if (mtls !== true) yield "it does not say who it is";
        if (settings?.json_output !== true) yield "nobody can read its sentences but people";
      },
    },
    good: [{ falco: { falco: heard } }],
    bad: [
      { falco: {} },
      { falco: { falco: { ...heard, json_output: false } } },
      { falco: { falco: { ...heard, http_output: { ...heard.http_output, url: "http://falcosidekick:2801" } } } },
      { falco: { falco: { ...heard, http_output: { ...heard.http_output, mtls: false } } } },
    ],
  }),

  chartControl({
    id: "charts-falcosidekick-known-callers",
    title: "falcosidekick listens to callers with a certificate",
    severity: "high",
    why: "whoever may speak to it makes alarms, or drowns them",
    fix: "set config.tlsserver.deploy and config.tlsserver.mutualtls: true, with a Secret of cert-manager",
    refs: {},
    check: {
      *falcosidekick({ config }) {
        if (config?.tlsserver?.deploy !== true) yield "it listens in plain text";
        if (config?.tlsserver?.mutualtls !== true) yield "it listens to everybody";
      },
    },
    good: [{ falcosidekick: { config: { tlsserver: { deploy: true, mutualtls: true } } } }],
    bad: [{ falcosidekick: {} }, { falcosidekick: { config: { tlsserver: { deploy: true } } } }],
  }),

  chartControl({
    id: "charts-falcosidekick-alertmanager",
    title: "Alerts are sent where Alertmanager still listens",
    severity: "high",
    why: "the chart's path is answered with 410 since Alertmanager 0.27: alerts vanish without a sound",
    fix: "set config.alertmanager.endpoint: /api/v2/alerts",
    refs: {},
    check: {
      *falcosidekick({ config }) {
        const { endpoint = "/api/v1/alerts" } = config?.alertmanager ?? {};
        if (endpoint !== "/api/v2/alerts") yield `alerts go to ${endpoint}`;
      },
    },
    good: [{ falcosidekick: { config: { alertmanager: { endpoint: "/api/v2/alerts" } } } }],
    bad: [{ falcosidekick: {} }, { falcosidekick: { config: { alertmanager: { endpoint: "/api/v1/alerts" } } } }],
  }),

  inventoryControl({
    id: "charts-node-agents-apart",
    title: "What must be privileged shares its namespace with nothing else",
    severity: "high",
    why: "a namespace has one Pod Security level: beside a node agent everything may be privileged",
    fix: "give the release a namespace of its own, and falco's sub-chart falcosidekick a release of its own",
    refs: {},
    about: [RELEASE],
    *check({ inputs, urn }, inventory) {
      const chart = chartOf(inputs);
      if (!NODE_AGENTS.includes(chart)) return;
      const beside = inventory
        .all(RELEASE)
        .filter((other) => other.urn !== urn && (other.inputs.namespace ?? "") === (inputs.namespace ?? ""));
      for (const { name } of beside) yield `${name} runs in its namespace`;
      const { falcosidekick } = (inputs.values ?? {}) as { readonly falcosidekick?: { readonly enabled?: boolean } };
      if (falcosidekick?.enabled === true) yield "falcosidekick runs in its namespace";
    },
    good: [[example("cni", {}), example("falco", {}), example("falcosidekick", {})]],
    bad: [
      [example("falco", {}), example("falcosidekick", {}, { namespace: "falco" })],
      [example("falco", { falcosidekick: { enabled: true } })],
      [example("cni", {}, { namespace: "istio-system" }), example("istiod", {}, { namespace: "istio-system" })],
    ],
  }),
];
