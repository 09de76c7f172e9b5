import { type Manifest, ofKind, pods } from "../manifest";
import { authorises } from "./authorization";
import { connects, type End } from "./network";

type Labels = Readonly<Record<string, string>>;

/** A pod of some workload, at the address it happens to have. */
export interface Place {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly end: End;
  /** Who it is in the mesh; nothing for a pod without a proxy, which has no certificate. */
  readonly principal?: string;
  readonly ports: readonly number[];
}

/** Everything that emitted objects say of who may speak with whom, and nothing that was meant by them. */
export class World {
  readonly #policies: readonly Manifest[];
  readonly #namespaces: ReadonlyMap<string, Labels>;
  readonly places: readonly Place[];

  constructor(manifests: readonly Manifest[]) {
    this.#policies = manifests;
    // The API server writes a namespace's own name into its labels (KEP-2161).
    this.#namespaces = new Map(
      ofKind(manifests, "Namespace").map(({ metadata: { name, labels } }) => [
        name,
        { ...labels, "kubernetes.io/metadata.name": name },
      ]),
    );
    this.places = pods(manifests).map(({ by, namespace, pod }, index) => {
      const listens = pod.spec.containers.flatMap(({ ports = [] }) => ports);
      const place = this.place(namespace, pod.metadata.labels, `10.20.${index >> 8}.${index & 255}`);
      const meshed = place.pod?.namespaceLabels["istio-injection"] === "enabled";
      return {
        name: by.metadata.name,
        namespace,
        labels: pod.metadata.labels,
        end: place,
        ...(meshed && { principal: `cluster.local/ns/${namespace}/sa/${pod.spec.serviceAccountName ?? "default"}` }),
        ports: listens.map(({ containerPort }) => containerPort),
      };
    });
  }

  /** A pod that these objects did not make, such as one of the platform's. */
  place(namespace: string, labels: Labels, address: string): End {
    const namespaceLabels = this.#namespaces.get(namespace) ?? { "kubernetes.io/metadata.name": namespace };
    return { address, pod: { namespace, namespaceLabels, labels } };
  }

  /** Whether the network lets a connection through. */
  connects(from: End, to: End, port: number, protocol: "TCP" | "UDP" = "TCP"): boolean {
    return connects(this.#policies, { from, to, port, protocol });
  }

  /** Whether the proxy of the callee admits the caller. */
  authorises(from: Pick<Place, "principal" | "namespace">, to: Place, port: number): boolean {
    return authorises(this.#policies, {
      ...(from.principal !== undefined && { principal: from.principal }),
      namespace: from.namespace,
      to: { namespace: to.namespace, labels: to.labels },
      port,
    });
  }
}
