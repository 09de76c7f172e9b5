import { k8s } from "cdk8s-plus-28";
import type { Application } from "../application";
import { type Callee, type Protocol, unprivileged } from "../flow";
import { label, peer, type PeerName } from "../name";
import { INGRESS_GATEWAY } from "../platform";
import type { ContainerArgs } from "./container";
import { Workload } from "./workload";

/** What a workload with a port says besides its container. */
export interface ServerArgs extends ContainerArgs {
  /** The port it listens on; the Service has the same, since network policies match the pod's. */
  readonly port: number;
  /** How to ask whether it works. @default a connection to its port */
  readonly health?: Health;
}

/** Paths that answer 200 while all is well. They differ: a pod that cannot serve is taken out, one that hangs is started anew. */
export interface Health {
  readonly ready: string;
  readonly live: string;
}

/** A workload that others can call. */
export abstract class Server extends Workload implements Callee {
  readonly port: number;
  readonly protocol: Protocol;
  readonly #accepted: PeerName[] = [];

  protected constructor(application: Application, id: string, args: ServerArgs, protocol: Protocol, longest?: number) {
    super(application, id, args, longest);
    this.port = unprivileged(args.port);
    this.protocol = protocol;
  }

  /**
   * Lets a workload of another repository call this one.
   *
   * @param name its tenant and name: `team-checkout/cart`
   * @throws Error for another form of name, and for the platform's gateway, which a public name lets in
   */
  accepts(name: string): this {
    const from = peer("a workload to accept", name);
    if (from.tenant === INGRESS_GATEWAY.namespace)
      throw new Error(`"${name}" is the platform's gateway, not a workload; write \`host\` on a WebService`);
    this.#accepted.push(from);
    this.flows.open({ from, port: this.port, declared: "accept" });
    return this;
  }

  /** @internal */
  override get accepted(): readonly PeerName[] {
    return [...this.#accepted].sort((a, b) => (`${a.tenant}/${a.name}` < `${b.tenant}/${b.name}` ? -1 : 1));
  }

  protected service(spec: Partial<k8s.ServiceSpec> = {}): void {
    new k8s.KubeService(this, "service", {
      metadata: this.metadata,
      spec: {
        type: "ClusterIP",
        selector: { ...this.selector },
        ports: [
          {
            name: label("a port's name", this.protocol),
            port: this.port,
            targetPort: k8s.IntOrString.fromNumber(this.port),
            protocol: "TCP",
            appProtocol: this.protocol,
          },
        ],
        ...spec,
      },
    });
  }

  protected serving(health: Health | undefined): Partial<k8s.Container> {
    const port = k8s.IntOrString.fromNumber(this.port);
    const ask = (path: string | undefined) =>
      path === undefined ? { tcpSocket: { port } } : { httpGet: { path, port } };
    return {
      ports: [{ name: this.protocol, containerPort: this.port, protocol: "TCP" }],
      // Two minutes to start; after that a pod leaves service within 15 seconds and is started anew after two minutes.
      startupProbe: { ...ask(health?.ready), periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 2 },
      readinessProbe: { ...ask(health?.ready), periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 2 },
      livenessProbe: { ...ask(health?.live), periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 5 },
    };
  }
}
