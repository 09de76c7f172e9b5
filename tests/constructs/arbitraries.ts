import fc from "fast-check";
import {
  Profile,
  App,
  Application,
  remote,
  ScheduledJob,
  StatefulStore,
  Task,
  Tenant,
  WebService,
  Worker,
  type ContainerArgs,
  type Replicas,
  type ScheduledJobArgs,
  type StatefulStoreArgs,
  type WebServiceArgs,
  type WorkerArgs,
} from "../../constructs";

/** What a team would write, as data: which workloads of which tenants, and who calls whom. */
export interface Plan {
  readonly workloads: readonly Declared[];
  /** Places in the list of workloads: the first calls the second. */
  readonly calls: readonly (readonly [number, number])[];
  /** The first consents to calls of the second. */
  readonly accepts: readonly (readonly [number, number])[];
  readonly reaches: readonly (readonly [number, string])[];
  readonly buckets: readonly (readonly [number, string])[];
}

type Declared = { readonly tenant: string; readonly name: string } & (
  | { readonly kind: "WebService"; readonly args: WebServiceArgs }
  | { readonly kind: "StatefulStore"; readonly args: StatefulStoreArgs }
  | { readonly kind: "Worker"; readonly args: WorkerArgs }
  | { readonly kind: "ScheduledJob"; readonly args: ScheduledJobArgs }
  | { readonly kind: "Task"; readonly args: ContainerArgs }
);

const TENANTS = ["team-shop", "team-pay", "team-logs"];
const OWN = ["default", "default-deny", "allow-dns", "allow-mesh", "allow-aws", "allow-nothing"];

/** Names as Kubernetes takes them, none of them the boundary's. */
const labels = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((name) => !OWN.includes(name));

const images = fc.stringMatching(/^registry\.example\.com\/[a-z]{1,8}@sha256:[0-9a-f]{64}$/);
const ports = fc.integer({ min: 1024, max: 65_535 });
const hosts = fc.stringMatching(/^[a-z]{1,8}\.example\.(com|org)$/);
const mebibytes = (min: number, max: number) => fc.integer({ min, max }).map((amount) => `${amount}Mi`);
const millicores = (min: number, max: number) => fc.integer({ min, max }).map((amount) => `${amount}m`);
const paths = fc.constantFrom("/tmp", "/var/cache/app", "/run/app", "/home/app/.cache", "/data");

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** Drops what was left out: an absent setting and one that is undefined are two things to the compiler. */
function said<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}

const seccomp = fc.stringMatching(/^operator\/[a-z]{1,8}\.json$/).map((path) => Profile.seccomp(path));
const confining = fc.oneof(
  fc.constant(Profile.appArmor("runtimeDefault")),
  fc
    .stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/)
    .map((localhost) => Profile.appArmor({ localhost: `bulwark-${localhost}` })),
  fc.constant(Profile.seLinux("container_t")),
);
const profiles: fc.Arbitrary<Profile> = fc.oneof(seccomp, confining, fc.tuple(seccomp, confining));

const containers: fc.Arbitrary<ContainerArgs> = fc
  .record({
    image: images,
    command: optional(fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
    args: optional(fc.array(fc.string(), { maxLength: 3 })),
    env: optional(fc.dictionary(fc.stringMatching(/^APP_[A-F]{1,3}_MODE$/), fc.string(), { maxKeys: 3 })),
    secrets: optional(fc.uniqueArray(labels, { maxLength: 3 })),
    scratch: optional(fc.dictionary(paths, mebibytes(1, 64), { maxKeys: 3 })),
    user: optional(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    profile: optional(profiles),
    resources: optional(
      fc
        .record({
          cpu: optional(millicores(1, 4000)),
          cpuLimit: optional(millicores(4000, 8000)),
          memory: optional(mebibytes(1, 4096)),
          ephemeralStorage: optional(mebibytes(200, 4096)),
        })
        .map(said),
    ),
  })
  .map(said);

const replicas: fc.Arbitrary<Replicas> = fc.oneof(
  fc.integer({ min: 2, max: 50 }),
  fc
    .tuple(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 100 }))
    .map(([min, more, cpu]) => ({ min, max: min + more, cpu })),
  fc.constant({ single: true, reason: "it holds a lock that only one process may hold" } as const),
);

const health = fc.record({ ready: fc.constant("/ready"), live: fc.constant("/live") });

