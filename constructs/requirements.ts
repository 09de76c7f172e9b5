import type { PeerName } from "./name";

/** A workload's call into another repository: useless until the workload there accepts it. */
export interface OutsideCall extends PeerName {
  readonly port: number;
}

/** What one workload needs that nobody in its repository can give. */
export interface WorkloadRequirements {
  readonly workload: string;
  /** The service account that the grant is for. */
  readonly serviceAccount: string;
  /** Hosts on the internet, reached through the egress gateway. */
  readonly reaches: readonly string[];
  /** Buckets, by the name the platform gives them. */
  readonly buckets: readonly string[];
  /** Secrets of the tenant, by name. */
  readonly secrets: readonly string[];
  /** Public names that lead to the workload. */
  readonly hosts: readonly string[];
  readonly calls: readonly OutsideCall[];
  /** Workloads of other tenants that may call this one. */
  readonly accepts: readonly PeerName[];
}

/**
 * What an application needs from outside its repository. The platform's owners review it; then roles, allow-lists, endpoints and
 * certificates follow from it, and what is removed from it is revoked.
 */
export interface Requirements {
  readonly application: string;
  readonly tenant: string;
  readonly owner: string;
  /** Only workloads that need anything. */
  readonly workloads: readonly WorkloadRequirements[];
}
