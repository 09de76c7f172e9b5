import { k8s } from "cdk8s-plus-28";
import type { Chart } from "cdk8s";
import { clusterScoped } from "../cluster-scoped";
import type { Environment } from "./index";

/** Which Pod Security Standard holds in a tenant, and why where it is not the restricted one. */
export type PodSecurity =
  { readonly level: "restricted" } | { readonly level: "baseline" | "privileged"; readonly reason: string };

interface NamespaceArgs {
  readonly owner: string;
  readonly environment: Environment;
  readonly podSecurityVersion: string;
  readonly podSecurity?: PodSecurity;
}

/** The label by which policies find a tenant's namespace; only the platform writes namespaces. */
export const TENANT = "bulwark/tenant";

/** The annotations of a namespace that people and notifications read. */
const OWNER = "bulwark/owner";
const REASON = "bulwark/pod-security-reason";

/**
 * Emits the namespace: Pod Security enforced, audited and warned of at a pinned version (KEP-2579), and every pod in the mesh.
 *
 * @throws Error without an owner, for a version that is none, and for a weaker level without a reason
 */
export function namespace(tenant: Chart, args: NamespaceArgs): void {
  const { owner, environment, podSecurityVersion: version, podSecurity = { level: "restricted" } } = args;
  if (owner.trim() === "") throw new Error(`owner must be who answers for tenant "${tenant.node.id}", got "${owner}"`);
  if (!/^v1\.\d+$/.test(version)) {
    throw new Error(
      `podSecurityVersion must be a Kubernetes minor such as v1.36, got "${version}"; "latest" would change the rules by itself`,
    );
  }
  const reason = "reason" in podSecurity ? podSecurity.reason : undefined;
  if (reason?.trim() === "")
    throw new Error(`Pod Security level ${podSecurity.level} needs a reason; say which pods need it and why`);

  clusterScoped(
    new k8s.KubeNamespace(tenant, "namespace", {
      metadata: {
        name: tenant.node.id,
        annotations: { [OWNER]: owner, ...(reason !== undefined && { [REASON]: reason }) },
        labels: {
          "app.kubernetes.io/name": tenant.node.id,
          "bulwark/environment": environment,
          [TENANT]: tenant.node.id,
          "istio-injection": "enabled",
          "pod-security.kubernetes.io/enforce": podSecurity.level,
          "pod-security.kubernetes.io/enforce-version": version,
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/audit-version": version,
          "pod-security.kubernetes.io/warn": "restricted",
          "pod-security.kubernetes.io/warn-version": version,
        },
      },
    }),
  );
}
