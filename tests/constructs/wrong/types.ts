// What is wrong here is wrong on purpose, and the compiler says so; the linter need not say it again.
/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-class-instance-assignment */
import {
  type App,
  Application,
  NodeAgent,
  Profile,
  StatefulStore,
  Task,
  Tenant,
  WebService,
  Worker,
} from "../../../constructs";
import { image } from "./row";

/** Wrong uses that the compiler refuses. Nobody runs them: types.test.ts asks the compiler about each row, with its directive and without. */
export function refusedByTheCompiler(app: App, shop: Application, web: WebService): unknown[] {
  const health = { command: ["/bin/alive"] } as const;
  const needs = { reason: "it reads the node's container logs" };
  const appArmor = Profile.appArmor("runtimeDefault");
  const worker = new Worker(shop, "mail", { image, health: { command: ["/bin/alive"] } });
  return [
    // @ts-expect-error an image is needed
    () => new WebService(shop, "it", { port: 8080 }),
    // @ts-expect-error a port is needed
    () => new WebService(shop, "it", { image }),
    // @ts-expect-error an owner is needed
    () => new Application(app, "it", { tenant: "team-shop" }),
    // @ts-expect-error a tenant is needed
    () => new Application(app, "it", { owner: "team-shop@example.com" }),
    // @ts-expect-error a worker says of its health
    () => new Worker(shop, "it", { image }),
    // @ts-expect-error unknown health needs a reason
    () => new Worker(shop, "it", { image, health: { unknown: true } }),
    // @ts-expect-error a command has at least one word
    () => new Worker(shop, "it", { image, health: { command: [] } }),
    // @ts-expect-error nobody can call a worker: it has no port
    () => web.calls(worker),
    // @ts-expect-error a callee is no string: remote() names a port too
    () => web.calls("team-pay/payments"),
    // @ts-expect-error a worker accepts nobody
    () => worker.accepts("team-pay/payments"),
    // @ts-expect-error a store says how much it stores
    () => new StatefulStore(shop, "it", { image, port: 5432 }),
    // @ts-expect-error no pod here is privileged
    () => new Worker(shop, "it", { image, health: { command: ["/bin/alive"] }, privileged: true }),
    // @ts-expect-error the security context is not to be written
    () => new Task(shop, "it", { image, securityContext: { runAsUser: 0 } }),
    // @ts-expect-error folders of the node are not to be mounted
    () => new Task(shop, "it", { image, volumes: [{ name: "node", hostPath: { path: "/" } }] }),
    // @ts-expect-error the node's network is not to be shared
    () => new Task(shop, "it", { image, hostNetwork: true }),
    // @ts-expect-error a single pod needs a reason
    () => new WebService(shop, "it", { image, port: 8080, replicas: { single: true } }),
    // @ts-expect-error plain TCP has no public name
    () => new WebService(shop, "it", { image, port: 8080, protocol: "tcp", host: "shop.example.com" }),
    // @ts-expect-error a store has no public name
    () => new StatefulStore(shop, "it", { image, port: 5432, storage: "1Gi", host: "db.example.com" }),
    // @ts-expect-error a workload stands in an application, not in an app
    () => new Task(app, "it", { image }),
    // @ts-expect-error the version does not change by itself
    () => new Tenant(app, "it", { owner: "me", podSecurityVersion: "latest" }),
    // @ts-expect-error a weaker level needs a reason
    () => new Tenant(app, "it", { owner: "me", podSecurityVersion: "v1.36", podSecurity: { level: "baseline" } }),
    // @ts-expect-error no profile is Unconfined
    () => new Task(shop, "it", { image, profile: Profile.appArmor("unconfined") }),
    // @ts-expect-error a type that may do more to the node is not to be had
    () => new Task(shop, "it", { image, profile: Profile.seLinux("super_t") }),
    // @ts-expect-error no node has AppArmor and SELinux
    () => new Task(shop, "it", { image, profile: [appArmor, Profile.seLinux("container_t")] }),
    // @ts-expect-error a node agent runs on every node, whatever its image
    () => new NodeAgent(shop, "it", { image, health, needs, profile: appArmor }),
    // @ts-expect-error a patch needs a reason
    () => web.patch({ kind: "Deployment", operations: [] }),
  ];
}
