import type { Application } from "../../constructs";
import { App, ScheduledJob, StatefulStore, Task, Tenant, WebService, Worker } from "../../constructs";
import { application, CASES, IMAGE } from "./golden/cases";
import { type Manifest, ofKind, pods, written } from "./manifest";

const HEALTH = { command: ["/bin/alive"] } as const;
const KINDS = {
  WebService: (shop: Application) => new WebService(shop, "it", { image: IMAGE, port: 8080 }),
  StatefulStore: (shop: Application) => new StatefulStore(shop, "it", { image: IMAGE, port: 8080, storage: "1Gi" }),
  Worker: (shop: Application) => new Worker(shop, "it", { image: IMAGE, health: HEALTH }),
  ScheduledJob: (shop: Application) => new ScheduledJob(shop, "it", { image: IMAGE, schedule: "0 3 * * *" }),
  Task: (shop: Application) => new Task(shop, "it", { image: IMAGE }),
};

function emitted(declare: (shop: Application) => unknown): Manifest[] {
  const app = new App();
  declare(application(app));
  return written(app);
}

describe.each(Object.entries(KINDS))("a %s of which nothing is said", (_, declare) => {
  const manifests = emitted(declare);
  const [made] = pods(manifests);
  const pod = made?.pod;
  const [container] = pod?.spec.containers ?? [];

  it("runs as a user that is not root", () => {
    expect(pod).toMatchObject({ spec: { securityContext: { runAsNonRoot: true } } });
    expect(container).toMatchObject({ securityContext: { runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001 } });
  });

  it("can gain no privilege", () => {
    expect(container).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ["ALL"] } },
    });
  });

  it("has a root file system that nobody writes, and one bounded folder to write to", () => {
    expect(container).toMatchObject({ securityContext: { readOnlyRootFilesystem: true } });
    expect(pod?.spec.volumes).toEqual([{ name: "scratch-tmp", emptyDir: { sizeLimit: "64Mi" } }]);
  });

  it("may use only the system calls that the runtime allows by default", () => {
    expect(pod).toMatchObject({ spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } } });
    expect(container).toMatchObject({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } });
  });

  it("has no token for the Kubernetes API and does not learn of other services", () => {
    expect(pod?.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(ofKind(manifests, "ServiceAccount")).toMatchObject([{ automountServiceAccountToken: false }]);
  });

  it("shares nothing with its node", () => {
    for (const shared of ["hostNetwork", "hostPID", "hostIPC", "hostUsers"])
      expect(pod?.spec).not.toHaveProperty(shared);
  });

  it("is promised memory that it is also killed at, and takes no whole node", () => {
    expect(container).toMatchObject({
      resources: {
        requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "256Mi" },
        limits: { cpu: "1", memory: "256Mi", "ephemeral-storage": "256Mi" },
      },
    });
  });

  it("calls nobody and is called by nobody", () => {
    const [{ spec } = {}, ...others] = ofKind(manifests, "NetworkPolicy");
    expect([spec, others]).toEqual([
      { podSelector: expect.anything() as object, policyTypes: ["Ingress", "Egress"] },
      [],
    ]);
    expect(ofKind(manifests, "AuthorizationPolicy")).toMatchObject([{ spec: { action: "ALLOW", rules: [] } }]);
  });

  it("is shown no route by its proxy but the control plane's", () => {
    expect(ofKind(manifests, "Sidecar")).toMatchObject([
      { spec: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" }, egress: [{ hosts: ["istio-system/*"] }] } },
    ]);
  });
});

describe("a workload that serves, of which nothing is said", () => {
  it("has two pods in different places, so that a node can be drained", () => {
    for (const declare of [KINDS.WebService, KINDS.Worker]) {
      const [deployment] = ofKind(emitted(declare), "Deployment");
      expect(deployment).toMatchObject({
        spec: { replicas: 2, strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } } },
      });
      expect(JSON.stringify(deployment)).toMatch(/topology\.kubernetes\.io\/zone.*kubernetes\.io\/hostname/);
    }
  });

  it("has no public name and no door of its own", () => {
    const manifests = emitted(KINDS.WebService);
    expect(ofKind(manifests, "VirtualService")).toEqual([]);
    expect(ofKind(manifests, "Service")).toMatchObject([{ spec: { type: "ClusterIP" } }]);
  });

  it("is asked on its port whether it works", () => {
    for (const declare of [KINDS.WebService, KINDS.StatefulStore]) {
      const probe = { tcpSocket: { port: 8080 } };
      expect(pods(emitted(declare))[0]?.pod.spec.containers).toMatchObject([
        { startupProbe: probe, readinessProbe: probe, livenessProbe: probe },
      ]);
    }
  });
});

describe("a store of which nothing is said", () => {
  it("keeps its data on an encrypted volume that outlives it, for one pod alone", () => {
    expect(ofKind(emitted(KINDS.StatefulStore), "StatefulSet")).toMatchObject([
      {
        spec: {
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
          volumeClaimTemplates: [{ spec: { storageClassName: "encrypted", accessModes: ["ReadWriteOncePod"] } }],
        },
      },
    ]);
  });
});

describe("a job of which nothing is said", () => {
  it("ends, is tried three times, and goes away", () => {
    const ends = { backoffLimit: 3, activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 86_400 };
    expect(ofKind(emitted(KINDS.Task), "Job")).toMatchObject([{ spec: ends }]);
    expect(ofKind(emitted(KINDS.ScheduledJob), "CronJob")).toMatchObject([
      { spec: { concurrencyPolicy: "Forbid", timeZone: "Etc/UTC", jobTemplate: { spec: ends } } },
    ]);
  });
});

describe("a secret of which nothing is said", () => {
  it("is a file that the pod's group alone reads, from the tenant's own store, renewed every hour", () => {
    const manifests = emitted((shop) => new Task(shop, "it", { image: IMAGE, secrets: ["key"] }));
    expect(pods(manifests)[0]?.pod.spec.volumes).toContainEqual({
      name: "secret-key",
      secret: { secretName: "it.key", defaultMode: 0o440 },
    });
    expect(ofKind(manifests, "ExternalSecret")).toMatchObject([
      { spec: { refreshInterval: "1h0m0s", secretStoreRef: { kind: "SecretStore", name: "tenant" } } },
    ]);
  });
});

describe("a tenant of which nothing is said", () => {
  const app = new App();
  const { environment } = new Tenant(app, "team-shop", { owner: "team-shop@example.com", podSecurityVersion: "v1.36" });
  const manifests = written(app);

  it("is production, where every pod must be restricted, at a version that does not change by itself", () => {
    expect(environment).toBe("production");
    const level = (mode: string) => ({
      [`pod-security.kubernetes.io/${mode}`]: "restricted",
      [`pod-security.kubernetes.io/${mode}-version`]: "v1.36",
    });
    expect(ofKind(manifests, "Namespace")).toMatchObject([
      { metadata: { labels: { ...level("enforce"), ...level("audit"), ...level("warn") } } },
    ]);
  });

  it("stands in the mesh, where every connection is mutual TLS", () => {
    expect(ofKind(manifests, "Namespace")).toMatchObject([{ metadata: { labels: { "istio-injection": "enabled" } } }]);
    expect(ofKind(manifests, "PeerAuthentication")).toMatchObject([{ spec: { mtls: { mode: "STRICT" } } }]);
  });

  it("reaches no AWS and has a quota, and no door of its own", () => {
    expect(manifests.filter(({ metadata }) => metadata.name === "allow-aws")).toEqual([]);
    expect(ofKind(manifests, "ResourceQuota")).toMatchObject([
      { spec: { hard: { pods: "100", "services.loadbalancers": "0", "services.nodeports": "0" } } },
    ]);
    expect(ofKind(manifests, "LimitRange")).toHaveLength(1);
  });
});

describe("a default that is departed from", () => {
  it("says why in the object itself", () => {
    const manifests = emitted((shop) =>
      new WebService(shop, "it", { image: IMAGE, port: 8080 }).patch({
        kind: "Deployment",
        reason: "the image writes its cache beside its binary",
        operations: [],
      }),
    );
    expect(ofKind(manifests, "Deployment")).toMatchObject([
      { metadata: { annotations: { "bulwark/escape": "the image writes its cache beside its binary" } } },
    ]);
  });
});

it("keeps the names of the tenant's own objects from workloads, whatever the tenant comes to emit", () => {
  const workload = new Set(Object.values(KINDS).flatMap((declare) => emitted(declare).map(({ kind }) => kind)));
  const tenant = CASES.tenant?.();
  const names = (tenant ? written(tenant) : [])
    .filter(({ kind }) => workload.has(kind))
    .map(({ metadata }) => metadata.name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of new Set([...names, "default"])) {
    expect(() => new Task(application(new App()), name, { image: IMAGE })).toThrow("boundary");
  }
});
