/**
 * The checks 3.2.1 to 3.2.9 of CIS EKS 1.8 and how kube-bench judges them (cfg/eks-1.8.0/node.yaml, check/test.go): an
 * item looks for a flag in the kubelet's command line, and where there is none for a path in its file; it wants it set, and
 * compared if so, or wants it absent; `anyOf` is bin_op or.
 */
interface Item {
  readonly flag: string;
  readonly path: string;
  /** False: passes where nothing is found. */
  readonly set?: false;
  readonly compare?: readonly [op: "eq" | "noteq" | "gte" | "nothave", value: string];
}

interface Check {
  readonly id: string;
  readonly anyOf: readonly [Item, ...Item[]];
}

const must = (id: string, flag: string, path: string, compare?: Item["compare"]): Check => ({
  id,
  anyOf: [{ flag, path, ...(compare !== undefined && { compare }) }],
});

const may = (id: string, flag: string, path: string, compare: Item["compare"]): Check => ({
  id,
  anyOf: [
    { flag, path, ...(compare !== undefined && { compare }) },
    { flag, path, set: false },
  ],
});

const CHECKS: readonly Check[] = [
  must("3.2.1", "--anonymous-auth", "authentication.anonymous.enabled", ["eq", "false"]),
  must("3.2.2", "--authorization-mode", "authorization.mode", ["nothave", "AlwaysAllow"]),
  must("3.2.3", "--client-ca-file", "authentication.x509.clientCAFile"),
  must("3.2.4", "--read-only-port", "readOnlyPort", ["eq", "0"]),
  may("3.2.5", "--streaming-connection-idle-timeout", "streamingConnectionIdleTimeout", ["noteq", "0"]),
  may("3.2.6", "--make-iptables-util-chains", "makeIPTablesUtilChains", ["eq", "true"]),
  may("3.2.7", "--event-qps", "eventRecordQPS", ["gte", "0"]),
  may("3.2.8", "--rotate-certificates", "rotateCertificates", ["eq", "true"]),
  must("3.2.9", "RotateKubeletServerCertificate", "featureGates.RotateKubeletServerCertificate", ["eq", "true"]),
];

/** How many checks there are. */
export const COUNT = CHECKS.length;

/** The ids of the checks that a kubelet fails, by its command line and its configuration file. */
export function failures(configuration: object, commandLine = ""): string[] {
  return CHECKS.filter(({ anyOf }) => !anyOf.some((item) => passes(item, configuration, commandLine))).map(
    ({ id }) => id,
  );
}

function passes({ flag, path, set, compare }: Item, configuration: object, commandLine: string): boolean {
  const value = flagged(flag, commandLine) ?? text(path.split(".").reduce<unknown>(field, configuration));
  if (set === false) return value === undefined;
  if (value === undefined) return false;
  if (compare === undefined) return true;

  const [op, wanted] = compare;
  switch (op) {
    case "eq":
      return value.toLowerCase() === wanted;
    case "noteq":
      return value.toLowerCase() !== wanted;
    case "gte":
      return Number(value) >= Number(wanted);
    case "nothave":
      return !value.includes(wanted);
  }
}

/** A flag's value; one that stands alone is true. A feature gate ends at its comma, a flag at the next space. */
function flagged(flag: string, commandLine: string): string | undefined {
  const value = flag.startsWith("--") ? "[^\\s]*" : "[^\\s,]*";
  const found = new RegExp(`(?:^|[\\s,=])${flag}(?:=(${value}))?(?=[\\s,]|$)`).exec(commandLine);
  return found === null ? undefined : (found[1] ?? "true");
}

const text = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === "string" ? value : JSON.stringify(value);

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
