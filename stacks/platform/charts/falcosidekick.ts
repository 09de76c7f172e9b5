import { ISSUER } from "../../../constructs/platform";
import { certificate } from "./certificate";
import { type ChartContext, type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, SECCOMP, type Seccomp } from "./pod";

/** What is said to falcosidekick's chart. */
interface FalcosidekickValues {
  readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
  readonly replicaCount: number;
  readonly podSecurityContext: {
    readonly runAsNonRoot: true;
    readonly runAsUser: number;
    readonly fsGroup: number;
    readonly seccompProfile: Seccomp;
  };
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ["ALL"] };
  };
  readonly resources: Resources;
  readonly priorityClassName: string;
  readonly affinity: object;
  readonly config: {
    readonly alertmanager: { readonly endpoint: "/api/v2/alerts" };
    readonly aws: { readonly useirsa: false; readonly region: string };
    readonly tlsserver: {
      readonly deploy: true;
      readonly mutualtls: true;
      readonly existingSecret: string;
      readonly certfile: string;
      readonly keyfile: string;
      readonly cacertfile: string;
    };
  };
  readonly webui: { readonly enabled: false };
}

const NAME = "falcosidekick";
const SERVER = "falcosidekick-server";
/** It reads its certificate when it starts and never again, so each of its pods must end within half of this: six months. */
const DAYS = 365;
/** Where the chart mounts the server's Secret. */
const MOUNTED = "/etc/certs/server";

/** Where Falco sends what it saw. */
export const FALCOSIDEKICK = { host: `${NAME}.${NAME}.svc`, port: 2801 } as const;

/**
 * Who passes on what Falco saw. Falco's own namespace is privileged, so this one is another.
 *
 * @control charts-falcosidekick-known-callers
 * @control charts-falcosidekick-alertmanager
 * @control charts-pods-restricted
 */
export function falcosidekick({ cluster, image }: ChartContext): ChartRelease<FalcosidekickValues> {
  const { registry, repository, tag, digest } = image(NAME);
  return release({
    name: NAME,
    namespace: NAME,
    chart: NAME,
    podSecurity: "restricted",
    after: ["cert-manager"],
    needs: [`${ISSUER.kind} ${ISSUER.name}`],
    objects: [
      certificate({ name: SERVER, namespace: NAME, dnsNames: [FALCOSIDEKICK.host], usage: "server auth", days: DAYS }),
      budget(),
    ],
    values: {
      image: { registry, repository, tag: `${tag}@${digest}` },
      replicaCount: 2,
      podSecurityContext: { runAsNonRoot: true, runAsUser: 1234, fsGroup: 1234, seccompProfile: SECCOMP },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: resources("50m", "128Mi"),
      priorityClassName: CRITICAL,
      // The chart has no key for spread.
      affinity: apart(),
      config: {
        // The chart's own /api/v1 is answered with 410 since Alertmanager 0.27: no alert would arrive.
        alertmanager: { endpoint: "/api/v2/alerts" },
        aws: { useirsa: false, region: cluster.region },
        // Only Falco may speak, by a certificate; /ping for the kubelet stays plain on 2810.
        tlsserver: {
          deploy: true,
          mutualtls: true,
          existingSecret: SERVER,
          // The chart's own names do not exist in a Secret of cert-manager.
          certfile: `${MOUNTED}/tls.crt`,
          keyfile: `${MOUNTED}/tls.key`,
          cacertfile: `${MOUNTED}/ca.crt`,
        },
      },
      webui: { enabled: false },
    },
  });
}

const CORE = { "app.kubernetes.io/name": NAME, "app.kubernetes.io/component": "core" };

function budget() {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: NAME, namespace: NAME },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: CORE },
    },
  };
}

function apart() {
  const podAffinityTerm = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: CORE } };
  return {
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
  };
}
