import type { Properties, Stored } from "../behaviour";
import { valuesAt } from "../path";
import { isBag } from "../wire";
import type { Kind } from "./kind";
import { metadataOf } from "./object";

const TEMPLATES: Readonly<Record<string, string>> = {
  "apps/Deployment": "spec.template.spec",
  "apps/StatefulSet": "spec.template.spec",
  "apps/DaemonSet": "spec.template.spec",
  "batch/Job": "spec.template.spec",
  "/Pod": "spec",
};

// What the control plane and Istio put into every namespace.
const GIVEN_MAPS = ["kube-root-ca.crt", "istio-ca-root-cert"];
const GIVEN_CLASSES = ["system-node-critical", "system-cluster-critical"];

/**
 * Why the pods of an object could never start: something they name is not in the cluster. The API server accepts such an
 * object; the provider then waits for it in vain.
 */
export function unstartable(kind: Kind, object: Properties, cluster: readonly Stored[]): string[] {
  const path = TEMPLATES[`${kind.group}/${kind.kind}`];
  const [spec] = path === undefined ? [] : valuesAt(object, path);
  if (!isBag(spec)) return [];
  const { namespace = "default" } = metadataOf(object);
  const has = (type: string, name: string): boolean =>
    cluster.some(({ type: token, properties }) => {
      const { name: other, namespace: place } = metadataOf(properties);
      return token === type && other === name && place === namespace;
    });

  const isClass = (name: string) =>
    GIVEN_CLASSES.includes(name) ||
    cluster.some(({ type, properties }) => type === PRIORITY && metadataOf(properties).name === name);
  return [
    ...texts(spec, "serviceAccountName")
      .filter((name) => name !== "default" && !has("kubernetes:core/v1:ServiceAccount", name))
      .map((name) => `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`),
    ...texts(spec, "priorityClassName")
      .filter((name) => !isClass(name))
      .map((name) => `no PriorityClass with name ${name} was found`),
    ...named(spec, "volumes", "configMap", "name")
      .filter((name) => !GIVEN_MAPS.includes(name) && !has("kubernetes:core/v1:ConfigMap", name))
      .map((name) => `configmap "${name}" not found`),
    ...named(spec, "volumes", "secret", "secretName")
      .filter((name) => !has("kubernetes:core/v1:Secret", name) && !isPromised(name, namespace, cluster))
      .map((name) => `secret "${name}" not found`),
  ];
}

const PRIORITY = "kubernetes:scheduling.k8s.io/v1:PriorityClass";

function texts(spec: Properties, path: string): string[] {
  return valuesAt(spec, path).filter((value) => typeof value === "string");
}

/** The names that required volumes of one sort refer to. */
function named(spec: Properties, list: string, sort: string, key: string): string[] {
  return valuesAt(spec, `${list}.${sort}`)
    .filter(isBag)
    .filter((source) => source["optional"] !== true)
    .flatMap((source) => (typeof source[key] === "string" ? [source[key]] : []));
}

/** Secrets that a controller writes: certificates, and what External Secrets fetches. */
function isPromised(name: string, namespace: string, cluster: readonly Stored[]): boolean {
  return cluster.some(({ type, properties }) => {
    const metadata = metadataOf(properties);
    if (metadata.namespace !== namespace) return false;
    if (/:Certificate$/.test(type)) return valuesAt(properties, "spec.secretName").includes(name);
    if (!/:ExternalSecret$/.test(type)) return false;
    return (valuesAt(properties, "spec.target.name")[0] ?? metadata.name) === name;
  });
}
