import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";
import { STORAGE_CLASS } from "../platform";
import { SYSTEM_NAMESPACES } from "./namespaces";

/** The label by which policies find the cluster's own namespaces. */
const SYSTEM = "bulwark/system";

/** The annotation that says why a namespace has the level that it has. */
const REASON = "bulwark/pod-security-reason";

/**
 * Emits the namespaces that the platform makes, Pod Security enforced, audited and warned of at a pinned version, and for every namespace in which nothing
 * runs a quota of no pods at all.
 *
 * @throws Error for a version that is none
 */
export function namespaces(scope: Construct, version: string): void {
  if (!/^v1\.\d+$/.test(version)) {
    throw new Error(
      `podSecurityVersion must be a Kubernetes minor such as v1.36, got "${version}"; "latest" would change the rules by itself`,
    );
  }
  for (const { name, level, why, mesh } of SYSTEM_NAMESPACES.filter(({ madeBy }) => madeBy === "platform")) {
    clusterScoped(
      new k8s.KubeNamespace(scope, `namespace-${name}`, {
        metadata: {
          name,
          annotations: { [REASON]: why },
          labels: {
            [SYSTEM]: name,
            // Said where it is not wanted too: a pod's own label would otherwise bring the proxy in.
            "istio-injection": mesh ? "enabled" : "disabled",
            "pod-security.kubernetes.io/enforce": level,
            "pod-security.kubernetes.io/enforce-version": version,
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/audit-version": version,
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": version,
          },
        },
      }),
    );
  }
  for (const { name: namespace } of SYSTEM_NAMESPACES.filter(({ empty }) => empty)) {
    new k8s.KubeResourceQuota(scope, `empty-${namespace}`, {
      metadata: { namespace, name: "empty" },
      spec: { hard: { pods: k8s.Quantity.fromString("0") } },
    });
  }
}

/**
 * Emits the StorageClass that holds where none is named: encrypted with the blueprint's own key, in the zone of the pod that asks first. EKS's own `gp2`
 * is no longer the default since Kubernetes 1.30 and stays as AWS left it.
 *
 * @throws Error for anything but a key's ARN
 */
export function storageClass(scope: Construct, key: string): void {
  if (!/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/.test(key)) {
    throw new Error(`disksKey must be the ARN of a KMS key, got "${key}"; write the cluster layer's output keys.disks`);
  }
  clusterScoped(
    new k8s.KubeStorageClass(scope, "storage-class", {
      metadata: { name: STORAGE_CLASS, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: key },
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Delete",
      allowVolumeExpansion: true,
    }),
  );
}

/** How important pods are when a node has no room for all; what makes a node a node is above both (`system-node-critical`). */
const PRIORITIES = [
  { name: "platform-critical", value: 1_000_000, why: "the platform: without it no application is safe" },
  { name: "tenants", value: 0, why: "what a team says nothing about" },
] as const;

/** Emits the classes; whoever names none has the tenants'. */
export function priorities(scope: Construct): void {
  for (const { name, value, why } of PRIORITIES) {
    clusterScoped(
      new k8s.KubePriorityClass(scope, `priority-${name}`, {
        metadata: { name },
        value,
        globalDefault: name === "tenants",
        description: why,
      }),
    );
  }
}