/** Arguments of each kind of workload; each is drawn only where it is wanted. */
const kinds = {
  WebService: fc
    .record({
      container: containers,
      port: ports,
      rest: fc
        .record({
          protocol: optional(fc.constantFrom("http", "http2", "grpc")),
          replicas: optional(replicas),
          health: optional(health),
        })
        .map(said),
    })
    .map(({ container, port, rest }) => ({ ...container, port, ...rest })),
  StatefulStore: fc
    .record({
      container: containers,
      port: ports,
      storage: fc.constantFrom("1Gi", "20Gi", "2Ti"),
      rest: fc.record({ replicas: optional(fc.integer({ min: 1, max: 9 })) }).map(said),
    })
    .map(({ container, port, storage, rest }) => ({ ...container, port, storage, ...rest })),
  Worker: fc
    .record({
      container: containers,
      health: fc.constantFrom({ command: ["/bin/alive"] as const }, {
        unknown: true,
        reason: "the library has no way to ask",
      } as const),
      rest: fc.record({ replicas: optional(replicas) }).map(said),
    })
    .map(({ container, health: alive, rest }) => ({ ...container, health: alive, ...rest })),
  ScheduledJob: fc
    .record({ container: containers, schedule: fc.constantFrom("0 3 * * *", "*/5 * * * 1-5", "@daily") })
    .map(({ container, schedule }): ScheduledJobArgs => ({ ...container, schedule })),
  Task: containers,
};

/** One workload of any kind. */
const workloads: fc.Arbitrary<Declared> = fc
  .constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      tenant: fc.constantFrom(...TENANTS),
      name: labels,
      args: kinds[kind] as fc.Arbitrary<unknown>,
    }),
  ) as fc.Arbitrary<Declared>;

/** Plans of up to seven workloads in up to three tenants: some share a name with a workload of another tenant. */
export const plans: fc.Arbitrary<Plan> = fc
  .uniqueArray(workloads, {
    minLength: 1,
    maxLength: 7,
    selector: ({ tenant, name }) => `${tenant}/${name}`,
  })
  .chain((declared) => {
    const someone = fc.nat(declared.length - 1);
    const called = declared.flatMap(({ kind }, index) =>
      kind === "WebService" || kind === "StatefulStore" ? [index] : [],
    );
    const callee = called.length === 0 ? undefined : fc.constantFrom(...called);
    const pairs = callee === undefined ? fc.constant([]) : fc.array(fc.tuple(someone, callee), { maxLength: 10 });
    const consents = callee === undefined ? fc.constant([]) : fc.array(fc.tuple(callee, someone), { maxLength: 10 });
    return fc.record({
      workloads: fc.constant(declared),
      calls: pairs,
      accepts: consents,
      reaches: fc.array(fc.tuple(someone, hosts), { maxLength: 3 }),
      buckets: fc.array(fc.tuple(someone, labels), { maxLength: 3 }),
    });
  });

/** Builds a plan as teams would: each tenant has a repository, and what stands in another one is called by its name. */
export function build({ workloads: declared, calls, accepts, reaches, buckets }: Plan): App[] {
  const apps = new Map<string, { app: App; application: Application }>();
  for (const tenant of new Set(declared.map((each) => each.tenant))) {
    const app = new App();
    new Tenant(app, tenant, { owner: `${tenant}@example.com`, podSecurityVersion: "v1.36", aws: AWS });
    apps.set(tenant, { app, application: new Application(app, "app", { tenant, owner: `${tenant}@example.com` }) });
  }
  const built = declared.map((each) => ({ ...each, construct: construct(apps.get(each.tenant)?.application, each) }));
  for (const [from, to] of calls) {
    const [caller, callee] = [built[from], built[to]];
    if (!caller || !callee || !("port" in callee.args)) continue;
    const { tenant, name } = callee;
    if (caller.tenant !== tenant) caller.construct.calls(remote(`${tenant}/${name}`, { port: callee.args.port }));
    else if ("accepts" in callee.construct) caller.construct.calls(callee.construct);
  }
  for (const [callee, caller] of accepts) {
    const [server, client] = [built[callee]?.construct, built[caller]];
    if (server && "accepts" in server && client) server.accepts(`${client.tenant}/${client.name}`);
  }
  for (const [index, host] of reaches) built[index]?.construct.reaches(host);
  for (const [index, bucket] of buckets) built[index]?.construct.usesBucket(bucket);
  return [...apps.values()].map(({ app }) => app);
}

const AWS = {
  region: "eu-central-1",
  endpoints: ["10.20.64.0/20"],
  secretsPrefix: "bulwark/production/team/",
  secretsRole: "arn:aws:iam::111122223333:role/bulwark-production-secrets-team",
} as const;

function construct(application: Application | undefined, declared: Declared) {
  if (application === undefined) throw new Error(`no application for ${declared.tenant}`);
  switch (declared.kind) {
    case "WebService":
      return new WebService(application, declared.name, declared.args);
    case "StatefulStore":
      return new StatefulStore(application, declared.name, declared.args);
    case "Worker":
      return new Worker(application, declared.name, declared.args);
    case "ScheduledJob":
      return new ScheduledJob(application, declared.name, declared.args);
    case "Task":
      return new Task(application, declared.name, declared.args);
  }
}
