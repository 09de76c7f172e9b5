import { k8s } from "cdk8s-plus-28";
import type { Application } from "./application";
import { folder } from "./name";
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

/** A StatefulSet adds eleven characters to its name where it labels its pods with their revision (kubernetes/kubernetes#64023). */
const LONGEST_NAME = 52;

/** A store that keeps its data on encrypted volumes, which outlive it: deleting the workload deletes no data. */
export class StatefulStore extends Server {
  constructor(application: Application, id: string, args: StatefulStoreArgs) {
    super(application, id, args, "tcp", LONGEST_NAME);
    this.statefulSet(args);
    // Without an address of its own every pod is found by its own name, as replicating software wants it.
    this.service({ clusterIp: "None" });
    disruptionBudget(this);
  }

  private statefulSet({ storage, path = `/var/lib/${this.name}`, replicas = 1, health }: StatefulStoreArgs): void {
    if (!Number.isInteger(replicas) || replicas < 1) {
      throw new Error(`replicas must be a whole number from 1, got ${replicas}`);
    }
    const mountPath = folder("the store's path", path);
    if (Object.keys(this.container.scratch ?? {}).includes(mountPath))
      throw new Error(`the store's path "${path}" is a scratch folder as well; what must last does not belong there`);
    const serving = this.serving(health);
    this.controller(
      new k8s.KubeStatefulSet(this, "stateful-set", {
        metadata: this.controllerMetadata,
        spec: {
          replicas,
          serviceName: this.name,
          selector: { matchLabels: { ...this.selector } },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
          template: this.podTemplate(
            { ...serving, volumeMounts: [{ name: "data", mountPath }] },
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
      }),
    );
  }
}
