import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { label } from "./name";

export interface ExternalSecretArgs {
  /** The secret's name in the tenant, as the platform's owners grant it. */
  readonly secret: string;
}

/** The store that every tenant has: it reads the tenant's own secrets from AWS Secrets Manager and no others. */
export const STORE = "tenant";

/** A secret that lives in AWS Secrets Manager and is brought into the cluster by the External Secrets Operator, anew every hour. */
export class ExternalSecret extends Construct {
  /** The Kubernetes Secret that it becomes. */
  readonly name: string;

  constructor(scope: Construct, id: string, { secret }: ExternalSecretArgs) {
    super(scope, `secret-${id}`);
    this.name = ExternalSecret.nameOf(scope.node.id, secret);
    new ApiObject(this, "external-secret", {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: this.name },
      spec: {
        refreshPolicy: "Periodic",
        refreshInterval: "1h0m0s",
        secretStoreRef: { kind: "SecretStore", name: STORE },
        // Kept when the source is gone: an accident in the manager must not stop what runs.
        target: { name: this.name, creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [{ secretKey: "value", remoteRef: { key: label("a secret's name", secret) } }],
      },
    });
  }

  /**
   * The Kubernetes Secret in which a workload finds a secret of its tenant: each workload has its own. The dot, which neither name
   * can hold, keeps `a` with `b-c` apart from `a-b` with `c`.
   */
  static nameOf(workload: string, secret: string): string {
    return `${label("a workload's name", workload)}.${label("a secret's name", secret)}`;
  }
}
