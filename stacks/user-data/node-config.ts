import { stringify } from "yaml";

import { KUBELET, type KubeletConfiguration } from "./kubelet";

/** What nodeadm, the bootstrapper of Amazon Linux 2023, reads (node.eks.aws/v1alpha1, the fields we set). */
export interface NodeConfig {
  readonly apiVersion: "node.eks.aws/v1alpha1";
  readonly kind: "NodeConfig";
  readonly spec: { readonly kubelet: { readonly config: KubeletConfiguration } };
}

/**
 * The settings of an Amazon Linux 2023 node. Cluster name, endpoint and certificate are absent: EKS adds them for a
 * managed node group, and nodeadm merges both.
 */
export function nodeConfig(): NodeConfig {
  return { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config: KUBELET } } };
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
