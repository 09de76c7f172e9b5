const LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
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
