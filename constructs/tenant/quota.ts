import { k8s } from "cdk8s-plus-28";
import type { Chart } from "cdk8s";
import { bytes, cores } from "../quantity";

/** The most that the workloads of a tenant may use together. What is left out keeps its default. */
export interface Quota {
  /** Promised processor time. @default 20 */
  readonly cpu?: string;
  /** Promised memory, which is also the limit. @default 64Gi */
  readonly memory?: string;
  /** Scratch space on the nodes' disks. @default 64Gi */
  readonly ephemeralStorage?: string;
  /** Volumes. @default 500Gi */
  readonly storage?: string;
  /** @default 100 */
  readonly pods?: number;
}

const QUOTA: Required<Quota> = { cpu: "20", memory: "64Gi", ephemeralStorage: "64Gi", storage: "500Gi", pods: 100 };

/** Processor time may be overbooked this often: what nobody uses goes to whoever asks. */
const OVERBOOKED = 4;

/**
 * Emits the tenant's quota. Services that open a door of their own count to zero: the platform has one door.
 *
 * @throws Error for amounts without unit
 */
export function quota(tenant: Chart, asked: Quota = {}): void {
  const { cpu, memory, ephemeralStorage, storage, pods } = { ...QUOTA, ...asked };
  if (!Number.isInteger(pods) || pods < 1) throw new Error(`quota.pods must be a whole number from 1, got ${pods}`);
  new k8s.KubeResourceQuota(tenant, "quota", {
    metadata: { name: "quota" },
    spec: {
      hard: quantities({
        "requests.cpu": cores("quota.cpu", cpu),
        "limits.cpu": overbooked(cores("quota.cpu", cpu)),
        "requests.memory": bytes("quota.memory", memory),
        "limits.memory": bytes("quota.memory", memory),
        "requests.ephemeral-storage": bytes("quota.ephemeralStorage", ephemeralStorage),
        "limits.ephemeral-storage": bytes("quota.ephemeralStorage", ephemeralStorage),
        "requests.storage": bytes("quota.storage", storage),
        pods: pods.toString(),
        "services.nodeports": "0",
        "services.loadbalancers": "0",
      }),
    },
  });
}

/** Emits what a container gets that asks for nothing, such as a debugging container, and the most one may have. */
export function limits(tenant: Chart): void {
  new k8s.KubeLimitRange(tenant, "limits", {
    metadata: { name: "limits" },
    spec: {
      limits: [
        {
          type: "Container",
          defaultRequest: quantities({ cpu: "100m", memory: "128Mi", "ephemeral-storage": "128Mi" }),
          default: quantities({ cpu: "1", memory: "128Mi", "ephemeral-storage": "128Mi" }),
        },
      ],
    },
  });
}

function overbooked(cpu: string): string {
  const millis = cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000;
  return `${Math.round(millis * OVERBOOKED)}m`;
}

function quantities(amounts: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]));
}
