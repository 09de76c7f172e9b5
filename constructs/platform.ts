import type { PeerName } from "./name";

/** Pods of the platform that an application may meet: where they run and which labels the pinned charts give them. */
interface PlatformPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The cluster's name server; both transports, since answers over 512 bytes come by TCP. */
export const DNS: PlatformPods & { readonly port: number } = {
  namespace: "kube-system",
  labels: { "k8s-app": "kube-dns" },
  port: 53,
};

/** The mesh's control plane: it hands certificates and configuration to every sidecar (xDS over mutual TLS). */
export const CONTROL_PLANE: PlatformPods & { readonly port: number } = {
  namespace: "istio-system",
  labels: { app: "istiod" },
  port: 15012,
};

/** The one way in: the gateway behind the platform's load balancer, which asks for its health in plain HTTP. */
export const INGRESS_GATEWAY: PlatformPods & {
  readonly gateway: string;
  readonly serviceAccount: string;
  readonly port: number;
  readonly health: number;
} = {
  namespace: "istio-ingress",
  labels: { istio: "ingressgateway" },
  gateway: "istio-ingress/public",
  serviceAccount: "istio-ingressgateway",
  port: 443,
  health: 15_021,
};

/** The one way out: the gateway that authorises caller and host. */
export const EGRESS_GATEWAY: PlatformPods & { readonly port: number; readonly serviceAccount: string } = {
  namespace: "istio-egress",
  labels: { istio: "egressgateway" },
  port: 8443,
  serviceAccount: "istio-egressgateway",
};

/**
 * Where the EKS Pod Identity agent listens on every node, by the family of the cluster's pods; local to the node, so it belongs to no subnet
 * (AWS, "Set up the Amazon EKS Pod Identity Agent").
 */
export const POD_IDENTITY_AGENT = { cidr: "169.254.170.23/32", ipv6: "fd00:ec2::23/128", port: 80 } as const;

/** The label by which a pod says that it needs AWS; the tenant's policy opens the agent and the endpoints to it. */
export const USES_AWS = { "bulwark/uses": "aws" } as const;

/** Who signs certificates for servers inside the cluster. */
export const ISSUER = { kind: "ClusterIssuer", name: "platform-ca" } as const;

/** The StorageClass of encrypted volumes that the platform layer installs. */
export const STORAGE_CLASS = "encrypted";

/** The name by which the mesh knows a service account, without the scheme, as AuthorizationPolicy wants it. */
export function principal({ tenant, name }: PeerName): string {
  return `cluster.local/ns/${tenant}/sa/${name}`;
}

/**
 * The label that says from which family of images a node was started; the cluster layer writes it on every node group. What confines a pod depends
 * on it: AppArmor is Ubuntu's, SELinux is Bottlerocket's.
 */
export const IMAGE_FAMILY = "bulwark/image-family";

/** The families of images that nodes are started from. */
export type ImageFamily = "bottlerocket" | "ubuntu" | "al2023";
