import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { CONTROL_PLANE } from "../platform";
import { certificateAuthority, type Roots } from "./certificate-authority";
import { defaults } from "./defaults";
import { IngressGateway, type IngressGatewayArgs } from "./ingress-gateway";

export interface MeshArgs extends IngressGatewayArgs {
  /** Under which root the mesh's certificates are signed. @default the first, and no other beside it */
  readonly roots?: Roots;
}

/**
 * The service mesh's own objects, owned by the platform: what holds where a namespace says nothing, the certificate authority, and the one way in.
 * The way out is the {@link EgressGateway}.
 */
export class Mesh extends Chart {
  constructor(scope: Construct, id: string, { roots = { signing: 1 }, ...ingress }: MeshArgs) {
    super(scope, id, {
      namespace: CONTROL_PLANE.namespace,
      labels: { "app.kubernetes.io/managed-by": "bulwark" },
    });
    defaults(this);
    certificateAuthority(this, roots);
    new IngressGateway(this, "ingress-gateway", ingress);
  }
}
