import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { CONTROL_PLANE } from "../platform";

/** The mesh's roots, by number; a root that is being replaced stands beside its successor until no certificate of it is left. */
export interface Roots {
  /** The root under which the control plane signs. */
  readonly signing: number;
  /** The other root while one replaces the other. @default none */
  readonly beside?: number;
}

const { namespace } = CONTROL_PLANE;

/** The Secret that the control plane mounts and watches (istiod reads `tls.crt`, `tls.key` and `ca.crt`). */
const PLUGGED_IN = "cacerts";
const SELF_SIGNED = "mesh-self-signed";
const YEAR = 8760;

/**
 * Emits the mesh's certificate authority: a root of ten years that signs one thing, and under it the authority with which the control plane
 * signs pods. That one is new every month, key and all, and istiod takes it up without being started anew.
 *
 * @throws Error for roots that are no two different whole numbers from 1
 */
export function certificateAuthority(mesh: Construct, { signing, beside }: Roots): void {
  const roots = [signing, ...(beside === undefined ? [] : [beside])];
  if (!roots.every((root) => Number.isInteger(root) && root >= 1) || new Set(roots).size < roots.length) {
    throw new Error(
      `roots must be whole numbers from 1 and differ, got ${roots.join(" and ")}; the next root has the next number`,
    );
  }
  issuer(mesh, SELF_SIGNED, { selfSigned: {} });
  for (const name of roots.sort((a, b) => a - b).map(rootName)) {
    root(mesh, name);
    issuer(mesh, name, { ca: { secretName: name } });
  }
  intermediate(mesh, rootName(signing));
}

function rootName(root: number): string {
  return `mesh-root-${root}`;
}

function root(mesh: Construct, name: string): void {
  certificate(mesh, name, {
    commonName: name,
    duration: hours(10 * YEAR),
    renewBefore: hours(YEAR),
    // A renewal keeps the key, else it would end every trust in the mesh at once; a root is replaced by the next number.
    privateKey: { ...KEY, size: 384, rotationPolicy: "Never" },
    issuerRef: { kind: "Issuer", name: SELF_SIGNED },
  });
}

function intermediate(mesh: Construct, root: string): void {
  certificate(mesh, PLUGGED_IN, {
    commonName: "istiod",
    duration: hours(60 * 24),
    renewBefore: hours(30 * 24),
    privateKey: { ...KEY, size: 256, rotationPolicy: "Always" },
    issuerRef: { kind: "Issuer", name: root },
  });
}

const KEY = { algorithm: "ECDSA", encoding: "PKCS8" } as const;

function certificate(mesh: Construct, name: string, spec: Readonly<Record<string, unknown>>): void {
  new ApiObject(mesh, `certificate-${name}`, {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { namespace, name },
    spec: { secretName: name, isCA: true, usages: ["cert sign", "crl sign", "digital signature"], ...spec },
  });
}

function issuer(mesh: Construct, name: string, spec: Readonly<Record<string, unknown>>): void {
  new ApiObject(mesh, `issuer-${name}`, {
    apiVersion: "cert-manager.io/v1",
    kind: "Issuer",
    metadata: { namespace, name },
    spec,
  });
}

function hours(count: number): string {
  return `${count}h0m0s`;
}
