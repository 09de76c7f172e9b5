import { z } from "zod";
import { text } from "./words";

const version = (what: string, example: string) =>
  text(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, {
    description: `The version of ${what}. Left out, the one that facts/addon-versions.json pins for the Kubernetes version.`,
    allowed: "one version as EKS writes it: `v`, three numbers, `-eksbuild.` and a number",
    write: example,
  }).optional();

const versions = z
  .strictObject({
    "vpc-cni": version(
      "the VPC CNI, which gives pods their addresses and enforces network policies",
      "vpc-cni: v1.22.4-eksbuild.3",
    ),
    "kube-proxy": version("kube-proxy", "kube-proxy: v1.36.0-eksbuild.21"),
    "eks-pod-identity-agent": version(
      "the agent that hands roles to pods",
      "eks-pod-identity-agent: v1.3.10-eksbuild.3",
    ),
    coredns: version("CoreDNS", "coredns: v1.14.3-eksbuild.16"),
    "aws-ebs-csi-driver": version("the driver of persistent volumes", "aws-ebs-csi-driver: v1.65.0-eksbuild.1"),
    "metrics-server": version("the metrics server", "metrics-server: v0.9.0-eksbuild.10"),
    "eks-node-monitoring-agent": version(
      "the agent that reports broken nodes",
      "eks-node-monitoring-agent: v1.7.2-eksbuild.1",
    ),
  })
  .default({})
  .meta({
    description:
      "Other versions of add-ons than the pinned ones. None can be left away: the cluster does not work without them.",
    allowed: "add-on names with one version each",
    write: "versions: { coredns: v1.14.3-eksbuild.16 }",
    protects: "An add-on changes on the day you choose, never on the day AWS moves its default.",
  });

const networkPolicy = z.enum(["standard", "strict"]).default("standard").meta({
  description:
    "What a pod may do before its network policies are in force. Strict needs a policy for every pod of every system namespace first, CoreDNS and the add-ons included: a pod that none covers gets no traffic at all. Older pods follow when they are restarted.",
  allowed: "standard (everything, for a moment) or strict (nothing); policies are enforced either way",
  write: "networkPolicy: standard",
  protects: "Network policies are never switched off: without the engine they are paper.",
});

/** What EKS runs inside the cluster for us. */
export const addons = z
  .strictObject({ networkPolicy, versions })
  .default({ networkPolicy: "standard", versions: {} })
  .meta({
    description: "The add-ons that EKS manages.",
    allowed: "networkPolicy and versions",
    write: "addons: { networkPolicy: standard }",
  });
