import { k8s } from "cdk8s-plus-28";
import type { Application } from "./application";
import type { Protocol } from "./flow";
import { host } from "./name";
import { INGRESS_GATEWAY } from "./platform";
import { Route } from "./route";
import type { Replicas } from "./replicas";
import { disruptionBudget, replicas, scaling } from "./replicas";
import { ROLLOUT } from "./rollout";
import { spread } from "./workload/pod";
import { Server, type ServerArgs } from "./workload/server";

export interface WebServiceArgs extends ServerArgs {
  /** What it speaks. @default http */
  readonly protocol?: Exclude<Protocol, "tcp">;
  /** Its public name. @default none: nothing from outside the cluster leads here */
  readonly host?: string;
  /** How many pods there are. @default 2, so that one node can always be drained */
  readonly replicas?: Replicas;
}

/** A stateless service that speaks HTTP or gRPC. */
export class WebService extends Server {
  readonly #host: string | undefined;

  constructor(application: Application, id: string, args: WebServiceArgs) {
    super(application, id, args, args.protocol ?? "http");
    this.#host = args.host === undefined ? undefined : host("host", args.host);
    this.deployment(args);
    this.service();
    disruptionBudget(this);
    scaling(this, "Deployment", args.replicas);
    if (this.#host !== undefined) this.expose(this.#host);
  }

  protected override get hosts(): readonly string[] {
    return this.#host === undefined ? [] : [this.#host];
  }

  private deployment({ replicas: wanted, health }: WebServiceArgs): void {
    this.controller(
      new k8s.KubeDeployment(this, "deployment", {
        metadata: this.controllerMetadata,
        spec: {
          ...replicas(wanted),
          selector: { matchLabels: { ...this.selector } },
          strategy: ROLLOUT,
          template: this.podTemplate(this.serving(health), {
            topologySpreadConstraints: spread(this.selector, "pod-template-hash"),
          }),
        },
      }),
    );
  }

  private expose(name: string): void {
    new Route(this, "route", { host: name, service: this });
    const { namespace: tenant, serviceAccount } = INGRESS_GATEWAY;
    this.flows.open({ from: { tenant, name: serviceAccount }, port: this.port, declared: "host" });
  }
}
