import { ApiObject } from "cdk8s";
import { App, Personas, Tenant } from "../../../constructs";
import { evaluate } from "../cel";
import { denials, type Manifest, type Request } from "../admission";
import { fieldsOf, NEWER } from "./schema";
import { cluster, everybody, NAMESPACE } from "./world";

const WORLD = cluster("production");
const AT = "kubectl.kubernetes.io/restartedAt";
const NOW = "2026-11-23T14:48:20Z";
const INCIDENT = { groups: ["bulwark:incident-manager", "system:authenticated"] };

type Path = readonly string[];

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "web",
    namespace: "team-shop",
    resourceVersion: "7",
    generation: 3,
    managedFields: [{ manager: "a" }],
  },
  spec: {
    replicas: 2,
    template: {
      metadata: { creationTimestamp: null, labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "web@sha256:a" }], serviceAccountName: "web" },
    },
  },
  status: { replicas: 2 },
};

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "ip-10-0-0-1", labels: { zone: "a" }, resourceVersion: "7" },
  spec: { providerID: "aws:///eu-central-1a/i-0", taints: [{ key: "a", effect: "NoSchedule" }] },
  status: { phase: "Running" },
};

/** The object with one value put in at a path. */
function having(object: unknown, [head, ...rest]: Path, value: unknown): unknown {
  if (head === undefined) return value;
  const of = (object ?? {}) as Record<string, unknown>;
  if (Array.isArray(object)) return (object as unknown[]).map((each) => having(each, rest, value));
  return { ...of, [head]: having(of[head], rest, value) };
}

/** The object without what is at a path. */
function lacking(object: unknown, [head = "", ...rest]: Path): unknown {
  const of = object as Record<string, unknown>;
  if (rest.length > 0) return { ...of, [head]: lacking(of[head], rest) };
  return Object.fromEntries(Object.entries(of).filter(([key]) => key !== head));
}

const RESTART: Path = ["spec", "template", "metadata", "annotations", AT];
const restarted = having(deployment, RESTART, NOW);
const cordoned = having(node, ["spec", "unschedulable"], true);

function refusals(oldObject: unknown, object: unknown, more: Partial<Request> = {}): string[] {
  const { kind } = oldObject as Manifest;
  const resource = kind === "Node" ? "nodes" : `apps/${kind.toLowerCase()}s`;
  const namespace = kind === "Node" ? {} : { namespace: NAMESPACE };
  return denials(WORLD, { user: INCIDENT, operation: "UPDATE", resource, oldObject, object, ...namespace, ...more });
}

