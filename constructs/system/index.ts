import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { checked, type Family, type SystemNetwork } from "./network";
import { namespaces, priorities, storageClass } from "./objects";
import { policies } from "./policies";
import { tenantsNever } from "./tenants-never";

export interface SystemArgs {
  /** Where things stand; the cluster layer knows. */
  readonly network: SystemNetwork;
  /** The family of the pods' addresses. */
  readonly family: Family;
  /** The Kubernetes minor whose Pod Security Standards hold, such as v1.36. */
  readonly podSecurityVersion: `v1.${number}`;
  /** The ARN of the key that encrypts volumes. */
  readonly disksKey: string;
}

/**
 * What the platform needs before any of its charts: its namespaces and who may speak with whom in them, the encrypted default StorageClass
 * and priority classes.
 */
export class System extends Chart {
  constructor(scope: Construct, id: string, { network, family, podSecurityVersion, disksKey }: SystemArgs) {
    super(scope, id, { labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    namespaces(this, podSecurityVersion);
    policies(this, checked(network, family));
    tenantsNever(this, network);
    storageClass(this, disksKey);
    priorities(this);
  }
}
