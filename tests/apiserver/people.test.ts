import type { Answer, ApiServer, Client, Manifest, Patch } from "../../twin/apiserver";
import { EMITTED, emitted } from "../constructs/persona/emitted";
import { held } from "./held";
import { DEPLOYER, refusal, shared, who } from "./server";

const NAMESPACE = "team-shop";
const AT = "kubectl.kubernetes.io/restartedAt";
const NOW = "2026-11-23T14:48:20Z";
const NODE: Manifest = { apiVersion: "v1", kind: "Node", metadata: { name: "ip-10-0-0-1" } };
const SECRET: Manifest & { stringData: object } = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "orders-password", namespace: NAMESPACE },
  stringData: { password: "not for developers" },
};
const WEB = emitted("Deployment", "web") as Manifest;
const STORE = emitted("StatefulSet", "orders-db") as Manifest;
const IN = `/api/v1/namespaces/${NAMESPACE}`;

let server: ApiServer;
let admin: Client;
let developer: Client;
let incident: Client;
let pod: Manifest;

beforeAll(async () => {
  server = shared();
  await held(server);
  [admin, developer, incident] = await Promise.all([
    server.client(),
    server.client(who("developer")),
    server.client(who("incidentManager")),
  ]);
  await server.apply(EMITTED, DEPLOYER);
  await server.apply([NODE, SECRET]);
  const { spec } = WEB as Manifest & { spec: { template: { metadata: object; spec: object } } };
  pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...spec.template.metadata, name: "bare", namespace: NAMESPACE },
    spec: spec.template.spec,
  } as Manifest;
  await admin.create(pod);
});

afterAll(async () => {
  for (const object of [...(EMITTED as readonly Manifest[]), NODE, SECRET, pod]) await admin.delete(object);
});

/** The Deployment with another image, restarted. */
const evil = (() => {
  const copy = structuredClone(WEB) as Manifest & { spec: { template: Template } };
  copy.spec.template.metadata.annotations = { ...copy.spec.template.metadata.annotations, [AT]: NOW };
  for (const each of copy.spec.template.spec.containers) each.image = "evil";
  return copy;
})();

interface Template {
  readonly metadata: { annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly { image: string }[] };
}

type Try = readonly [does: string, attempt: (client: Client) => Promise<Answer>];

const patch = (object: () => Manifest, change: object, kind: Patch = "strategic", subresource?: string) => {
  return (client: Client) => client.patch(object(), change, kind, subresource === undefined ? {} : { subresource });
};
const web = (change: object, kind: Patch = "strategic") => patch(() => WEB, change, kind);
const container = (change: object) => ({ containers: [{ name: "web", ...change }] });
const template = (change: object) => ({ spec: { template: change } });
const restart = { metadata: { annotations: { [AT]: NOW } } };
const restarting = (change: object) => web(template({ ...restart, ...change }));
const cordoning = (change: object) => patch(() => NODE, change);
const post = (path: string, body: object) => (client: Client) => client.demand("POST", path, {}, body);
const get = (path: string) => (client: Client) => client.demand("GET", path, {});

