import { ISSUER } from "../../../constructs/platform";
import type { ChartObject } from "./chart";

/** Who a certificate is for. */
interface CertificateArgs {
  readonly name: string;
  readonly namespace: string;
  readonly dnsNames: readonly string[];
  readonly usage: "server auth" | "client auth";
}

/** A certificate of the platform's issuer for one end of a connection: ECDSA, new every month, key and all. */
export function certificate({ name, namespace, dnsNames, usage }: CertificateArgs): ChartObject {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, namespace },
    spec: {
      secretName: name,
      dnsNames,
      duration: "1440h0m0s",
      renewBefore: "720h0m0s",
      usages: ["digital signature", usage],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { group: "cert-manager.io", ...ISSUER },
    },
  };
}
