import { k8s } from "cdk8s-plus-28";
import type { Application } from "./application";
import { cron } from "./cron";
import type { ContainerArgs } from "./workload/container";
import { Workload } from "./workload/workload";

export interface TaskArgs extends ContainerArgs {
  /** How often a failed run is tried again. @default 3 */
  readonly retries?: number;
  /** After how many seconds a run is stopped. @default 3600 */
  readonly timeout?: number;
}

export interface ScheduledJobArgs extends TaskArgs {
  /** When it runs: five fields of cron, in UTC unless `timeZone` says otherwise. */
  readonly schedule: string;
  /** @default Etc/UTC */
  readonly timeZone?: string;
}

/** A finished Job and its pods are kept for a day: long enough to read the logs of a night. */
const KEPT_SECONDS = 86_400;
const RETRIES = 3;
const TIMEOUT_SECONDS = 3_600;
/** A CronJob adds eleven characters to the names of its Jobs (Kubernetes, "CronJob"). */
const LONGEST_CRON_NAME = 52;

/** Work that is done once, at deployment. A changed image is a changed Job, which needs a new name. */
export class Task extends Workload {
  constructor(application: Application, id: string, args: TaskArgs) {
    super(application, id, args);
    this.controller(
      new k8s.KubeJob(this, "job", {
        metadata: this.metadata,
        spec: jobSpec(args, this.podTemplate({}, { restartPolicy: "Never" })),
      }),
    );
  }
}

/** Work that is done again and again by the clock. A run that still goes on is not overtaken by the next. */
export class ScheduledJob extends Workload {
  constructor(application: Application, id: string, args: ScheduledJobArgs) {
    super(application, id, args, LONGEST_CRON_NAME);
    this.controller(
      new k8s.KubeCronJob(this, "cron-job", {
        metadata: this.metadata,
        spec: {
          schedule: cron(args.schedule),
          timeZone: zone(args.timeZone ?? "Etc/UTC"),
          concurrencyPolicy: "Forbid",
          startingDeadlineSeconds: 300,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 3,
          jobTemplate: { spec: jobSpec(args, this.podTemplate({}, { restartPolicy: "Never" })) },
        },
      }),
    );
  }
}

function jobSpec(
  { retries = RETRIES, timeout = TIMEOUT_SECONDS }: TaskArgs,
  template: k8s.PodTemplateSpec,
): k8s.JobSpec {
  if (!Number.isInteger(retries) || retries < 0)
    throw new Error(`retries must be a whole number from 0, got ${retries}`);
  if (!Number.isInteger(timeout) || timeout < 1)
    throw new Error(`timeout must be whole seconds from 1, got ${timeout}`);
  return { backoffLimit: retries, activeDeadlineSeconds: timeout, ttlSecondsAfterFinished: KEPT_SECONDS, template };
}

/** Kubernetes looks the name up in the time zone database and refuses `Local`, which would be the controller's own zone. */
function zone(name: string): string {
  try {
    // Offsets such as +01:00 are known to JavaScript and not to the database.
    new Intl.DateTimeFormat("en", { timeZone: /^[A-Za-z]/.test(name) ? name : "" });
    return name;
  } catch {
    throw new Error(
      `timeZone must be a name of the time zone database, got "${name}"; write for example Europe/Berlin`,
    );
  }
}
