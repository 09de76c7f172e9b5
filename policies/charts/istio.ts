import type { Control } from "../control";
import { chartControl } from "./release";
import type { ChartValues } from "./values";

const FAIL = { base: { validationFailurePolicy: "Fail" }, experimental: { stableValidationPolicy: true } };
const seccomp = { seccompProfile: { type: "RuntimeDefault" } };
const mesh = (meshConfig: object) => ({ meshConfig });

/** Where pods ask for their AWS role, on their own node; all else goes through the proxy. */
const AROUND = ["169.254.170.23/32", "fd00:ec2::23/128"];

function* validates({ base, experimental }: ChartValues["base"]): Iterable<string> {
  if (base?.validationFailurePolicy !== "Fail") yield "objects of the mesh are accepted while nobody validates them";
  if (experimental?.stableValidationPolicy !== true)
    yield "EnvoyFilter, WasmPlugin and ProxyConfig reach below every policy";
}

function* reader({ global }: ChartValues["base"]): Iterable<string> {
  if (global?.enableReaderRBAC !== false) yield "an account exists that may list every Secret";
}

/** What the mesh's charts are told: the defaults of Istio are open in most of these. */
export const istio: readonly Control[] = [
  chartControl({
    id: "charts-istio-validates",
    title: "The mesh's objects are validated or refused",
    severity: "high",
    why: "both validators say Ignore after every apply until istiod has turned them: what comes in meanwhile stays",
    fix: "set base.validationFailurePolicy: Fail and experimental.stableValidationPolicy: true, in base and istiod",
    refs: {},
    check: { base: validates, istiod: validates },
    good: [{ base: FAIL, istiod: FAIL }],
    bad: [{ base: {} }, { istiod: { base: FAIL.base } }, { base: { ...FAIL, base: {} } }, { istiod: {} }],
  }),

  chartControl({
    id: "charts-istio-no-reader",
    title: "No account of the mesh exists to list every Secret",
    severity: "high",
    why: "`istiod-reader` is for other clusters of one mesh; here it is a way to every Secret",
    fix: "set global.enableReaderRBAC: false, in base and istiod",
    refs: {},
    check: { base: reader, istiod: reader },
    good: [{ base: { global: { enableReaderRBAC: false } } }],
    bad: [{ base: {} }, { istiod: {} }, { istiod: { global: { enableReaderRBAC: true } } }],
  }),

  chartControl({
    id: "charts-istio-seccomp",
    title: "Every pod and proxy of the mesh has the runtime's list of system calls",
    severity: "high",
    why: "Istio sets none, so its proxies are refused in restricted namespaces, and free in the others",
    fix: "set seccompProfile: {type: RuntimeDefault} for istiod, global.proxy, cni and the gateways' securityContext",
    refs: {},
    check: {
      *istiod({ seccompProfile, global }) {
        if (seccompProfile?.type !== "RuntimeDefault") yield "istiod may call what it likes";
        if (global?.proxy?.seccompProfile?.type !== "RuntimeDefault") yield "every proxy may call what it likes";
      },
      *cni({ seccompProfile }) {
        if (seccompProfile?.type !== "RuntimeDefault") yield "the plugin may call what it likes";
      },
      *gateway({ securityContext }) {
        if (securityContext?.seccompProfile?.type !== "RuntimeDefault") yield "the gateway may call what it likes";
      },
    },
    good: [{ istiod: { ...seccomp, global: { proxy: seccomp } }, cni: seccomp, gateway: { securityContext: seccomp } }],
    bad: [
      { istiod: seccomp },
      { istiod: { global: { proxy: seccomp } } },
      { cni: { seccompProfile: { type: "Unconfined" } } },
      { gateway: { securityContext: {} } },
    ],
  }),

  chartControl({
    id: "charts-istio-declared-only",
    title: "The mesh routes to what is declared and nowhere else",
    severity: "high",
    why: "by default every pod reaches every address, and nobody sees it",
    fix: "set meshConfig.outboundTrafficPolicy.mode: REGISTRY_ONLY; with network policies, since this alone is no boundary",
    refs: {},
    check: {
      *istiod({ meshConfig }) {
        const mode = meshConfig?.outboundTrafficPolicy?.mode;
        if (mode !== "REGISTRY_ONLY") yield `unknown destinations: ${mode ?? "ALLOW_ANY"}`;
      },
    },
    good: [{ istiod: mesh({ outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } }) }],
    bad: [{ istiod: {} }, { istiod: mesh({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }) }],
  }),

  chartControl({
    id: "charts-istio-one-path",
    title: "A path has one spelling for policies and applications",
    severity: "high",
    why: "`//admin` and `/%61dmin` pass a policy that names /admin and reach the application behind it",
    fix: "set meshConfig.pathNormalization.normalization: DECODE_AND_MERGE_SLASHES",
    refs: {},
    check: {
      *istiod({ meshConfig }) {
        const how = meshConfig?.pathNormalization?.normalization;
        if (how !== "DECODE_AND_MERGE_SLASHES") yield `paths are normalised: ${how ?? "BASE"}`;
      },
    },
    good: [{ istiod: mesh({ pathNormalization: { normalization: "DECODE_AND_MERGE_SLASHES" } }) }],
    bad: [{ istiod: {} }, { istiod: mesh({ pathNormalization: { normalization: "MERGE_SLASHES" } }) }],
  }),

  chartControl({
    id: "charts-istio-tls",
    title: "Proxies speak TLS 1.3 with each other",
    severity: "medium",
    why: "both ends are ours, so nothing older has to be understood",
    fix: "set meshConfig.meshMTLS.minProtocolVersion: TLSV1_3",
    refs: {},
    check: {
      *istiod({ meshConfig }) {
        const least = meshConfig?.meshMTLS?.minProtocolVersion;
        if (least !== "TLSV1_3") yield `the oldest version is ${least ?? "TLS 1.2"}`;
      },
    },
    good: [{ istiod: mesh({ meshMTLS: { minProtocolVersion: "TLSV1_3" } }) }],
    bad: [{ istiod: {} }, { istiod: mesh({ meshMTLS: { minProtocolVersion: "TLSV1_2" } }) }],
  }),

  chartControl({
    id: "charts-istio-through-proxy",
    title: "Nothing but the Pod Identity agent is reached past the proxy",
    severity: "high",
    why: "an address that is not captured knows no identity, no policy and no log",
    fix: `set global.proxy.excludeIPRanges to ${AROUND.join(",")} at most, and neither include ranges nor exclude ports`,
    refs: {},
    check: {
      *istiod({ global }) {
        const { excludeIPRanges = "", includeIPRanges = "*", excludeOutboundPorts = "" } = global?.proxy ?? {};
        const others = excludeIPRanges.split(",").filter((range) => range !== "" && !AROUND.includes(range.trim()));
        if (others.length > 0) yield `${others.join(", ")} is reached past the proxy`;
        if (includeIPRanges !== "*") yield `only ${includeIPRanges} goes through the proxy`;
        if (excludeOutboundPorts !== "") yield `port ${excludeOutboundPorts} is reached past the proxy`;
      },
    },
    good: [{ istiod: {} }, { istiod: { global: { proxy: { excludeIPRanges: AROUND.join(",") } } } }],
    bad: [
      { istiod: { global: { proxy: { excludeIPRanges: "169.254.0.0/16" } } } },
      { istiod: { global: { proxy: { includeIPRanges: "10.0.0.0/8" } } } },
      { istiod: { global: { proxy: { excludeOutboundPorts: "443" } } } },
    ],
  }),
];
