import { Testing } from "cdk8s";
import { App, Application, JsonPatch, WebService } from "../../../constructs";
import { denials, type Manifest, type Request } from "../admission";
import { can, rules } from "../rbac";
import { allows, DOORS, marked, peer, pods, route, WEB } from "./doors";
import { EMITTED, emitted, resourceOf } from "./emitted";
import { cluster, NAMESPACE, PIPELINE, tenant } from "./world";

const WORLD = cluster("production");
const USER = { groups: [PIPELINE, "system:authenticated"] };
const IMAGE = `registry.example.com/shop@sha256:${"a".repeat(64)}`;

function refusals(object: unknown, more: Partial<Request> = {}): string[] {
  const resource = resourceOf(object as Manifest);
  return denials(WORLD, { user: USER, resource, object, namespace: NAMESPACE, ...more });
}

describe("the deploying identity", () => {
  it("may write everything that an application emits", () => {
    for (const manifest of EMITTED) {
      const [group, resource] = resourceOf(manifest).includes("/")
        ? resourceOf(manifest).split("/")
        : ["", resourceOf(manifest)];
      for (const verb of ["create", "patch", "delete"]) {
        const attempt = {
          groups: [PIPELINE],
          verb,
          group: group ?? "",
          resource: resource ?? "",
          namespace: "team-shop",
        };
        expect([manifest.kind, verb, can(WORLD, attempt)]).toEqual([manifest.kind, verb, true]);
      }
    }
  });

  it("may write no kind that no application emits, but volumes and settings", () => {
    const written = rules(WORLD)
      .filter(({ role, verbs }) => role === "bulwark-deployer" && verbs.includes("create"))
      .flatMap(({ apiGroups = [], resources = [] }) =>
        resources.map((each) => [apiGroups[0], each].filter(Boolean).join("/")),
      );
    const kinds = [...new Set(EMITTED.map(resourceOf)), "configmaps", "persistentvolumeclaims"];
    expect(written.sort()).toEqual(kinds.sort());
  });

  it.each(EMITTED.map((each) => [`${each.kind} ${each.metadata.name}`, each] as const))(
    "is not refused the %s that an application emits, made or changed",
    (_, object) => {
      expect(refusals(object)).toEqual([]);
      expect(refusals(object, { operation: "UPDATE", oldObject: object })).toEqual([]);
    },
  );

  it("may be a service account, which is then held to the same", () => {
    const world = tenant({ deployer: { serviceAccount: { namespace: "flux-system", name: "team-shop" } } });
    const username = "system:serviceaccount:flux-system:team-shop";
    const attempt = { verb: "create", group: "apps", resource: "deployments", namespace: "team-shop", groups: [] };
    expect(can(world, { ...attempt, user: username })).toBe(true);
    expect(can(world, { ...attempt, user: "system:serviceaccount:flux-system:default" })).toBe(false);
    const request = { resource: "services", object: DOORS[0]?.[1], namespace: NAMESPACE };
    expect(denials(world, { ...request, user: { username, groups: [] } })).not.toEqual([]);
    expect(denials(world, { ...request, user: { username: "kubernetes-admin", groups: [] } })).toEqual([]);
  });

  it("has people beside it who are held to the same wherever they deploy", () => {
    const world = cluster("development");
    const request = { resource: "services", object: DOORS[0]?.[1], namespace: NAMESPACE };
    for (const group of ["bulwark:developer", "oidc:shop-developers", "bulwark:devops", PIPELINE]) {
      expect([group, denials(world, { ...request, user: { groups: [group] } }).length]).not.toEqual([group, 0]);
    }
  });
});

