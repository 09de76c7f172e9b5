import { JsonPatch, ScheduledJob, StatefulStore, Task, WebService, Worker } from "../../../constructs";
import { image, type Wrong } from "./row";

const HOST_PATH = JsonPatch.add("/spec/template/spec/volumes/-", { name: "node", hostPath: { path: "/" } });

/** Wrong uses of one kind of workload, and of the way out of its defaults. */
export const workload: readonly Wrong[] = [
  {
    name: "a privileged port",
    write: (shop) => new WebService(shop, "it", { image, port: 80 }),
    got: "got 80",
    fix: "a number from 1024",
  },
  {
    name: "a single pod without saying so",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, replicas: 1 }),
    got: "got 1",
    fix: 'write { single: true, reason: "…" }',
  },
  {
    name: "a single pod without a reason",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, replicas: { single: true, reason: " " } }),
    got: "a single pod needs a reason",
    fix: "say why an outage at every drain is acceptable",
  },
  {
    name: "a range of pods that is reversed",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, replicas: { min: 8, max: 2 } }),
    got: "(8), got 2",
    fix: "must be above replicas.min",
  },
  {
    name: "a range of pods that begins with an outage",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, replicas: { min: 0, max: 2 } }),
    got: "got 0",
    fix: "a whole number from 2",
  },
  {
    name: "pods added at more processor time than there is",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, replicas: { min: 2, max: 4, cpu: 170 } }),
    got: "got 170",
    fix: "1 to 100 percent",
  },
  {
    name: "no health check and no reason",
    write: (shop) => new Worker(shop, "it", { image, health: { unknown: true, reason: "" } }),
    got: "without a health check needs a reason",
    fix: "give a command or say why not",
  },
  {
    name: "cron with four fields",
    write: (shop) => new ScheduledJob(shop, "it", { image, schedule: "0 3 * *" }),
    got: '"0 3 * *"',
    fix: "write for example 0 3 * * *",
  },
  {
    name: "cron with seconds",
    write: (shop) => new ScheduledJob(shop, "it", { image, schedule: "0 0 3 * * *" }),
    got: '"0 0 3 * * *"',
    fix: "five fields",
  },
  {
    name: "a minute that no hour has",
    write: (shop) => new ScheduledJob(shop, "it", { image, schedule: "61 3 * * *" }),
    got: '"61 3 * * *"',
    fix: "write for example 0 3 * * *",
  },
  {
    name: "a time zone that is the controller's own",
    write: (shop) => new ScheduledJob(shop, "it", { image, schedule: "0 3 * * *", timeZone: "Local" }),
    got: '"Local"',
    fix: "write for example Europe/Berlin",
  },
  {
    name: "a name too long for the jobs it makes",
    write: (shop) => new ScheduledJob(shop, "n".repeat(53), { image, schedule: "0 3 * * *" }),
    got: '"nnnn',
    fix: "1 to 52",
  },
  {
    name: "a name too long for the pods of a store",
    write: (shop) => new StatefulStore(shop, "n".repeat(53), { image, port: 5432, storage: "1Gi" }),
    got: '"nnnn',
    fix: "1 to 52",
  },
  {
    name: "a job that never ends",
    write: (shop) => new Task(shop, "it", { image, timeout: 0 }),
    got: "got 0",
    fix: "whole seconds from 1",
  },
  {
    name: "a job that is tried half a time",
    write: (shop) => new Task(shop, "it", { image, retries: 0.5 }),
    got: "got 0.5",
    fix: "a whole number from 0",
  },
  {
    name: "a store without a unit",
    write: (shop) => new StatefulStore(shop, "it", { image, port: 5432, storage: "20" }),
    got: '"20"',
    fix: "Ki, Mi, Gi or Ti",
  },
  {
    name: "a store that keeps its data in a scratch folder",
    write: (shop) =>
      new StatefulStore(shop, "it", { image, port: 5432, storage: "1Gi", path: "/data", scratch: { "/data": "1Mi" } }),
    got: '"/data" is a scratch folder as well',
    fix: "does not belong there",
  },
  {
    name: "a store at a relative path",
    write: (shop) => new StatefulStore(shop, "it", { image, port: 5432, storage: "1Gi", path: "var/../etc" }),
    got: '"var/../etc"',
    fix: "must be an absolute path",
  },
  {
    name: "a folder of the node without a reason",
    write: (shop) =>
      new WebService(shop, "it", { image, port: 8080 }).patch({
        kind: "Deployment",
        reason: "",
        operations: [HOST_PATH],
      }),
    got: "a patch of Deployment needs a reason",
    fix: "say why the default does not fit",
  },
  {
    name: "a patch of what is not there",
    write: (shop) =>
      new Task(shop, "it", { image }).patch({ kind: "Deployment", reason: "it is slow", operations: [HOST_PATH] }),
    got: "emits no Deployment",
    fix: "it emits AuthorizationPolicy, Job",
  },
  {
    name: "a patch that moves an object out of its tenant",
    write: (shop) =>
      new Task(shop, "it", { image }).patch({
        kind: "Job",
        reason: "it belongs there",
        operations: [JsonPatch.replace("/metadata/namespace", "kube-system")],
      }),
    got: 'in namespace "kube-system"',
    fix: "leave metadata.namespace away",
  },
  {
    name: "a patch that opens a door to the internet",
    write: (shop) =>
      new WebService(shop, "it", { image, port: 8080 }).patch({
        kind: "Service",
        reason: "partners call it",
        operations: [JsonPatch.replace("/spec/type", "LoadBalancer")],
      }),
    got: "a door of its own (LoadBalancer)",
    fix: "write `host` on a WebService",
  },
];
