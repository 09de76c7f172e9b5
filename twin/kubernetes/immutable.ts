import type { Properties } from "../behaviour";
import type { Kind } from "./kind";

/** What of the provider's configuration decides about replacements. */
export interface Mutability {
  /** ConfigMaps change in place. @default false: the provider replaces them */
  readonly enableConfigMapMutable?: boolean;
  /** Secrets change in place. @default false: the provider replaces them */
  readonly enableSecretMutable?: boolean;
}

// The provider's own table (pulumi-kubernetes, provider/pkg/provider/diff.go).
const REPLACES: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/DaemonSet": ["spec.selector"],
  "apps/v1/Deployment": ["spec.selector"],
  "apps/v1/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "storage.k8s.io/v1/StorageClass": ["parameters", "provisioner"],
  "/v1/PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  "/v1/Pod": [
    ...["affinity", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases"],
    ...["hostIPC", "hostNetwork", "hostPID", "hostname", "imagePullSecrets", "nodeName", "nodeSelector", "overhead"],
    ...["preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName"],
    ...["schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace"],
    ...["subdomain", "terminationGracePeriodSeconds", "volumes", "containers", "initContainers"],
  ].map((field) => `spec.${field}`),
  "/v1/ResourceQuota": ["spec.scopes"],
  "/v1/Secret": ["type"],
  "/v1/Service": ["spec.clusterIP"],
};

/** The paths whose change makes the provider replace an object. */
export function replacing(kind: Kind, object: Properties, provider: Mutability): readonly string[] {
  const { group, version, kind: name } = kind;
  const always = ["metadata.name", "metadata.namespace"];
  const isFixed = object["immutable"] === true;
  if (group === "" && name === "Secret" && (provider.enableSecretMutable !== true || isFixed)) {
    return [...always, "type", "stringData", "data"];
  }
  if (group === "" && name === "ConfigMap" && (provider.enableConfigMapMutable !== true || isFixed)) {
    return [...always, "binaryData", "data"];
  }
  return [...always, ...(REPLACES[`${group}/${version}/${name}`] ?? [])];
}

// What the API server refuses to change and the provider does not replace (Kubernetes API validation).
const FIXED: Readonly<Record<string, readonly string[]>> = {
  "storage.k8s.io/v1/StorageClass": ["reclaimPolicy", "volumeBindingMode"],
  "scheduling.k8s.io/v1/PriorityClass": ["value", "preemptionPolicy"],
  "apiextensions.k8s.io/v1/CustomResourceDefinition": ["spec.group", "spec.names.kind", "spec.scope"],
};

/** The paths that no update can change: the API server answers "field is immutable". */
export function fixed({ group, version, kind }: Kind): readonly string[] {
  return FIXED[`${group}/${version}/${kind}`] ?? [];
}