describe("a tenant's admission", () => {
  it.each(DOORS)("refuses %s", (_, object) => {
    const undefinedGone = JSON.parse(JSON.stringify(object)) as unknown;
    expect(refusals(undefinedGone)).not.toEqual([]);
    expect(refusals(undefinedGone, { operation: "UPDATE", oldObject: object })).not.toEqual([]);
  });

  it("says what is required, in one line that fits an answer", () => {
    for (const [what, object] of DOORS) {
      for (const message of refusals(JSON.parse(JSON.stringify(object))))
        expect([what, message.length < 250]).toEqual([what, true]);
    }
  });

  it("keeps the tenant's own objects from being changed or deleted by whoever deploys", () => {
    const own = WORLD.filter(({ kind }) => ["NetworkPolicy", "AuthorizationPolicy", "Sidecar"].includes(kind));
    expect(own.map(({ metadata }) => metadata.name).sort()).toEqual(
      ["allow-aws", "allow-dns", "allow-mesh", "allow-nothing", "default", "default-deny"].sort(),
    );
    for (const object of own) {
      const { name } = object.metadata;
      const resource = resourceOf(object);
      const boundary = [expect.stringContaining("the tenant's boundary is the platform's")];
      const says = denials(WORLD, {
        user: USER,
        operation: "DELETE",
        resource,
        oldObject: object,
        name,
        namespace: NAMESPACE,
      });
      expect(says).toEqual(boundary);
      expect(refusals(object, { operation: "UPDATE", oldObject: object })).toEqual(expect.arrayContaining(boundary));
    }
    const web = emitted("NetworkPolicy", "web");
    const gone = {
      user: USER,
      operation: "DELETE",
      resource: resourceOf(web),
      oldObject: web,
      namespace: NAMESPACE,
    } as const;
    expect(denials(WORLD, { ...gone, name: "web" })).toEqual([]);
  });

  it("says nothing to the platform and nothing in other tenants", () => {
    for (const [what, object] of DOORS) {
      expect([what, refusals(object, { user: { groups: ["system:masters"] } })]).toEqual([what, []]);
      expect([what, refusals(object, { namespace: { "bulwark/tenant": "team-pay" } })]).toEqual([what, []]);
    }
  });

  it("lets a workload say how much its proxy may use, route inside its tenant and shut somebody out", () => {
    expect(refusals(pods("Deployment", "web", marked("annotations", "sidecar.istio.io/proxyCPU", "100m")))).toEqual([]);
    expect(refusals(route({ gateways: ["mesh"], exportTo: ["."], hosts: ["anything.example.com"] }))).toEqual([]);
    expect(refusals(allows({ action: "DENY", rules: [{ to: [{ operation: { paths: ["/admin"] } }] }] }))).toEqual([]);
    expect(refusals(peer({ podSelector: WEB }))).toEqual([]);
  });

  it("has no condition that no door needs", () => {
    const alone = DOORS.map(([, object]) => refusals(JSON.parse(JSON.stringify(object)))).filter(
      (all) => all.length === 1,
    );
    const policies = WORLD.filter(
      ({ kind, metadata }) => kind === "ValidatingAdmissionPolicy" && !/-only$|-boundary$/.test(metadata.name),
    );
    const said = policies.flatMap(({ spec }) => (spec as { validations: { message: string }[] }).validations);
    expect(said.length).toBeGreaterThan(20);
    expect(said.map(({ message }) => message).filter((message) => !alone.some(([one]) => one === message))).toEqual([]);
  });

  it("is not there where nobody may deploy", () => {
    const kinds = tenant({ personas: { auditor: ["bulwark:auditor"] } }).map(({ kind }) => kind);
    expect(kinds).not.toContain("ValidatingAdmissionPolicy");
  });
});

it("is told at synthesis of a patch that admission would refuse", () => {
  const app = new Application(new App(), "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  new WebService(app, "web", { image: IMAGE, port: 8080 }).patch({
    kind: "Service",
    reason: "a door of our own",
    operations: [JsonPatch.replace("/spec/type", "LoadBalancer")],
  });
  expect(() => Testing.synth(app) as Manifest[]).toThrow('Service "web" opens a door of its own (LoadBalancer)');
});
