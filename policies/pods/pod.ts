import type { Inventory } from "../inventory";
import { type KubernetesObject, object, objectsOf } from "../object";

/** What of a container's confinement depends on its node. */
interface SecurityContext {
  readonly appArmorProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string };
}

/** A container of a pod, of any of the three lists. */
export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly securityContext?: SecurityContext;
}

interface PodSpec {
  readonly serviceAccountName?: string;
  readonly hostUsers?: boolean;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly securityContext?: SecurityContext;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
}

interface Template {
  readonly metadata?: KubernetesObject["metadata"];
  readonly spec?: PodSpec;
}

interface Bearing extends KubernetesObject {
  readonly spec?: PodSpec & {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec?: Bearing["spec"] };
  };
  readonly template?: Template;
}

/** A pod that some object makes, by that object's name. */
export interface Pod {
  readonly of: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  readonly containers: readonly Container[];
}

const KINDS = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "PodTemplate"];

/** The pods of every object that makes some. */
export function podsOf(inventory: Inventory): Pod[] {
  return objectsOf<Bearing>(inventory, ["core", "apps", "batch"], [...KINDS, "Job", "CronJob"]).map(
    ({ name, kind, object: bearing }) => {
      const { metadata, spec = {} } = templateOf(kind, bearing);
      const lists = [spec.containers, spec.initContainers, spec.ephemeralContainers];
      return {
        of: `${kind} ${name}`,
        namespace: bearing.metadata?.namespace ?? "default",
        annotations: metadata?.annotations ?? {},
        spec,
        containers: lists.flatMap((list) => list ?? []),
      };
    },
  );
}

function templateOf(kind: string, bearing: Bearing): Template {
  switch (kind) {
    case "Pod":
      return bearing;
    case "PodTemplate":
      return bearing.template ?? {};
    case "CronJob":
      return bearing.spec?.jobTemplate?.spec?.template ?? {};
    default:
      return bearing.spec?.template ?? {};
  }
}

const IMAGE = `registry.example.com/app@sha256:${"0".repeat(64)}`;

/** A Deployment of one container, for examples. */
export function deployment(spec: object = {}, container: object = {}) {
  const template = { spec: { ...spec, containers: [{ name: "app", image: IMAGE, ...container }] } };
  return [object("apps/v1", "Deployment", { spec: { template } }, "app")];
}
