import { SYSTEM_NAMESPACES } from "./system/namespaces";

const LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const FOLDER = /^(?:\/[A-Za-z0-9._][A-Za-z0-9._-]*)+$/;
const PEER = /^([^/]+)\/([^/]+)$/;

/** A workload of a tenant, as flows and identities name it. */
export interface PeerName {
  readonly tenant: string;
  readonly name: string;
}

/**
 * Answers a name that every kind of Kubernetes object accepts (RFC 1035 label).
 *
 * @param what the thing that is named, for the error
 * @param longest in characters; a CronJob's name leaves room for the suffix of its Jobs
 * @throws Error if the name is no DNS label or too long
 */
export function label(what: string, name: string, longest = 63): string {
  if (LABEL.test(name) && name.length <= longest) return name;
  throw new Error(
    `${what} must be 1 to ${longest} lower-case letters, digits and dashes that begin with a letter, got "${name}"`,
  );
}

/**
 * Answers a host that belongs to one name only.
 *
 * @throws Error for wildcards, addresses, ports, schemes and paths
 */
export function host(what: string, name: string): string {
  if (HOST.test(name)) return name;
  throw new Error(
    `${what} must be one full host name such as shop.example.com, got "${name}"; name each host by itself`,
  );
}

/**
 * Answers a list in which nothing stands twice.
 *
 * @throws Error that names what does
 */
export function distinct(what: string, names: readonly string[]): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new Error(`${what} must be named once, got "${twice}" twice; leave one away or rename it`);
}

/**
 * Answers a folder inside a container.
 *
 * @throws Error for a relative path, the root, and ways back up
 */
export function folder(what: string, path: string): string {
  if (FOLDER.test(path) && !path.split("/").some((part) => part === "." || part === "..")) return path;
  throw new Error(`${what} must be an absolute path without "..", got "${path}"; write for example /var/lib/data`);
}

/**
 * Reads `tenant/workload`.
 *
 * @throws Error if it has another form
 */
export function peer(what: string, name: string): PeerName {
  const [, tenant, workload] = PEER.exec(name) ?? [];
  if (tenant === undefined || workload === undefined) {
    throw new Error(`${what} must be written tenant/workload, got "${name}"`);
  }
  return { tenant: label(`the tenant in ${what}`, tenant), name: label(`the workload in ${what}`, workload) };
}

/**
 * Answers the name of a team's namespace. The cluster's own namespaces are nobody's tenants: rules that speak of their pods
 * would suddenly speak of a team's.
 *
 * @throws Error for a name that Kubernetes or the mesh uses for itself
 */
export function tenantName(what: string, name: string): string {
  const taken = SYSTEM_NAMESPACES.some((each) => each.name === name);
  if (!taken && !/^(?:kube-|istio-)/.test(name)) return label(what, name);
  throw new Error(
    `${what} must not be a namespace of the cluster itself, got "${name}"; write a name that is neither default nor begins with kube- or istio-, and no component of the platform`,
  );
}
