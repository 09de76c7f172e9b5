import type { Deployed } from "../deployment";
import { deployment, Scene } from "./scene";

const shop = (name: string) => ({ name, namespace: "shop" });
const istio = { chart: "base", name: "istio-base", namespace: "shop", version: "1.30.3" };
const release = { ...istio, repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" } };
const VIRTUAL_SERVICE = "networking.istio.io/v1:VirtualService";

describe("an object", () => {
  it("has what an API server adds: a uid, a version and a status, once it is ready", async () => {
    const web = await (await Scene.begin()).make("apps/v1:Deployment", deployment);
    expect(web.id).toBe("shop/web");
    expect(web.properties).toMatchObject({
      metadata: { name: "web", generation: 1, uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
      status: { readyReplicas: 1, conditions: [{ type: "Available", status: "True" }] },
      __inputs: { apiVersion: "apps/v1", kind: "Deployment" },
    });
  });

  it("is another generation when its spec changes, and the same object", async () => {
    const web = await (await Scene.begin()).make("apps/v1:Deployment", deployment);
    const news = { ...deployment, spec: { ...deployment.spec, replicas: 2 } };
    const [one, other] = [web.properties, await web.update(news)] as { metadata: Record<string, unknown> }[];
    expect(other?.metadata).toMatchObject({ uid: one?.metadata["uid"], generation: 2 });
    expect(other).toMatchObject({ status: { readyReplicas: 2, observedGeneration: 2 } });
  });

  it("gets a name where the program gives none, and keeps it", async () => {
    const scene = await Scene.begin();
    const made = await scene.make("core/v1:ConfigMap", { metadata: { namespace: "shop" } }, "settings");
    expect(made.id).toMatch(/^shop\/settings-[0-9a-f]{8}$/);
    expect(made.diff({ metadata: { namespace: "shop" } }).changes).toBe(false);
  });

  it("lies in `default` when it names no namespace, which is no difference to naming it", async () => {
    const made = await (await Scene.begin()).make("core/v1:ConfigMap", { metadata: { name: "settings" } });
    expect(made.id).toBe("default/settings");
    expect(made.diff({ metadata: { name: "settings", namespace: "default" } }).changes).toBe(false);
  });

  it("is taken over instead of refused where the provider is told to", async () => {
    const scene = await Scene.begin();
    await scene.make("core/v1:ConfigMap", { metadata: shop("settings") }, "one");
    const provider = { upsertExistingObjects: true };
    const other = await scene.make("core/v1:ConfigMap", { metadata: shop("settings") }, "other", provider);
    expect(other.id).toBe("shop/settings");
  });

  it("waits for a namespace that is made at the same time", async () => {
    const scene = new Scene();
    const early = scene.make("core/v1:ConfigMap", { metadata: shop("settings") });
    await Promise.all([early, scene.make("core/v1:Namespace", { metadata: { name: "shop" } }, "shop")]);
    expect(scene.held()).toEqual(["core/v1:ConfigMap shop/settings", "core/v1:Namespace shop"]);
  });

  it("may be patched without being whole", async () => {
    const scene = await Scene.begin();
    const labels = { "pod-security.kubernetes.io/enforce": "privileged" };
    const patch = await scene.make("core/v1:NamespacePatch", { metadata: { name: "kube-system", labels } });
    expect(patch.properties).toMatchObject({ metadata: { labels } });
  });
});

describe("a change", () => {
  const replaced = (made: Deployed, news: Readonly<Record<string, unknown>>) => {
    const { replaces, deleteBeforeReplace } = made.diff(news);
    return { replaces, deleteBeforeReplace };
  };

  it("of an image is an update of that field alone", async () => {
    const web = await (await Scene.begin()).make("apps/v1:Deployment", deployment);
    const containers = [{ name: "web", image: "registry.example/web@sha256:1" }];
    const template = { ...deployment.spec.template, spec: { containers } };
    const news = { ...deployment, spec: { ...deployment.spec, template } };
    expect(web.diff(news)).toEqual({
      changes: true,
      diffs: ["spec"],
      replaces: [],
      deleteBeforeReplace: false,
      detailed: { "spec.template.spec.containers[0].image": "update" },
    });
  });

  it("of a Deployment's selector replaces it, the old one first, for the name is taken", async () => {
    const web = await (await Scene.begin()).make("apps/v1:Deployment", deployment);
    const labels = { app: "web", track: "stable" };
    const spec = { ...deployment.spec, selector: { matchLabels: labels } };
    expect(replaced(web, { ...deployment, spec })).toEqual({ replaces: ["spec"], deleteBeforeReplace: true });
  });

  it.each([
    ["core/v1:ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }, ["data"]],
    ["core/v1:Secret", { stringData: { a: "1" } }, { stringData: { a: "2" } }, ["stringData"]],
    ["rbac.authorization.k8s.io/v1:RoleBinding", { roleRef: role("one") }, { roleRef: role("other") }, ["roleRef"]],
    ["core/v1:Service", ports(80), { ...ports(80), spec: { ...ports(80).spec, clusterIP: "None" } }, ["spec"]],
    ["batch/v1:Job", job("one"), job("other"), ["spec"]],
  ] as const)("of %s replaces it", async (type, olds, news, replaces) => {
    const made = await (await Scene.begin()).make(type, { metadata: shop("made"), ...olds });
    expect(replaced(made, { metadata: shop("made"), ...news })).toEqual({ replaces, deleteBeforeReplace: true });
  });

  it("of a StorageClass's parameters replaces it", async () => {
    const encrypted = { metadata: { name: "encrypted" }, provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } };
    const made = await (await Scene.begin()).make("storage.k8s.io/v1:StorageClass", encrypted);
    const news = { ...encrypted, parameters: { type: "gp3", encrypted: "true" } };
    expect(replaced(made, news)).toEqual({ replaces: ["parameters"], deleteBeforeReplace: true });
  });

  it("of a ConfigMap is an update where the provider is told that they may change", async () => {
    const scene = await Scene.begin();
    const made = await scene.make("core/v1:ConfigMap", { metadata: shop("made"), data: { a: "1" } });
    const provider = scene.provider({ enableConfigMapMutable: true });
    expect(made.diff({ metadata: shop("made"), data: { a: "2" } }, [], provider).replaces).toEqual([]);
  });

  it("of a chart's version is an upgrade, and of a release's namespace another release", async () => {
    const made = await (await Scene.begin()).make("helm.sh/v3:Release", release);
    expect(made.diff({ ...release, version: "1.30.4" })).toMatchObject({ diffs: ["version"], replaces: [] });
    expect(made.diff({ ...release, namespace: "default" }).replaces).toEqual(["namespace"]);
    expect(await made.update({ ...release, version: "1.30.4" })).toMatchObject({
      status: { chart: "base", revision: 2, status: "deployed", version: "1.30.4" },
    });
  });
});

describe("a deletion", () => {
  it("of a namespace takes all that lies in it", async () => {
    const scene = new Scene();
    const namespace = await scene.make("core/v1:Namespace", { metadata: { name: "shop" } }, "shop");
    await scene.make("core/v1:ConfigMap", { metadata: shop("settings") });
    await scene.make("core/v1:ConfigMap", { metadata: { name: "settings" } }, "elsewhere");
    await namespace.delete();
    expect(scene.held()).toEqual(["core/v1:ConfigMap default/settings"]);
  });

  it("of a namespace leaves no time to make something new in it", async () => {
    const scene = new Scene();
    const namespace = await scene.make("core/v1:Namespace", { metadata: { name: "shop" } }, "shop");
    const [late] = await Promise.allSettled([
      scene.make("core/v1:ConfigMap", { metadata: shop("late") }),
      namespace.delete(),
    ]);
    expect(late.status).toBe("fulfilled");
    expect(scene.held()).toEqual([]);
    await expect(scene.make("core/v1:ConfigMap", { metadata: shop("later") })).rejects.toThrow("not found");
  });

  it("of a definition takes every object of its kind", async () => {
    const scene = await Scene.begin();
    const definition = await scene.make("apiextensions.k8s.io/v1:CustomResourceDefinition", WIDGETS);
    await scene.make("example.org/v1:Widget", { metadata: { name: "one" } });
    expect(scene.held()).toContain("example.org/v1:Widget one");
    await definition.delete();
    expect(scene.held()).toEqual(["core/v1:Namespace shop"]);
  });
});

describe("a release", () => {
  it("brings the kinds of its chart", async () => {
    const scene = await Scene.begin();
    await scene.make("helm.sh/v3:Release", release);
    const made = await scene.make(VIRTUAL_SERVICE, { metadata: shop("web"), spec: { hosts: ["shop.example.com"] } });
    expect(made.id).toBe("shop/web");
  });

  it("of cert-manager brings none unless its values say so", async () => {
    const scene = await Scene.begin();
    const chart = { ...release, chart: "cert-manager", name: "cert-manager" };
    await scene.make("helm.sh/v3:Release", chart);
    const issuer = () => scene.make("cert-manager.io/v1:ClusterIssuer", { metadata: { name: "platform-ca" } });
    await expect(issuer()).rejects.toThrow("no matches for kind");
    await scene.make("helm.sh/v3:Release", { ...chart, name: "again", values: { crds: { enabled: true } } });
    expect((await issuer()).id).toBe("platform-ca");
  });

  it("leaves behind the kinds that Helm keeps, and says which release brought them", async () => {
    const scene = await Scene.begin();
    await (await scene.make("helm.sh/v3:Release", release)).delete();
    const kept = scene.account.leftovers().behindTheBack;
    expect(kept.map(({ id }) => id)).toContain("main:virtualservices.networking.istio.io");
    expect(new Set(kept.map(({ note }) => note))).toEqual(new Set(["brought by the release shop/istio-base"]));
  });

  it("takes with it the kinds that Helm does not keep", async () => {
    const scene = await Scene.begin();
    const values = { webhook: { certManager: { enabled: false } } };
    const chart = { ...release, chart: "external-secrets", name: "external-secrets", values };
    await (await scene.make("helm.sh/v3:Release", chart)).delete();
    expect(scene.held()).toEqual(["core/v1:Namespace shop"]);
  });
});

function role(name: string) {
  return { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name };
}

function ports(port: number) {
  return { spec: { ports: [{ port }] } };
}

function job(image: string) {
  return { spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "job", image }] } } } };
}

const WIDGETS = {
  metadata: { name: "widgets.example.org" },
  spec: {
    group: "example.org",
    scope: "Cluster",
    names: { kind: "Widget", plural: "widgets" },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};
