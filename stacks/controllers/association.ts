import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { WorkloadRole } from "../addons/role";
import type { Cluster } from "../cluster";

/** Whom the platform layer must run a controller as, so that it gets its role. */
export interface Identity {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: pulumi.Output<string>;
}

/**
 * Hands a role to its service account. Neither namespace nor account need exist yet; a pod gets the role when it is made
 * after this, so the platform layer comes second. Session tags stay on: the role's trust asks for them.
 *
 * @control identity-association-pinned
 */
export function associated(
  name: string,
  { cluster, workload }: { readonly cluster: Pick<Cluster, "name">; readonly workload: WorkloadRole },
  opts: pulumi.CustomResourceOptions,
): Identity {
  const { role, namespace, serviceAccount, attached } = workload;
  new aws.eks.PodIdentityAssociation(
    name,
    { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn },
    { ...opts, dependsOn: [...attached] },
  );
  return { namespace, serviceAccount, roleArn: role.arn };
}
