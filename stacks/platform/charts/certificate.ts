import { ISSUER } from "../../../constructs/platform";
import type { ChartObject } from "./chart";

/** Who a certificate is for. */
interface CertificateArgs {
  readonly name: string;
  readonly namespace: string;
  readonly dnsNames: readonly string[];
  readonly usage: "server auth" | "client auth";
  /** How long it holds; it is renewed at half of that. */
  readonly days: number;
}

/** A certificate of the platform's issuer for one end of a connection: ECDSA, with a new key at each renewal. */
export function certificate({ name, namespace, dnsNames, usage, days }: CertificateArgs): ChartObject {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, namespace },
    spec: {
      secretName: name,
      dnsNames,
      duration: `${days * 24}h0m0s`,
      renewBefore: `${days * 12}h0m0s`,
      usages: ["digital signature", usage],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { group: "cert-manager.io", ...ISSUER },
    },
  };
}
