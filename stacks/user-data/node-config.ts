import { stringify } from "yaml";

import { type Join, registration } from "./join";
import { KUBELET, type KubeletConfiguration } from "./kubelet";

/** What nodeadm, the bootstrapper of Amazon Linux 2023, reads (node.eks.aws/v1alpha1, the fields we set). */
export interface NodeConfig {
  readonly apiVersion: "node.eks.aws/v1alpha1";
  readonly kind: "NodeConfig";
  readonly spec: {
    readonly cluster?: {
      readonly name: string;
      readonly apiServerEndpoint: string;
      readonly certificateAuthority: string;
      readonly cidr: string;
    };
    readonly kubelet: { readonly config: KubeletConfiguration; readonly flags?: readonly string[] };
  };
}

/**
 * The settings of an Amazon Linux 2023 node. Cluster name, endpoint and certificate are absent on EKS's own image: EKS
 * adds them for a managed node group, and nodeadm merges both. On an image of our own it adds nothing, so `join` does.
 */
export function nodeConfig(join?: Join): NodeConfig {
  const config = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig" } as const;
  if (join === undefined) return { ...config, spec: { kubelet: { config: KUBELET } } };

  const { name, endpoint, certificateAuthority, serviceCidr } = join;
  return {
    ...config,
    spec: {
      cluster: { name, apiServerEndpoint: endpoint, certificateAuthority, cidr: serviceCidr },
      kubelet: { config: KUBELET, flags: registration(join) },
    },
  };
}

/** EKS joins its own part to ours only if ours is a multipart document (EKS user guide, "Amazon EC2 user data"). */
const BOUNDARY = "BULWARK";

/** A NodeConfig as the user data of a managed node group: one part of a MIME document. */
export function renderNodeConfig(config: NodeConfig): string {
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    stringify(config, { lineWidth: 0 }).trimEnd(),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}
