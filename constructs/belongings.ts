import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { unplaceable } from "./profile/misplaced";
import { Workload } from "./workload/workload";

const SECRET =
  "a manifest is read by many; name it in a workload's `secrets`: an ExternalSecret brings it from AWS Secrets Manager";
const BOUNDARY = "it is part of the tenant's boundary; ask the platform's owners to change the Tenant";
const RIGHTS = "who may do what is the platform's to say; ask its owners for a persona";
const DOOR = "the platform has one door; write `host` on a WebService";
const FLOW = "declare the flow instead, with calls, accepts or reaches, and it is written on both sides";
const PODS =
  "its pods would be hardened by nobody; write a WebService, Worker, StatefulStore, ScheduledJob, Task or NodeAgent";

/** What an application may not write at all. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  ...rows(SECRET, ["Secret"]),
  ...rows(BOUNDARY, ["Namespace", "ResourceQuota", "LimitRange", "PeerAuthentication", "EnvoyFilter"]),
  ...rows(BOUNDARY, ["SecretStore", "ClusterSecretStore"]),
  ...rows(RIGHTS, ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]),
  ...rows(DOOR, ["Ingress", "Gateway", "TargetGroupBinding"]),
};

/** What an application may write only by way of its workloads. */
const WORKLOADS_ONLY: Readonly<Record<string, string>> = {
  ...rows(PODS, ["Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"]),
  ...rows(FLOW, ["NetworkPolicy", "AuthorizationPolicy", "Sidecar", "ServiceEntry"]),
  ...rows(DOOR, ["VirtualService"]),
};

/** An object as it will be written, patches included. */
interface Written {
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly type?: string; readonly externalIPs?: readonly string[] };
}

/**
 * What is wrong with the objects of an application: each stands in its tenant's namespace, and none is the tenant's boundary, a credential, or a
 * pod that nobody hardened. Admission says the same in the cluster; here it is said before anything is deployed.
 */
export function refusals(application: IConstruct, tenant: string): string[] {
  return application.node
    .findAll()
    .filter((node) => node instanceof ApiObject)
    .flatMap((object) => {
      const written = object.toJson() as Written;
      return [
        ...misplaced(written, tenant),
        ...foreign(written, ofWorkload(object)),
        ...door(written),
        ...unplaceable(written.kind, written.spec),
      ].map((problem) => `${written.kind} "${object.name}" ${problem}`);
    });
}

function misplaced({ metadata: { namespace } }: Written, tenant: string): string[] {
  if (namespace === tenant) return [];
  const where = namespace === undefined ? "in no namespace" : `in namespace "${namespace}"`;
  return [`stands ${where}, and the application in tenant "${tenant}"; leave metadata.namespace away`];
}

function foreign({ kind }: Written, ofWorkload: boolean): string[] {
  const why = FORBIDDEN[kind] ?? (ofWorkload ? undefined : WORKLOADS_ONLY[kind]);
  return why === undefined ? [] : [`is not an application's to write: ${why}`];
}

function door({ kind, spec }: Written): string[] {
  if (kind !== "Service") return [];
  const { type = "ClusterIP", externalIPs = [] } = spec ?? {};
  if (type === "ClusterIP" && externalIPs.length === 0) return [];
  return [`opens a door of its own (${externalIPs.length > 0 ? "externalIPs" : type}): ${DOOR}`];
}

function ofWorkload(object: IConstruct): boolean {
  return object.node.scopes.some((scope) => scope instanceof Workload);
}

function rows(why: string, kinds: readonly string[]): Record<string, string> {
  return Object.fromEntries(kinds.map((kind) => [kind, why]));
}
