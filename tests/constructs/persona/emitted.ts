import { Testing } from "cdk8s";
import { App, Application, ScheduledJob, StatefulStore, Task, WebService, Worker } from "../../../constructs";
import type { Manifest } from "../admission";

const IMAGE = `registry.example.com/shop@sha256:${"a".repeat(64)}`;

/** The API group and resource of every kind that an application emits. */
const RESOURCES: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "security.istio.io/authorizationpolicies",
  CronJob: "batch/cronjobs",
  Deployment: "apps/deployments",
  ExternalSecret: "external-secrets.io/externalsecrets",
  HorizontalPodAutoscaler: "autoscaling/horizontalpodautoscalers",
  Job: "batch/jobs",
  NetworkPolicy: "networking.k8s.io/networkpolicies",
  PodDisruptionBudget: "policy/poddisruptionbudgets",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  Sidecar: "networking.istio.io/sidecars",
  StatefulSet: "apps/statefulsets",
  VirtualService: "networking.istio.io/virtualservices",
};

/** What an application of the tenant emits that uses everything there is. */
function application(): Manifest[] {
  const app = new Application(new App(), "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  const orders = new StatefulStore(app, "orders-db", {
    image: IMAGE,
    port: 5432,
    storage: "20Gi",
    secrets: ["password"],
  });
  const web = new WebService(app, "web", {
    image: IMAGE,
    port: 8080,
    host: "shop.example.com",
    replicas: { min: 2, max: 5 },
  });
  web.calls(orders).reaches("api.stripe.com").usesBucket("invoices");
  web.accepts("team-pay/ledger");
  new Worker(app, "mailer", { image: IMAGE, health: { command: ["alive"] } }).calls(web);
  new Task(app, "migrate", { image: IMAGE }).calls(orders);
  new ScheduledJob(app, "report", { image: IMAGE, schedule: "0 3 * * *" }).calls(orders);
  return Testing.synth(app) as Manifest[];
}

export const EMITTED: readonly Manifest[] = application();

/** The resource of an object, with its API group. */
export const resourceOf = ({ kind }: Manifest): string => RESOURCES[kind] ?? `unknown/${kind}`;

/** One object that the application emits. */
export function emitted(kind: string, name: string): Manifest {
  const found = EMITTED.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
}