/** Every field of the kinds that a patch of a workload could reach, with the path to it. */
const WORKLOAD_FIELDS: readonly (readonly [type: string, at: string])[] = [
  ["io.k8s.api.apps.v1.DeploymentSpec", "spec"],
  ["io.k8s.api.apps.v1.StatefulSetSpec", "spec"],
  ["io.k8s.api.apps.v1.DaemonSetSpec", "spec"],
  ["io.k8s.api.core.v1.PodTemplateSpec", "spec.template"],
  ["io.k8s.api.core.v1.PodSpec", "spec.template.spec"],
  ["io.k8s.api.core.v1.Container", "spec.template.spec.containers.0"],
  ["io.k8s.api.core.v1.SecurityContext", "spec.template.spec.containers.0.securityContext"],
  ["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "metadata"],
  ["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "spec.template.metadata"],
];
const NODE_FIELDS: typeof WORKLOAD_FIELDS = [
  ["io.k8s.api.core.v1.NodeSpec", "spec"],
  ["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "metadata"],
];
const CHANGED = { changed: "by hand" };

/** Fields of a type, one that no Kubernetes has yet among them, that a requester could change without being refused. */
function open(object: unknown, done: unknown, type: string, at: string): string[] {
  const fields = [...fieldsOf(type), ...(NEWER[type] ?? []), "fieldOfALaterKubernetes"];
  return fields.filter((field) => refusals(object, having(done, [...at.split("."), field], CHANGED)).length === 0);
}

describe("a restart", () => {
  it.each(["Deployment", "StatefulSet", "DaemonSet"])("of a %s is what kubectl writes", (kind) => {
    expect(refusals({ ...deployment, kind }, { ...(restarted as object), kind })).toEqual([]);
  });

  it("may follow another, while the server counts and keeps its books", () => {
    const again = having(restarted, RESTART, "2026-11-23T15:00:00+01:00");
    const counted = having(
      having(again, ["metadata", "generation"], 4),
      ["metadata", "managedFields"],
      [{ manager: "b" }],
    );
    expect(refusals(restarted, counted)).toEqual([]);
  });

  it.each(WORKLOAD_FIELDS)("changes no field of %s at %s", (type, at) => {
    const own = at === "metadata";
    expect(open(deployment, restarted, type, at).sort()).toEqual(
      own ? ["generation", "managedFields", "resourceVersion"] : [],
    );
  });

  it("takes nothing away", () => {
    for (const path of [
      ["spec", "replicas"],
      ["spec", "template", "spec", "serviceAccountName"],
      ["spec", "template", "metadata", "labels"],
      ["status"],
    ]) {
      expect([path, refusals(deployment, lacking(restarted, path)).length]).not.toEqual([path, 0]);
    }
    expect(refusals(restarted, lacking(restarted, RESTART))).not.toEqual([]);
  });

  it.each([
    ["an image", ["spec", "template", "spec", "containers", "0", "image"], "evil"],
    ["a mounted secret", ["spec", "template", "spec", "volumes"], [{ name: "s", secret: { secretName: "orders" } }]],
    ["the number of pods", ["spec", "replicas"], 0],
    [
      "another annotation of the pods",
      ["spec", "template", "metadata", "annotations", "sidecar.istio.io/inject"],
      "false",
    ],
    ["a label of the pods", ["spec", "template", "metadata", "labels", "istio"], "ingressgateway"],
    ["an annotation of the object", ["metadata", "annotations", "a"], "b"],
    ["an owner", ["metadata", "ownerReferences"], []],
  ] as const)("does not change %s as well", (_, path, value) => {
    expect(refusals(deployment, having(restarted, path, value))).not.toEqual([]);
  });

  it("is a time, not a text", () => {
    for (const value of ["", "now", "$(cat /etc/passwd)", `${NOW}\nmore`, 7]) {
      expect([value, refusals(deployment, having(deployment, RESTART, value)).length]).not.toEqual([value, 0]);
    }
  });

  it("binds nobody else: the pipeline changes images, in other tenants the policy says nothing", () => {
    const changed = having(deployment, ["spec", "template", "spec", "containers", "0", "image"], "other");
    const says = (more: Partial<Request>) => refusals(deployment, changed, more);
    expect(says({ user: { groups: ["oidc:shop-pipeline"] } })).toEqual([]);
    expect(says({ namespace: { "bulwark/tenant": "team-pay" } })).toEqual([]);
    expect(says({ user: { groups: ["bulwark:sre"] } })).not.toEqual([]);
  });

  it("leaves the scale sub-resource to those who scale", () => {
    const scale = { apiVersion: "autoscaling/v1", kind: "Scale", metadata: { name: "web" }, spec: { replicas: 2 } };
    const more = { resource: "apps/deployments", subResource: "scale" };
    expect(refusals({ ...scale, kind: "Deployment" }, having(scale, ["spec", "replicas"], 9), more)).toEqual([]);
  });
});

describe("a cordon", () => {
  it("makes a node unschedulable and schedulable again", () => {
    expect(refusals(node, cordoned)).toEqual([]);
    expect(refusals(cordoned, node)).toEqual([]);
    expect(refusals(cordoned, having(node, ["spec", "unschedulable"], false))).toEqual([]);
  });

  it.each(NODE_FIELDS)("changes no field of %s", (type, at) => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      spec: ["unschedulable"],
      metadata: ["generation", "managedFields", "resourceVersion"],
    };
    expect(open(node, cordoned, type, at).sort()).toEqual(allowed[at]);
  });

  it.each([
    ["a label", ["metadata", "labels", "zone"], "b"],
    ["a taint", ["spec", "taints"], []],
    ["an annotation", ["metadata", "annotations", "a"], "b"],
  ] as const)("does not change %s as well", (_, path, value) => {
    expect(refusals(node, having(cordoned, path, value))).not.toEqual([]);
  });

  it("binds the personas that cordon and not the node itself", () => {
    const labelled = having(node, ["metadata", "labels", "zone"], "b");
    expect(refusals(node, labelled, { user: { groups: ["system:nodes"] } })).toEqual([]);
    expect(refusals(node, labelled, { user: { groups: ["bulwark:sre"] } })).not.toEqual([]);
  });
});

describe("the rights to patch", () => {
  it("wait for the policies that narrow them, whatever applies them", () => {
    const groups = everybody("production");
    const personas = new Personas(new App(), "personas", { groups });
    const shop = new Tenant(new App(), "team-shop", {
      owner: "a@example.com",
      podSecurityVersion: "v1.36",
      personas: groups,
    });
    for (const [chart, kind, policy] of [
      [personas, "ClusterRoleBinding", "bulwark-cordon-only"],
      [shop, "RoleBinding", "bulwark-team-shop-restart-only"],
    ] as const) {
      const objects = chart.node.findAll().filter((node) => node instanceof ApiObject);
      const bindings = objects.filter((object) => object.kind === kind);
      expect(bindings.length).toBeGreaterThan(3);
      for (const { node } of bindings) {
        const waited = node.dependencies.filter((each) => each instanceof ApiObject);
        const awaited = waited.map((each) => [each.kind, each.name]);
        expect(awaited).toContainEqual(["ValidatingAdmissionPolicyBinding", policy]);
      }
    }
  });

  it("fail closed", () => {
    const policies = WORLD.filter(({ kind }) => kind === "ValidatingAdmissionPolicy");
    expect(policies.length).toBeGreaterThan(9);
    for (const policy of policies) expect(policy).toMatchObject({ spec: { failurePolicy: "Fail" } });
  });
});

describe("the stand-in for the API server's CEL", () => {
  it("treats a missing field as an error that only a decided side absorbs", () => {
    const input = { object: { a: 1 } };
    expect(() => evaluate("object.b == 1", input)).toThrow("no such key: b");
    expect(evaluate("object.b == 1 || object.a == 1", input)).toBe(true);
    expect(evaluate("object.b == 1 && object.a == 2", input)).toBe(false);
    expect(() => evaluate("object.b == 1 && object.a == 1", input)).toThrow("no such key: b");
    expect(evaluate('object.?b.?c.orValue("x") == "x" && has(object.a) && !has(object.b)', input)).toBe(true);
    expect(() => evaluate("object.a ~ 1", input)).toThrow("no CEL");
  });
});
