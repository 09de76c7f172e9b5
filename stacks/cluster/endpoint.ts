import type { ClusterBlueprint } from "../blueprint/schema";

/** The part of EKS's VPC configuration that decides who can reach the Kubernetes API. */
export interface Reach {
  readonly endpointPrivateAccess: true;
  readonly endpointPublicAccess: boolean;
  readonly publicAccessCidrs?: string[];
}

/**
 * Who can reach the Kubernetes API. AWS turns both defaults the other way round, so both are always said; the private
 * way stays open under a public endpoint too, else nodes would leave the VPC to reach their own control plane.
 *
 * @control cluster-private-endpoint
 * @control cluster-private-access
 * @control cluster-public-cidrs
 */
export function reach(endpoint: ClusterBlueprint["cluster"]["endpoint"]): Reach {
  switch (endpoint.access) {
    case "private":
      return { endpointPrivateAccess: true, endpointPublicAccess: false };
    case "public":
      return { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [...endpoint.from] };
  }
}
