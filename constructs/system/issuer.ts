import { ApiObject, Chart } from "cdk8s";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";
import { ISSUER } from "../platform";

/** Where cert-manager looks for the Secret of a ClusterIssuer: its own namespace (cert-manager, `--cluster-resource-namespace`). */
const NAMESPACE = "cert-manager";
const SELF_SIGNED = "platform-self-signed";
const YEAR = 8760;

/**
 * Who signs certificates for servers inside the cluster: a root of ten years that signs itself once, and the ClusterIssuer under it. Needs cert-manager, and
 * comes before whatever asks for a certificate. No key leaves the cluster; whoever reads Secrets in cert-manager's namespace holds it.
 */
export class PlatformIssuer extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: NAMESPACE, labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    this.selfSigned();
    this.root();
    this.issuer();
  }

  private selfSigned(): void {
    new ApiObject(this, "self-signed", {
      apiVersion: "cert-manager.io/v1",
      kind: "Issuer",
      metadata: { name: SELF_SIGNED },
      spec: { selfSigned: {} },
    });
  }

  private root(): void {
    new ApiObject(this, "root", {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: ISSUER.name },
      spec: {
        secretName: ISSUER.name,
        commonName: ISSUER.name,
        isCA: true,
        usages: ["cert sign", "crl sign", "digital signature"],
        duration: `${10 * YEAR}h0m0s`,
        renewBefore: `${YEAR}h0m0s`,
        // A renewal keeps the key: with another one, every certificate under it would be a stranger's at once.
        privateKey: { algorithm: "ECDSA", size: 384, encoding: "PKCS8", rotationPolicy: "Never" },
        issuerRef: { group: "cert-manager.io", kind: "Issuer", name: SELF_SIGNED },
      },
    });
  }

  private issuer(): void {
    clusterScoped(
      new ApiObject(this, "issuer", {
        apiVersion: "cert-manager.io/v1",
        kind: ISSUER.kind,
        metadata: { name: ISSUER.name },
        spec: { ca: { secretName: ISSUER.name } },
      }),
    );
  }
}