/** What changes something, by every way that a person has. */
const CHANGES: readonly Try[] = [
  ["change an image", web(template({ spec: container({ image: "evil" }) }))],
  ["apply another Deployment", (client) => client.apply(evil)],
  ["replace a Deployment", (client) => client.replace(WEB)],
  ["create a Deployment", (client) => client.create({ ...WEB, metadata: { name: "new", namespace: NAMESPACE } })],
  ["delete a Deployment", (client) => client.delete(WEB)],
  [
    "delete all Deployments",
    (client) => client.demand("DELETE", `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, {}),
  ],
  ["write a status", patch(() => WEB, { status: { replicas: 0 } }, "merge", "status")],
  ["change a ConfigMap", post(`${IN}/configmaps`, { metadata: { name: "a" }, data: { a: "b" } })],
  ["create a pod", (client) => client.create({ ...pod, metadata: { name: "mine", namespace: NAMESPACE } })],
  ["delete a pod", (client) => client.delete(pod)],
  [
    "evict a pod",
    post(`${IN}/pods/bare/eviction`, { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "bare" } }),
  ],
  [
    "add a container to a running pod",
    patch(() => pod, { spec: { ephemeralContainers: [] } }, "strategic", "ephemeralcontainers"),
  ],
  ["open a shell", post(`${IN}/pods/bare/exec?command=sh`, {})],
  ["forward a port", post(`${IN}/pods/bare/portforward?ports=8080`, {})],
  [
    "ask for a token",
    post(`${IN}/serviceaccounts/web/token`, { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} }),
  ],
  [
    "change the namespace",
    (client) =>
      client.patch(
        { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
        { metadata: { labels: { a: "b" } } },
        "merge",
      ),
  ],
  ["taint a node", cordoning({ spec: { taints: [{ key: "a", effect: "NoExecute" }] } })],
];

/** What an incident manager may do and a developer may not. */
const OPERATIONS: readonly Try[] = [
  ["restart a Deployment as kubectl does", restarting({})],
  ["restart it by a merge patch", web(template(restart), "merge")],
  ["restart a StatefulSet", patch(() => STORE, template(restart))],
  ["scale a Deployment", patch(() => WEB, { spec: { replicas: 3 } }, "merge", "scale")],
  ["scale a StatefulSet", patch(() => STORE, { spec: { replicas: 2 } }, "merge", "scale")],
  ["cordon a node", cordoning({ spec: { unschedulable: true } })],
  ["make it schedulable again", cordoning({ spec: { unschedulable: false } })],
];

/** What reads a Secret. */
const READS: readonly Try[] = [
  ["read a Secret", get(`${IN}/secrets/orders-password`)],
  ["list Secrets", get(`${IN}/secrets`)],
  ["list every Secret", get("/api/v1/secrets")],
  ["watch Secrets", get(`${IN}/secrets?watch=true&timeoutSeconds=1`)],
];

/** A restart or a cordon with something beside it. */
const MORE: readonly Try[] = [
  ["an image", restarting({ spec: container({ image: "evil" }) })],
  ["an image of an init container", restarting({ spec: { initContainers: [{ name: "a", image: "evil" }] } })],
  ["a mounted secret", restarting({ spec: { volumes: [{ name: "s", secret: { secretName: "orders-password" } }] } })],
  [
    "a variable from a secret",
    restarting({ spec: container({ envFrom: [{ secretRef: { name: "orders-password" } }] }) }),
  ],
  ["a command", restarting({ spec: container({ command: ["sh"] }) })],
  ["another account", restarting({ spec: { serviceAccountName: "orders-db" } })],
  [
    "privileges",
    restarting({ spec: container({ securityContext: { privileged: true, allowPrivilegeEscalation: true } }) }),
  ],
  ["the host's network", restarting({ spec: { hostNetwork: true } })],
  ["a label of the pods", restarting({ metadata: { annotations: { [AT]: NOW }, labels: { a: "b" } } })],
  ["another annotation of the pods", restarting({ metadata: { annotations: { [AT]: NOW, a: "b" } } })],
  ["the number of pods", web({ spec: { replicas: 0, template: restart } })],
  ["the way it rolls out", web({ spec: { template: restart, strategy: { type: "Recreate", rollingUpdate: null } } })],
  ["a pause", web({ spec: { template: restart, paused: true } })],
  ["an annotation of the object", web({ metadata: { annotations: { a: "b" } }, ...template(restart) })],
  ["a label of the object", web({ metadata: { labels: { a: "b" } }, ...template(restart) })],
  [
    "an owner",
    web({
      metadata: { ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "a", uid: "b" }] },
      ...template(restart),
    }),
  ],
  ["a finalizer", web({ metadata: { finalizers: ["example.com/never"] }, ...template(restart) })],
  ["a text that is no time", web(template({ metadata: { annotations: { [AT]: "$(evil)" } } }))],
  [
    "the image, by a JSON patch",
    web([{ op: "replace", path: "/spec/template/spec/containers/0/image", value: "evil" }], "json"),
  ],
  ["the image, by server-side apply", (client) => client.apply(evil)],
  ["a label of a node", cordoning({ metadata: { labels: { zone: "b" } }, spec: { unschedulable: true } })],
  ["an annotation of a node", cordoning({ metadata: { annotations: { a: "b" } }, spec: { unschedulable: true } })],
  ["a taint of a node", cordoning({ spec: { unschedulable: true, taints: [{ key: "a", effect: "NoExecute" }] } })],
  ["a node's provider", cordoning({ spec: { unschedulable: true, providerID: "aws:///x/i-1" } })],
];

describe("a developer in production", () => {
  it.each([...CHANGES, ...OPERATIONS, ...READS])("may not %s", async (_, attempt) => {
    expect(await refusal(attempt(developer))).toMatch(/is forbidden: User "somebody@example.com" cannot/);
  });

  it("reads what runs", async () => {
    for (const path of [`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`, `${IN}/pods`, "/api/v1/nodes"]) {
      expect(await refusal(get(path)(developer))).toBeUndefined();
    }
  });
});

describe("an incident manager in production", () => {
  it.each(OPERATIONS)("may %s", async (_, attempt) => {
    expect(await refusal(attempt(incident))).toBeUndefined();
  });

  it.each([...CHANGES, ...READS])("may not %s", async (_, attempt) => {
    expect(await refusal(attempt(incident))).toMatch(
      /is forbidden: (User "somebody@example.com" cannot|ValidatingAdmissionPolicy 'bulwark-)/,
    );
  });

  it.each(MORE)("is refused when the same patch changes %s", async (_, attempt) => {
    expect(await refusal(attempt(incident))).toMatch(
      /ValidatingAdmissionPolicy 'bulwark-(team-shop-restart|cordon)-only'/,
    );
  });

  it("left everything as it was but what he may do", async () => {
    const { spec } = (await admin.read(WEB)) as {
      spec: { replicas: number; template: { metadata: object; spec: { containers: { image: string }[] } } };
    };
    expect(spec.template.spec.containers.map(({ image }) => image)).toEqual([expect.stringContaining("@sha256:")]);
    expect(spec.replicas).toBe(3);
    expect(spec.template.metadata).toMatchObject({ annotations: { [AT]: NOW } });
  });
});
