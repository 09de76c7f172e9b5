import { host, label, type PeerName } from "../name";
import type { Requirements, WorkloadRequirements } from "../requirements";

/** What one workload was granted, as the gateways know it. */
interface Grantee {
  readonly tenant: string;
  /** The name that its pods carry. */
  readonly workload: string;
  /** The identity that its pods have in the mesh. */
  readonly serviceAccount: string;
}

/** A host, and everybody to whom it was granted. */
export interface Grant {
  readonly host: string;
  readonly to: readonly [Grantee, ...Grantee[]];
}

/**
 * Turns approved requirements round: from what each workload asked for to who asked for each host. The order does not depend on that of the
 * requirements, and what nobody asks for any more is not there.
 *
 * @param what `reaches`: hosts on the internet; `hosts`: public names that lead to the workload
 * @throws Error for hosts that are more than one name, and for tenants and workloads that are no names
 */
export function grants(requirements: readonly Requirements[], what: "reaches" | "hosts"): readonly Grant[] {
  const granted = new Map<string, Map<string, Grantee>>();
  for (const { tenant, workloads } of requirements) {
    for (const workload of workloads) {
      for (const name of workload[what]) {
        const to = granted.get(host("a host in the requirements", name)) ?? new Map<string, Grantee>();
        granted.set(name, to.set(`${tenant}/${workload.workload}`, grantee(tenant, workload)));
      }
    }
  }
  return sorted(granted).flatMap(([name, to]) => {
    const [first, ...rest] = sorted(to).map(([, each]) => each);
    return first === undefined ? [] : [{ host: name, to: [first, ...rest] as const }];
  });
}

/** The identity to which something was granted. */
export function identity({ tenant, serviceAccount }: Grantee): PeerName {
  return { tenant, name: serviceAccount };
}

/** Every tenant once, in order. */
export function tenants(list: readonly Grant[]): string[] {
  return [...new Set(list.flatMap(({ to }) => to.map(({ tenant }) => tenant)))].sort();
}

/** Every grantee once, in order. */
export function grantees(list: readonly Grant[]): Grantee[] {
  const all = new Map(list.flatMap(({ to }) => to.map((each) => [`${each.tenant}/${each.workload}`, each] as const)));
  return sorted(all).map(([, each]) => each);
}

function grantee(tenant: string, { workload, serviceAccount }: WorkloadRequirements): Grantee {
  return {
    tenant: label("a tenant in the requirements", tenant),
    workload: label("a workload in the requirements", workload),
    serviceAccount: label("a service account in the requirements", serviceAccount),
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
