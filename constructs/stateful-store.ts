import { k8s } from "cdk8s-plus-28";
import type { Application } from "./application";
import { STORAGE_CLASS } from "./platform";
import { bytes } from "./quantity";
import { disruptionBudget } from "./replicas";
import { spread } from "./workload/pod";
import { Server, type ServerArgs } from "./workload/server";

export interface StatefulStoreArgs extends ServerArgs {
  /** How much each pod stores, on an encrypted volume of its own: `20Gi`. It can grow later and never shrink. */
  readonly storage: string;
  /** Where the volume is mounted. @default /var/lib/<name> */
  readonly path?: string;
  /** How many pods there are; only software that replicates itself gains by more than one. @default 1 */
  readonly replicas?: number;
}

/** A store that keeps its data on encrypted volumes, which outlive it: deleting the workload deletes no data. */
export class StatefulStore extends Server {
  constructor(application: Application, id: string, args: StatefulStoreArgs) {
    super(application, id, args, "tcp");
    this.statefulSet(args);
    // Without an address of its own every pod is found by its own name, as replicating software wants it.
    this.service({ clusterIp: "None" });
    disruptionBudget(this);
  }

  private statefulSet({ storage, path = `/var/lib/${this.name}`, replicas = 1, health }: StatefulStoreArgs): void {
    if (!Number.isInteger(replicas) || replicas < 1) {
      throw new Error(`replicas must be a whole number from 1, got ${replicas}`);
    }
    const serving = this.serving(health);
    new k8s.KubeStatefulSet(this, "stateful-set", {
      metadata: this.controllerMetadata,
      spec: {
        replicas,
        serviceName: this.name,
        selector: { matchLabels: { ...this.selector } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        template: this.podTemplate(
          { ...serving, volumeMounts: [{ name: "data", mountPath: path }] },
          { topologySpreadConstraints: spread(this.selector, "controller-revision-hash") },
        ),
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              accessModes: ["ReadWriteOncePod"],
              storageClassName: STORAGE_CLASS,
              resources: { requests: { storage: k8s.Quantity.fromString(bytes("storage", storage)) } },
            },
          },
        ],
      },
    });
  }
}
