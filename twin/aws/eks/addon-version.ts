import { minor } from "./version";

/** The newest version of each add-on the twin offers, its default, in the form v<upstream>-eksbuild.<n>. */
const NEWEST: Readonly<Record<string, string>> = {
  "vpc-cni": "v1.23.1-eksbuild.1",
  "aws-ebs-csi-driver": "v1.65.0-eksbuild.1",
  "aws-efs-csi-driver": "v3.1.0-eksbuild.1",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "metrics-server": "v0.9.0-eksbuild.10",
  "eks-node-monitoring-agent": "v1.7.2-eksbuild.1",
  // Not verified from here on: name known, version plausible.
  "snapshot-controller": "v8.3.0-eksbuild.1",
  "aws-guardduty-agent": "v1.12.1-eksbuild.2",
  "amazon-cloudwatch-observability": "v4.7.0-eksbuild.1",
  adot: "v0.117.0-eksbuild.1",
  "aws-mountpoint-s3-csi-driver": "v2.2.0-eksbuild.1",
  "cert-manager": "v1.18.2-eksbuild.2",
  "external-dns": "v0.18.0-eksbuild.1",
};

/** CoreDNS follows the cluster loosely. */
const COREDNS: Readonly<Record<string, string>> = {
  "1.34": "v1.13.2-eksbuild.10",
  "1.35": "v1.14.3-eksbuild.2",
  "1.36": "v1.14.3-eksbuild.16",
};

/** kube-proxy follows it closely. */
const KUBE_PROXY: Readonly<Record<string, string>> = {
  "1.34": "v1.34.6-eksbuild.13",
  "1.35": "v1.35.3-eksbuild.13",
  "1.36": "v1.36.0-eksbuild.21",
};

/** The version of an add-on for a cluster, newest and default at once; undefined when EKS does not offer the add-on. */
export function addonVersion(name: string, kubernetes: string): string | undefined {
  if (name === "kube-proxy") return KUBE_PROXY[kubernetes] ?? `v${kubernetes}.0-eksbuild.2`;
  if (name === "coredns") return COREDNS[kubernetes] ?? "v1.12.4-eksbuild.10";
  return NEWEST[name];
}

/**
 * Whether EKS could offer this version: of the right form, not newer than the newest known, and for kube-proxy not of
 * another minor than the cluster.
 */
export function isAddonVersion(name: string, version: string, kubernetes: string): boolean {
  const newest = addonVersion(name, kubernetes);
  if (newest === undefined || !/^v\d+\.\d+\.\d+(-[\w.]+)?-eksbuild\.\d+$/.test(version)) return false;
  if (name === "kube-proxy") return minor(version) === minor(kubernetes);
  return order(version) <= order(newest);
}

const order = (version: string): number => {
  const [major = 0, middle = 0, patch = 0] = version.replace(/^v/, "").split(/[.-]/).map(Number);
  return major * 1e6 + middle * 1e3 + patch;
};
