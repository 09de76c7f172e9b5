import { ApiObject, JsonPatch } from "cdk8s";
import {
  App,
  type Application,
  type ContainerArgs,
  Profile,
  ScheduledJob,
  StatefulStore,
  Task,
  WebService,
  Worker,
} from "../../constructs";
import { IMAGE_FAMILY } from "../../constructs/platform";
import { labels } from "../../stacks/nodes/pool";
import { application, IMAGE } from "./golden/cases";
import { pods, written } from "./manifest";
import { type Pod, refusals } from "./pod-security";

const HEALTH = { command: ["/bin/alive"] } as const;

/** Every kind of workload that may name a profile. */
const KINDS: Readonly<Record<string, (shop: Application, more: Pick<ContainerArgs, "profile">) => unknown>> = {
  WebService: (shop, more) => new WebService(shop, "it", { image: IMAGE, port: 8080, ...more }),
  StatefulStore: (shop, more) => new StatefulStore(shop, "it", { image: IMAGE, port: 8080, storage: "1Gi", ...more }),
  Worker: (shop, more) => new Worker(shop, "it", { image: IMAGE, health: HEALTH, ...more }),
  ScheduledJob: (shop, more) => new ScheduledJob(shop, "it", { image: IMAGE, schedule: "@daily", ...more }),
  Task: (shop, more) => new Task(shop, "it", { image: IMAGE, ...more }),
};
const kinds = Object.keys(KINDS);

/** The one pod that a workload of this kind makes. */
function podOf(kind: string, profile?: ContainerArgs["profile"]): Pod["spec"] {
  const app = new App();
  KINDS[kind]?.(application(app), profile === undefined ? {} : { profile });
  const [made] = pods(written(app));
  expect(made && refusals(made.pod as Pod)).toEqual([]);
  return made?.pod.spec as Pod["spec"];
}

const familyOf = (spec: Pod["spec"]): unknown =>
  (spec as { nodeSelector?: Record<string, string> }).nodeSelector?.[IMAGE_FAMILY];

describe("a workload of whose profile nothing is said", () => {
  it.each(kinds)("runs under the runtime's seccomp profile, on any node: %s", (kind) => {
    const spec = podOf(kind);
    expect(spec).toMatchObject({
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }],
    });
    expect(spec).not.toHaveProperty("nodeSelector");
    expect(JSON.stringify(spec)).not.toMatch(/appArmorProfile|seLinuxOptions/);
  });
});

describe("a workload that names a profile", () => {
  it.each(kinds)("runs under its own seccomp profile, and what the mesh adds under the runtime's: %s", (kind) => {
    const spec = podOf(kind, Profile.seccomp("operator/orders.json"));
    expect(spec).toMatchObject({
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        { securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "operator/orders.json" } } },
      ],
    });
    expect(familyOf(spec)).toBeUndefined();
  });

  it.each(kinds)("runs under AppArmor on Ubuntu nodes and no others: %s", (kind) => {
    const own = podOf(kind, Profile.appArmor({ localhost: "bulwark-orders" }));
    expect(own.containers).toMatchObject([
      { securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "bulwark-orders" } } },
    ]);
    expect(familyOf(own)).toBe("ubuntu");

    const runtimes = podOf(kind, Profile.appArmor("runtimeDefault"));
    expect(runtimes.containers).toMatchObject([{ securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }]);
    expect(familyOf(runtimes)).toBe("ubuntu");
  });

  it.each(kinds)("runs under an SELinux type on Bottlerocket nodes and no others: %s", (kind) => {
    const spec = podOf(kind, [Profile.seccomp("operator/orders.json"), Profile.seLinux("container_t")]);
    expect(spec.containers).toMatchObject([
      { securityContext: { seLinuxOptions: { type: "container_t" }, seccompProfile: { type: "Localhost" } } },
    ]);
    expect(familyOf(spec)).toBe("bottlerocket");
  });

  it("is pinned by the very label that node groups carry", () => {
    const pool = { labels: {}, image: { from: "eks" } } as never;
    expect(Object.keys(labels("system", pool))).toContain(IMAGE_FAMILY);
  });
});

describe("a patch that adds a field younger than the types that write the object", () => {
  it("reaches the manifest", () => {
    const app = new App();
    new WebService(application(app), "it", { image: IMAGE, port: 8080 }).patch({
      kind: "Deployment",
      reason: "the pods share one budget",
      operations: [JsonPatch.add("/spec/template/spec/resources", { limits: { memory: "1Gi" } })],
    });
    expect(pods(written(app))).toMatchObject([{ pod: { spec: { resources: { limits: { memory: "1Gi" } } } } }]);
  });

  it("is needed because cdk8s drops such a field without a word", () => {
    const app = new App();
    const service = new WebService(application(app), "it", { image: IMAGE, port: 8080 });
    const deployment = service.node.findAll().find((node) => node instanceof ApiObject && node.kind === "Deployment");
    (deployment as ApiObject).addJsonPatch(JsonPatch.add("/spec/template/spec/resources", {}));
    expect(JSON.stringify(pods(written(app))[0]?.pod.spec)).not.toContain('"resources":{}');
  });
});
