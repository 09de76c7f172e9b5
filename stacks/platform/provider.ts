import { Provider } from "@pulumi/kubernetes/provider";

import { renderKubeconfig } from "../identity/kubeconfig";
import type { Cluster } from "./cluster";

/**
 * The one Kubernetes provider of a stack, bound to one cluster. The kubeconfig holds no credential: the AWS CLI signs in as whoever
 * runs the program, who must be inside the network. Objects are applied by the server's own rules, and a cluster that does not answer
 * stops the update instead of emptying the state.
 */
export function kubernetesProvider({ arn, name, region, endpoint, certificateAuthority }: Cluster): Provider {
  return new Provider("kubernetes", {
    kubeconfig: renderKubeconfig({
      blueprint: { region, cluster: { name }, identity: {} },
      endpoint,
      certificateAuthority,
      signIn: "aws",
    }),
    clusterIdentifier: arn,
    enableServerSideApply: true,
  });
}
