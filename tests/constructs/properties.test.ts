import fc from "fast-check";
import { build, type Plan, plans } from "./arbitraries";
import { type Manifest, ofKind, pods, written } from "./manifest";
import { type Pod, refusals } from "./pod-security";
import { chooses, type Selector } from "./reachability/selector";

/** All claims are held against the same plans, so that each is synthesised once. */
const SEED = Date.now() | 0;
const RUNS = 40;
const synthesised = new Map<string, readonly Manifest[]>();

/** Holds for whatever any plan writes. */
function always(claim: (manifests: readonly Manifest[], plan: Plan) => void): void {
  fc.assert(
    fc.property(plans, (plan) => {
      const key = JSON.stringify(plan);
      const manifests = synthesised.get(key) ?? build(plan).flatMap(written);
      synthesised.set(key, manifests);
      claim(manifests, plan);
    }),
    { numRuns: RUNS, seed: SEED },
  );
}

describe("whatever a team writes", () => {
  it("becomes pods that the restricted standard admits, on a root file system that nobody writes", () => {
    always((manifests, { workloads }) => {
      const made = pods(manifests);
      expect(made).toHaveLength(workloads.length);
      expect(made.flatMap(({ pod }) => refusals(pod as Pod))).toEqual([]);
      for (const { pod } of made) {
        expect(pod.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
        for (const container of pod.spec.containers)
          expect(container).toMatchObject({ securityContext: { readOnlyRootFilesystem: true } });
      }
    });
  });

  it("gives every pod an account of its own, which has no token", () => {
    always((manifests) => {
      const used = pods(manifests).map(({ namespace, pod }) => `${namespace}/${pod.spec.serviceAccountName ?? ""}`);
      const accounts = ofKind(manifests, "ServiceAccount");
      expect(new Set(used).size).toBe(used.length);
      expect(accounts.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`).sort()).toEqual(
        used.sort(),
      );
      for (const account of accounts) expect(account).toMatchObject({ automountServiceAccountToken: false });
    });
  });

  it("stands in tenants that deny by default, both ways, for the network and the mesh", () => {
    always((manifests) => {
      for (const {
        metadata: { name },
      } of ofKind(manifests, "Namespace")) {
        const inside = manifests.filter(({ metadata }) => metadata.namespace === name);
        expect(inside.filter(deniesAll)).toHaveLength(1);
        expect(ofKind(inside, "AuthorizationPolicy").filter(({ spec }) => same(spec, {}))).toHaveLength(1);
        expect(ofKind(inside, "PeerAuthentication")).toMatchObject([{ spec: { mtls: { mode: "STRICT" } } }]);
      }
    });
  });

  it("has services on the port that the container listens on, since network policies match the pod's", () => {
    always((manifests) => {
      for (const service of ofKind(manifests, "Service")) {
        const behind = chosen(manifests, service, { matchLabels: service.spec?.selector as Labels });
        const listens = behind.flatMap(({ pod }) =>
          pod.spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
        );
        const ports = (service.spec?.ports ?? []) as { port: number; targetPort: number; appProtocol?: string }[];
        expect(ports.map(({ port }) => port)).toEqual(listens);
        for (const { port, targetPort, appProtocol } of ports) {
          expect(targetPort).toBe(port);
          expect(appProtocol).toMatch(/^(http|http2|grpc|tcp)$/);
        }
      }
    });
  });

  it("can be drained: every budget lets one pod go, and broken pods always", () => {
    always((manifests) => {
      const serving = manifests.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
      const budgets = ofKind(manifests, "PodDisruptionBudget");
      expect(budgets).toHaveLength(serving.length);
      for (const { spec } of budgets) {
        expect(spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" });
        expect(spec).not.toHaveProperty("minAvailable");
      }
    });
  });

  it("chooses by every selector exactly the pods it was written for", () => {
    always((manifests) => {
      for (const object of manifests) {
        const selector = selectorOf(object);
        if (selector === undefined) continue;
        const names = chosen(manifests, object, selector).map(({ by }) => by.metadata.name);
        expect({ kind: object.kind, names }).toEqual({ kind: object.kind, names: [object.metadata.name] });
      }
    });
  });

  it("never has two objects of one kind and name in a namespace", () => {
    always((manifests) => {
      const keys = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
  });

  it("is written the same, byte by byte, when it is written twice or its flows are declared in another order", () => {
    fc.assert(
      fc.property(shuffled, ([plan, other]) => {
        const [apps, again] = [build(plan), build(other)];
        const text = apps.map((app) => app.synthYaml());
        expect(apps.map((app) => app.synthYaml())).toEqual(text);
        expect(again.map((app) => app.synthYaml())).toEqual(text);
        expect(again.map(({ requirements }) => requirements)).toEqual(apps.map(({ requirements }) => requirements));
      }),
      { numRuns: 15 },
    );
  });
});

type Labels = Readonly<Record<string, string>>;

/** A plan, and the same one with its flows in another order. */
const shuffled = plans.chain((plan) => {
  const mixed = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  const { calls, accepts, reaches, buckets } = plan;
  return fc
    .record({ calls: mixed(calls), accepts: mixed(accepts), reaches: mixed(reaches), buckets: mixed(buckets) })
    .map((flows): [Plan, Plan] => [plan, { ...plan, ...flows }]);
});

function deniesAll({ kind, spec }: Manifest): boolean {
  return kind === "NetworkPolicy" && same(spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The selector of an object that speaks of one workload's pods; a tenant's own policies speak of all. */
function selectorOf({ kind, spec = {} }: Manifest): Selector | undefined {
  const { selector, podSelector, workloadSelector } = spec as {
    selector?: Selector & Labels;
    podSelector?: Selector;
    workloadSelector?: { labels: Labels };
  };
  const labelled = (found: Selector | undefined) => (found?.matchLabels ? found : undefined);
  switch (kind) {
    case "Service":
      return { matchLabels: selector as Labels };
    case "Sidecar":
      return workloadSelector && { matchLabels: workloadSelector.labels };
    case "NetworkPolicy":
      return podSelector?.matchLabels && "bulwark/uses" in podSelector.matchLabels ? undefined : labelled(podSelector);
    case "Deployment":
    case "StatefulSet":
    case "PodDisruptionBudget":
    case "AuthorizationPolicy":
      return labelled(selector);
    default:
      return undefined;
  }
}

function chosen(manifests: readonly Manifest[], { metadata }: Manifest, selector: Selector) {
  return pods(manifests).filter(
    ({ namespace, pod }) => namespace === metadata.namespace && chooses(selector, pod.metadata.labels),
  );
}
