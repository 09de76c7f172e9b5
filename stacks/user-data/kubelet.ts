/** The part of a kubelet's configuration (kubelet.config.k8s.io/v1beta1) that decides how safe it is. */
export interface KubeletConfiguration {
  readonly authentication: {
    readonly anonymous: { readonly enabled: false };
    readonly webhook: { readonly enabled: true };
  };
  readonly authorization: { readonly mode: "Webhook" };
  readonly readOnlyPort: 0;
  readonly streamingConnectionIdleTimeout: string;
  readonly makeIPTablesUtilChains: true;
  readonly eventRecordQPS: number;
  readonly rotateCertificates: true;
  readonly serverTLSBootstrap: true;
  readonly protectKernelDefaults: true;
  readonly podPidsLimit: number;
  readonly seccompDefault: true;
  readonly tlsMinVersion: "VersionTLS12" | "VersionTLS13";
  readonly tlsCipherSuites: readonly string[];
}

/** More processes than a pod of ours needs, and too few to starve its node; both systems leave the limit open. */
export const POD_PIDS_LIMIT = 4096;

/** Events a second that a kubelet reports: Kubernetes's own default, written down so that it is a decision. */
export const EVENTS_PER_SECOND = 50;

/** What Bottlerocket offers: forward secrecy and an authenticated cipher. Amazon Linux's own list adds two RSA suites. */
const CIPHER_SUITES = [
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
];

/**
 * A kubelet as CIS EKS 3.2 wants it, for systems that take a whole configuration. Two items are left to the image, which
 * sets them itself: the client CA (3.2.3), because it alone knows where it put the file, and the feature gate of 3.2.9,
 * because a kubelet that no longer knows a gate does not start.
 */
export const KUBELET: KubeletConfiguration = {
  /** @control user-data-kubelet-anonymous */
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
  /** @control user-data-kubelet-authorization */
  authorization: { mode: "Webhook" },
  /** @control user-data-kubelet-read-only-port */
  readOnlyPort: 0,
  /** @control user-data-kubelet-idle-timeout */
  streamingConnectionIdleTimeout: "4h0m0s",
  /** @control user-data-kubelet-packet-rules */
  makeIPTablesUtilChains: true,
  /** @control user-data-kubelet-events */
  eventRecordQPS: EVENTS_PER_SECOND,
  /** @control user-data-kubelet-rotation */
  rotateCertificates: true,
  serverTLSBootstrap: true,
  /** @control user-data-kubelet-limits */
  protectKernelDefaults: true,
  podPidsLimit: POD_PIDS_LIMIT,
  seccompDefault: true,
  /** @control user-data-kubelet-ciphers */
  tlsMinVersion: "VersionTLS12",
  tlsCipherSuites: CIPHER_SUITES,
};
