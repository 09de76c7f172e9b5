/**
 * The checks 3.2.1 to 3.2.9 of CIS EKS 1.8 as kube-bench judges a kubelet's configuration file (cfg/eks-1.8.0/node.yaml):
 * a value must be there, or may be absent, and then compares.
 */
interface Check {
  readonly id: string;
  readonly path: string;
  readonly mayBeAbsent: boolean;
  readonly passes: (value: unknown) => boolean;
}

const equals = (wanted: unknown) => (value: unknown) => value === wanted;
const anything = () => true;

const CHECKS: readonly Check[] = [
  { id: "3.2.1", path: "authentication.anonymous.enabled", mayBeAbsent: false, passes: equals(false) },
  {
    id: "3.2.2",
    path: "authorization.mode",
    mayBeAbsent: false,
    passes: (mode) => !String(mode).includes("AlwaysAllow"),
  },
  { id: "3.2.3", path: "authentication.x509.clientCAFile", mayBeAbsent: false, passes: anything },
  { id: "3.2.4", path: "readOnlyPort", mayBeAbsent: false, passes: equals(0) },
  { id: "3.2.5", path: "streamingConnectionIdleTimeout", mayBeAbsent: true, passes: (value) => value !== 0 },
  { id: "3.2.6", path: "makeIPTablesUtilChains", mayBeAbsent: true, passes: equals(true) },
  { id: "3.2.7", path: "eventRecordQPS", mayBeAbsent: true, passes: (value) => Number(value) >= 0 },
  { id: "3.2.8", path: "rotateCertificates", mayBeAbsent: true, passes: equals(true) },
  { id: "3.2.9", path: "featureGates.RotateKubeletServerCertificate", mayBeAbsent: false, passes: equals(true) },
];

/** How many checks there are. */
export const COUNT = CHECKS.length;

/** The ids of the checks that a kubelet's configuration fails. */
export function failures(configuration: object): string[] {
  return CHECKS.filter(({ path, mayBeAbsent, passes }) => {
    const value = path.split(".").reduce<unknown>((found, key) => field(found, key), configuration);
    return value === undefined ? !mayBeAbsent : !passes(value);
  }).map(({ id }) => id);
}

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
