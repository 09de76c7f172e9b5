import { POD_IDENTITY_AGENT } from "../platform";

/** What the mesh's control plane is told by its chart's `meshConfig`; the chart itself checks no field's name. */
export interface MeshConfig {
  readonly trustDomain: string;
  readonly outboundTrafficPolicy: { readonly mode: "REGISTRY_ONLY" };
  readonly pathNormalization: { readonly normalization: "DECODE_AND_MERGE_SLASHES" };
  readonly meshMTLS: { readonly minProtocolVersion: "TLSV1_3" };
  readonly accessLogFile: string;
  readonly accessLogEncoding: "JSON";
  readonly defaultConfig: {
    readonly holdApplicationUntilProxyStarts: true;
    readonly proxyMetadata: { readonly PROXY_CONFIG_XDS_AGENT: "true" };
  };
  /** Further roots that every proxy trusts while the mesh's own is replaced. */
  readonly caCertificates?: readonly { readonly pem: string }[];
}

/**
 * The hardened mesh (Istio, "Security Best Practices"): no route to what was not declared, one spelling of a path for policies and
 * applications alike, TLS 1.3 between proxies, and no application that runs before its proxy does.
 */
export const MESH_CONFIG: MeshConfig = {
  // Every principal in a policy begins with it.
  trustDomain: "cluster.local",
  outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
  pathNormalization: { normalization: "DECODE_AND_MERGE_SLASHES" },
  meshMTLS: { minProtocolVersion: "TLSV1_3" },
  accessLogFile: "/dev/stdout",
  accessLogEncoding: "JSON",
  defaultConfig: {
    holdApplicationUntilProxyStarts: true,
    // Proxies learn of a second root while they run; else each of them would have to be started anew.
    proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" },
  },
};

const CERTIFICATE = /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/;

/**
 * The mesh's configuration while its root is replaced: proxies trust the given roots beside the one that signs.
 *
 * @param roots certificates in PEM, one each; never a key
 * @throws Error for anything that is not exactly one certificate
 */
export function trusting(...roots: readonly [string, ...string[]]): MeshConfig {
  roots.forEach((pem, index) => {
    if (CERTIFICATE.test(pem)) return;
    throw new Error(
      `root ${index + 1} must be one certificate in PEM; write the value of \`tls.crt\` of the root's Secret, never its key`,
    );
  });
  return { ...MESH_CONFIG, caCertificates: roots.map((pem) => ({ pem })) };
}

/** What else the chart of the control plane is told. */
export const ISTIOD_VALUES = {
  global: {
    // Local to the node and outside the mesh: a pod asks its node here for its role. Nothing else goes round the proxy.
    proxy: { excludeIPRanges: `${POD_IDENTITY_AGENT.cidr},${POD_IDENTITY_AGENT.ipv6}` },
  },
  // Without it the control plane takes no second root (istiod's environment, ISTIO_MULTIROOT_MESH).
  env: { ISTIO_MULTIROOT_MESH: "true" },
} as const;
