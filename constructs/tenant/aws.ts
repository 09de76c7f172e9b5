import { ApiObject, type Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import { STORE } from "../external-secret";
import { POD_IDENTITY_AGENT, USES_AWS } from "../platform";

/** How a tenant's workloads reach AWS without the internet; the cluster layer knows the values. */
export interface Aws {
  readonly region: string;
  /** The blocks in which the network's interface endpoints stand. */
  readonly endpoints: readonly [string, ...string[]];
  /** What the names of the tenant's secrets in AWS Secrets Manager begin with: `bulwark/<cluster>/<tenant>/`. */
  readonly secretsPrefix: string;
  /** The role that may read exactly these secrets; the operator's own role could read every tenant's. */
  readonly secretsRole: string;
}

/**
 * Emits the way to AWS for pods that say they need it (a role of their own still decides what they may do there), and the store from which
 * the tenant's secrets come.
 */
export function awsAccess(tenant: Chart, { region, endpoints, secretsPrefix, secretsRole }: Aws): void {
  const { cidr, ipv6, port } = POD_IDENTITY_AGENT;
  new k8s.KubeNetworkPolicy(tenant, "allow-aws", {
    metadata: { name: "allow-aws" },
    spec: {
      podSelector: { matchLabels: { ...USES_AWS } },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ ipBlock: { cidr } }, { ipBlock: { cidr: ipv6 } }],
          ports: [{ protocol: "TCP", port: k8s.IntOrString.fromNumber(port) }],
        },
        {
          to: endpoints.map((block) => ({ ipBlock: { cidr: block } })),
          ports: [{ protocol: "TCP", port: k8s.IntOrString.fromNumber(443) }],
        },
      ],
    },
  });
  new ApiObject(tenant, "secret-store", {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: { name: STORE },
    spec: { provider: { aws: { service: "SecretsManager", region, role: secretsRole, prefix: secretsPrefix } } },
  });
}
