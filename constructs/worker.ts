import { k8s } from "cdk8s-plus-28";
import type { Application } from "./application";
import { alive, type Alive } from "./alive";
import { disruptionBudget, type Replicas, replicas, scaling } from "./replicas";
import type { ContainerArgs } from "./workload/container";
import { ROLLOUT } from "./rollout";
import { spread } from "./workload/pod";
import { Workload } from "./workload/workload";

export interface WorkerArgs extends ContainerArgs {
  /** How to ask whether it still works; without a port there is no default that would mean anything. */
  readonly health: Alive;
  /** How many pods there are. @default 2, so that one node can always be drained */
  readonly replicas?: Replicas;
}

/** Pods that fetch their work themselves (from a queue, a stream): nobody can call them. */
export class Worker extends Workload {
  constructor(application: Application, id: string, args: WorkerArgs) {
    super(application, id, args);
    this.deployment(args);
    disruptionBudget(this);
    scaling(this, "Deployment", args.replicas);
  }

  private deployment({ replicas: wanted, health }: WorkerArgs): void {
    this.controller(
      new k8s.KubeDeployment(this, "deployment", {
        metadata: this.controllerMetadata,
        spec: {
          ...replicas(wanted),
          selector: { matchLabels: { ...this.selector } },
          strategy: ROLLOUT,
          template: this.podTemplate(alive(health), {
            topologySpreadConstraints: spread(this.selector, "pod-template-hash"),
          }),
        },
      }),
    );
  }
}
