import type { Requirements, WorkloadRequirements } from "../../../constructs";

/** A workload that needs nothing but what is given. */
export function workload(name: string, needs: Partial<WorkloadRequirements>): WorkloadRequirements {
  return {
    workload: name,
    serviceAccount: name,
    reaches: [],
    buckets: [],
    secrets: [],
    hosts: [],
    calls: [],
    accepts: [],
    ...needs,
  };
}

/** An application of a tenant with these workloads. */
export function application(tenant: string, ...workloads: readonly WorkloadRequirements[]): Requirements {
  return { application: `${tenant}-app`, tenant, owner: `${tenant}@example.com`, workloads };
}

/** Two tenants that share one host, and one of them with another for itself. */
export const shop = application(
  "team-shop",
  workload("storefront", { hosts: ["shop.example.com"], reaches: ["api.stripe.com"] }),
  workload("mailer", { reaches: ["api.mail.example.net"] }),
);
export const pay = application("team-pay", workload("payments", { reaches: ["api.stripe.com"] }));
