import type { Hostile } from "./row";

/** The example with these options for its add-ons, written before the cluster's. */
const saying = (addons: string) => ({ "cluster:": `addons: ${addons}\n\n    cluster:` });

/** Add-ons switched off, loosened, or at versions that nobody chose. */
export const addons: readonly Hostile[] = [
  {
    name: "network policies switched off",
    change: saying("{ networkPolicy: off }"),
    paths: ["addons.networkPolicy"],
    got: "off (without quotes YAML reads true or false",
    fix: "write networkPolicy: standard",
  },
  {
    name: "network policies that permit",
    change: saying("{ networkPolicy: permissive }"),
    paths: ["addons.networkPolicy"],
    got: '"permissive"',
    fix: "write networkPolicy: standard",
  },
  {
    name: "the engine's switch under its own name",
    change: saying('{ enableNetworkPolicy: "false" }'),
    paths: ["addons.enableNetworkPolicy"],
    got: 'the unknown key "enableNetworkPolicy"',
    fix: 'did you mean "networkPolicy"',
  },
  {
    name: "a misspelt network policy",
    change: saying("{ networkPolicies: strict }"),
    paths: ["addons.networkPolicies"],
    got: 'the unknown key "networkPolicies"',
    fix: 'did you mean "networkPolicy"',
  },
  {
    name: "add-ons at whatever is newest",
    change: saying("{ versions: { vpc-cni: latest, coredns: v1.14.3, kube-proxy: 1.36 } }"),
    paths: ["addons.versions.vpc-cni", "addons.versions.coredns", "addons.versions.kube-proxy"],
    got: '"latest"',
    fix: "write vpc-cni: v1.22.4-eksbuild.3",
  },
  {
    name: "add-ons that a cluster cannot do without left away",
    change: saying('{ versions: { coredns: "off", eks-pod-identity-agent: false, kube-proxy: none } }'),
    paths: ["addons.versions.coredns", "addons.versions.eks-pod-identity-agent", "addons.versions.kube-proxy"],
    got: '"off"',
    fix: "write coredns: v1.14.3-eksbuild.16",
  },
  {
    name: "an add-on that EKS does not keep for us",
    change: saying("{ versions: { calico: v3.32.1-eksbuild.1 } }"),
    paths: ["addons.versions.calico"],
    got: 'the unknown key "calico"',
    fix: 'remove "calico"',
  },
  {
    name: "kube-proxy of another Kubernetes",
    change: saying("{ versions: { kube-proxy: v1.35.3-eksbuild.13 } }"),
    paths: ["addons.versions.kube-proxy"],
    got: '"v1.35.3-eksbuild.13"',
    fix: "begins with v1.36",
  },
  {
    name: "a pod network that knows no cluster-wide policies",
    change: saying("{ versions: { vpc-cni: v1.20.4-eksbuild.1 } }"),
    paths: ["addons.versions.vpc-cni"],
    got: '"v1.20.4-eksbuild.1"',
    fix: "write vpc-cni: v1.21.1-eksbuild.1",
  },
  {
    name: "a volume driver that cannot tell clusters apart, beside two more mistakes",
    change: saying(
      "{ networkPolicy: strict, versions: { aws-ebs-csi-driver: v1.9.0-eksbuild.1, vpc-cni: v0.99.0-eksbuild.1, kube-proxy: v1.37.0-eksbuild.1 } }",
    ),
    paths: ["addons.versions.aws-ebs-csi-driver", "addons.versions.vpc-cni", "addons.versions.kube-proxy"],
    got: '"v1.9.0-eksbuild.1"',
    fix: "write aws-ebs-csi-driver: v1.58.0-eksbuild.1",
  },
  {
    name: "add-ons as a list",
    change: saying("[vpc-cni, coredns]"),
    paths: ["addons"],
    got: '["vpc-cni","coredns"]',
    fix: "write addons: { networkPolicy: standard }",
  },
];
