/**
 * What the images' own bootstrap writes into the kubelet's configuration, as far as CIS EKS 3.2 looks at it: the
 * defaults of nodeadm (nodeadm/internal/kubelet/config.go of amazon-eks-ami) and the template of Bottlerocket
 * (packages/kubernetes-1.33/kubelet-config of bottlerocket-core-kit). The path of the client CA is Bottlerocket's.
 */
const SHARED = {
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
  },
  authorization: { mode: "Webhook" },
  readOnlyPort: 0,
  protectKernelDefaults: true,
};

const ECDHE = [
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
];

/** The file that nodeadm writes before it looks at ours. */
export const NODEADM = {
  ...SHARED,
  featureGates: { RotateKubeletServerCertificate: true },
  serverTLSBootstrap: true,
  tlsCipherSuites: [...ECDHE, "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384"],
};

/** The file that Bottlerocket writes from its settings. */
export function bottlerocketKubelet({ kubernetes }: { readonly kubernetes: Readonly<Record<string, unknown>> }) {
  return {
    ...SHARED,
    podPidsLimit: kubernetes["pod-pids-limit"] ?? 1_048_576,
    seccompDefault: kubernetes["seccomp-default"] ?? false,
    serverTLSBootstrap: kubernetes["server-tls-bootstrap"],
    ...(kubernetes["event-qps"] !== undefined && { eventRecordQPS: kubernetes["event-qps"] }),
    tlsCipherSuites: ECDHE,
  };
}

/**
 * What the published bootstrap script of Canonical's images gives its kubelet on the command line, as far as CIS EKS 3.2
 * looks at it; the script of later images is not published, so nothing may rest on these.
 */
export const CANONICAL_FLAGS =
  "/snap/kubelet-eks/1/kubelet --address=0.0.0.0 --anonymous-auth=false --authentication-token-webhook=true " +
  "--authorization-mode=Webhook --client-ca-file=/etc/kubernetes/pki/ca.crt --cluster-domain=cluster.local " +
  "--config=/etc/kubernetes/kubelet/kubelet-config.json --feature-gates=RotateKubeletServerCertificate=true";

/** A drop-in laid over a file, as the kubelet does it: objects are merged, everything else is replaced. */
export function merged(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in over ? merged(under[key], over[key]) : under[key]] as const),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
