import { type Control, resourceControl } from "../control";
import { bottlerocket, nodeConfig, TEMPLATE, wrong } from "./example";
import { kubeletOf } from "./kubelet";

const limits = { podPidsLimit: 4096, seccompDefault: true };
const strong = ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"];
/** Forward secrecy and an authenticated cipher; the plain RSA suites have no forward secrecy. */
const isStrong = (suite: unknown) => typeof suite === "string" && /^TLS_ECDHE_.*(_GCM_|_POLY1305)/.test(suite);

/** How a kubelet works: what it limits, reports, renews and speaks. */
export const operation: readonly Control[] = [
  resourceControl({
    id: "user-data-kubelet-idle-timeout",
    title: "A forgotten session with a pod ends by itself",
    severity: "low",
    why: "an open exec session that never ends is a door left ajar, and enough of them exhaust the node",
    fix: "leave `streamingConnectionIdleTimeout` out or set it above 0",
    refs: {
      catalogue: "EKS-NODE-14",
      cis: ["CIS EKS 3.2.5"],
      checkov: ["CKV_K8S_143"],
      trivy: ["KCV-0085"],
      kubescape: ["C-0176"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const timeout = kubeletOf(userData).said("streamingConnectionIdleTimeout");
      if (timeout === 0 || (typeof timeout === "string" && !/[1-9]/.test(timeout)))
        yield { path: "userData", message: "idle sessions never end" };
    },
    good: [bottlerocket({ kubernetes: {} }), nodeConfig({ streamingConnectionIdleTimeout: "4h0m0s" })],
    bad: wrong({ streamingConnectionIdleTimeout: "0s" }, { streamingConnectionIdleTimeout: 0 }),
  }),

  resourceControl({
    id: "user-data-kubelet-packet-rules",
    title: "The kubelet keeps the node's packet rules as the cluster needs them",
    severity: "low",
    why: "rules that somebody else keeps drift from the pods' addresses and let through what was closed",
    fix: "leave `makeIPTablesUtilChains` out or set it to true",
    refs: {
      catalogue: "EKS-NODE-15",
      cis: ["CIS EKS 3.2.6"],
      checkov: ["CKV_K8S_145"],
      trivy: ["KCV-0084"],
      kubescape: ["C-0178"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      if (kubeletOf(userData).said("makeIPTablesUtilChains") === false)
        yield { path: "userData", message: "the kubelet leaves the packet rules alone" };
    },
    good: [bottlerocket({ kubernetes: {} }), nodeConfig({ makeIPTablesUtilChains: true })],
    bad: wrong({ makeIPTablesUtilChains: false }),
  }),

  resourceControl({
    id: "user-data-kubelet-events",
    title: "How many events a kubelet reports is decided",
    severity: "low",
    why: "events that are dropped are missing when somebody asks what happened on the node",
    fix: "set `eventRecordQPS` in the NodeConfig, `settings.kubernetes.event-qps` on Bottlerocket",
    refs: {
      catalogue: "EKS-NODE-16",
      cis: ["CIS EKS 3.2.7"],
      checkov: ["CKV_K8S_147"],
      trivy: ["KCV-0087"],
      kubescape: ["C-0180"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const rate = kubeletOf(userData).said("eventRecordQPS");
      if (typeof rate !== "number") yield { path: "userData", message: "nobody decided how many events are reported" };
      else if (rate < 0) yield { path: "userData", message: `the kubelet reports ${rate} events a second` };
    },
    good: [bottlerocket({ kubernetes: { "event-qps": 50 } }), nodeConfig({ eventRecordQPS: 0 })],
    bad: [bottlerocket({ kubernetes: {} }), ...wrong({}, { eventRecordQPS: -1 })],
  }),

  resourceControl({
    id: "user-data-kubelet-rotation",
    title: "The kubelet's certificates are the cluster's and are renewed",
    severity: "medium",
    why: "a certificate that the kubelet signs itself proves nothing to whoever calls it, and one that is not renewed ends in an outage",
    fix: "set `serverTLSBootstrap: true` (`server-tls-bootstrap` on Bottlerocket), and leave rotation on",
    refs: {
      catalogue: "EKS-NODE-17",
      cis: ["CIS EKS 3.2.8", "CIS EKS 3.2.9"],
      checkov: ["CKV_K8S_149", "CKV_K8S_112"],
      trivy: ["KCV-0090", "KCV-0091"],
      kubescape: ["C-0181", "C-0183"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const { said } = kubeletOf(userData);
      if (said("rotateCertificates") === false)
        yield { path: "userData", message: "the kubelet does not renew its client certificate" };
      if (said("serverTLSBootstrap") === false || said("featureGates", "RotateKubeletServerCertificate") === false)
        yield { path: "userData", message: "the kubelet signs its own server certificate" };
    },
    good: [bottlerocket({ kubernetes: { "server-tls-bootstrap": true } }), nodeConfig({ serverTLSBootstrap: true })],
    bad: [
      bottlerocket({ kubernetes: { "server-tls-bootstrap": false } }),
      ...wrong(
        { rotateCertificates: false },
        { serverTLSBootstrap: false },
        { featureGates: { RotateKubeletServerCertificate: false } },
      ),
    ],
  }),

  resourceControl({
    id: "user-data-kubelet-limits",
    title: "A pod gets a limited number of processes and a filtered set of system calls",
    severity: "medium",
    why: "one fork bomb takes a node down with every tenant on it; most ways out of a container use calls that pods never need",
    fix: "set `podPidsLimit` and `seccompDefault: true`, and leave `protectKernelDefaults` on",
    refs: {
      catalogue: "EKS-NODE-19",
      checkov: ["CKV_K8S_144"],
      trivy: ["KCV-0083"],
      kubescape: ["C-0284"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const { said } = kubeletOf(userData);
      const processes = said("podPidsLimit");
      if (typeof processes !== "number" || processes < 1)
        yield { path: "userData", message: "a pod may start as many processes as it likes" };
      if (said("seccompDefault") !== true)
        yield { path: "userData", message: "pods that say nothing run without a seccomp profile" };
      if (said("protectKernelDefaults") === false)
        yield { path: "userData", message: "the kubelet starts on a kernel that is not as it expects" };
    },
    good: [
      bottlerocket({ kubernetes: { "pod-pids-limit": 4096, "seccomp-default": true } }),
      nodeConfig(limits),
      nodeConfig({ ...limits, protectKernelDefaults: true }),
    ],
    bad: [
      bottlerocket({ kubernetes: {} }),
      ...wrong(
        {},
        { ...limits, podPidsLimit: -1 },
        { ...limits, seccompDefault: false },
        { ...limits, protectKernelDefaults: false },
      ),
    ],
  }),

  resourceControl({
    id: "user-data-kubelet-ciphers",
    title: "The kubelet speaks TLS 1.2 or newer, with forward secrecy",
    severity: "medium",
    why: "with a plain RSA suite whoever steals the kubelet's key later reads every exec session recorded before",
    fix: "list only ECDHE suites in `tlsCipherSuites` and set `tlsMinVersion: VersionTLS12`",
    refs: {
      catalogue: "EKS-NODE-20",
      checkov: ["CKV_K8S_151"],
      trivy: ["KCV-0092"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const { system, said } = kubeletOf(userData);
      // Bottlerocket's list is fixed in the image and strong.
      if (system === "bottlerocket") return;
      const suites = said("tlsCipherSuites");
      const weak = Array.isArray(suites) && suites.length > 0 ? suites.filter((suite) => !isStrong(suite)) : undefined;
      if (weak === undefined)
        yield { path: "userData", message: "the image's own list has suites without forward secrecy" };
      else if (weak.length > 0) yield { path: "userData", message: `the kubelet also offers ${weak.join(", ")}` };
      if (said("tlsMinVersion") !== "VersionTLS12" && said("tlsMinVersion") !== "VersionTLS13")
        yield { path: "userData", message: "the oldest version of TLS is not decided" };
    },
    good: [
      bottlerocket({ kubernetes: {} }),
      nodeConfig({ tlsCipherSuites: strong, tlsMinVersion: "VersionTLS12" }),
      nodeConfig({ tlsCipherSuites: strong, tlsMinVersion: "VersionTLS13" }),
    ],
    bad: wrong(
      {},
      { tlsCipherSuites: strong },
      { tlsCipherSuites: [], tlsMinVersion: "VersionTLS12" },
      { tlsCipherSuites: [...strong, "TLS_RSA_WITH_AES_128_GCM_SHA256"], tlsMinVersion: "VersionTLS12" },
      { tlsCipherSuites: strong, tlsMinVersion: "VersionTLS11" },
    ),
  }),
];
