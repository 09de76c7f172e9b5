import type * as aws from "@pulumi/aws";
import { stringify } from "smol-toml";

import { type Examples, token } from "../control";

export const TEMPLATE = token<aws.ec2.LaunchTemplateArgs>("aws:ec2/launchTemplate:LaunchTemplate");

/** A launch template with Bottlerocket's settings, for examples. */
export function bottlerocket(settings: Readonly<Record<string, object>>) {
  return { userData: encode(stringify({ settings })) };
}

/** A launch template with a NodeConfig's kubelet configuration and flags, for examples. */
export function nodeConfig(config: object, flags: readonly string[] = []) {
  const document = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config, flags } } };
  return multipart("application/node.eks.aws", JSON.stringify(document));
}

/** A launch template with one part of a MIME document, for examples. */
export function multipart(type: string, body: string) {
  const head = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"';
  return { userData: encode(`${head}\n\n--//\nContent-Type: ${type}\n\n${body}\n\n--//--\n`) };
}

/** User data that is just text. */
export function plain(text: string) {
  return { userData: encode(text) };
}

/** NodeConfigs of which every one is wrong, for a list of examples. */
export function wrong(first: object, ...rest: readonly object[]): Examples<{ userData: string }> {
  return [nodeConfig(first), ...rest.map((config) => nodeConfig(config))];
}

/** How an Ubuntu node joins, for examples. */
export const JOIN = [
  "#!/bin/bash",
  "set -o errexit -o nounset -o pipefail",
  "trap 'snap stop --disable kubelet-eks' ERR",
  '[ "$(cat /sys/module/apparmor/parameters/enabled)" = Y ]',
  "/etc/eks/bootstrap.sh 'production' --dns-cluster-ip '172.20.0.10'",
];

/** A launch template with Ubuntu's cloud-config: a kubelet's configuration, the script that is run, and more besides. */
export function cloudConfig(config: object, script: readonly string[] = JOIN, more: object = {}) {
  const write_files = [
    { path: "/etc/kubernetes/ours/kubelet.json", content: JSON.stringify(config) },
    { path: "/etc/kubernetes/ours/join", permissions: "0700", content: `${script.join("\n")}\n` },
  ];
  const document = { write_files, runcmd: [["/etc/kubernetes/ours/join"]], ...more };
  return { userData: encode(`#cloud-config\n${JSON.stringify(document)}`) };
}

const encode = (text: string): string => Buffer.from(text).toString("base64");
