/** What a node must be told to find its cluster where EKS adds nothing, which is so on every image that is not EKS's own. */
export interface Join {
  readonly name: string;
  readonly endpoint: string;
  /** The base64 certificate of the cluster's authority: public, so no secret. */
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As kubectl writes them. */
  readonly taints: readonly string[];
}

/**
 * Kubelet flags by which a node registers under its labels and taints at once: EKS sets both on its own later, and until
 * then pods would land where a taint should keep them out.
 */
export function registration({ labels, taints }: Pick<Join, "labels" | "taints">): string[] {
  const named = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return [
    ...(named.length > 0 ? [`--node-labels=${named.join(",")}`] : []),
    ...(taints.length > 0 ? [`--register-with-taints=${taints.join(",")}`] : []),
  ];
}

/** Where the cluster's DNS answers: EKS takes the tenth address of the services' block. */
export function dnsAddress(serviceCidr: string): string {
  const [network = ""] = serviceCidr.split("/");
  return network.replace(/\.\d+$/, ".10");
}
