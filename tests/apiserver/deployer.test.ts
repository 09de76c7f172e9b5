import type { ApiServer, Client, Manifest } from "../../twin/apiserver";
import { DOORS } from "../constructs/persona/doors";
import { EMITTED } from "../constructs/persona/emitted";
import { cluster } from "../constructs/persona/world";
import { held } from "./held";
import { DEPLOYER, namespaces, refusal, shared } from "./server";
import { BOUNDARY, WAYS_IN } from "./ways";

const POLICY = /ValidatingAdmissionPolicy 'bulwark-team-shop-[a-z-]+' with binding '[^']+' denied request: /;
const RIGHT = /is forbidden: User "somebody@example.com" cannot (create|patch|delete) resource/;

let server: ApiServer;
let admin: Client;
let deployer: Client;
const own = cluster("production") as readonly Manifest[];
const emitted = EMITTED as readonly Manifest[];

beforeAll(async () => {
  server = shared();
  [admin, deployer] = await Promise.all([server.client(), server.client(DEPLOYER)]);
  await held(server);
  await server.apply(emitted, DEPLOYER);
  if (!(await namespaces(admin)).includes("team-pay")) {
    await admin.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-pay" } });
  }
});

afterAll(async () => {
  for (const object of emitted) await deployer.delete(object);
});

const moved = (object: Manifest, namespace: string): Manifest => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});
const renamed = (object: Manifest): Manifest => ({ ...object, metadata: { ...object.metadata, name: "door" } });

/** What the kind's own rules refuse before admission is asked: a policy has a selector or targetRefs, and ours have a selector. */
const IMPOSSIBLE = new Set(["an authorization policy for a gateway"]);

describe("with the pipeline's credential", () => {
  it.each(DOORS.filter(([what]) => !IMPOSSIBLE.has(what)))("nobody makes %s", async (_, object) => {
    expect(await refusal(deployer.create(renamed(object as Manifest), { dryRun: true }))).toMatch(POLICY);
  });

  it.each(DOORS)("nobody turns what the application has into %s", async (_, object) => {
    expect(await refusal(deployer.apply(object as Manifest, { dryRun: true }))).toBeDefined();
  });

  it.each(WAYS_IN)("nobody opens another door by %s", async (_, object) => {
    expect(await refusal(deployer.create(object, { dryRun: true }))).toMatch(RIGHT);
    expect(await refusal(deployer.apply(object, { dryRun: true }))).toMatch(RIGHT);
  });

  it.each(BOUNDARY)("nobody weakens the boundary by %s", async (_, object) => {
    expect(await refusal(deployer.create(object, { dryRun: true }))).toMatch(RIGHT);
    expect(await refusal(deployer.apply(object, { dryRun: true }))).toMatch(RIGHT);
  });

  it.each(own.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
    "nobody changes or deletes the platform's %s",
    async (_, object) => {
      const change = { metadata: { labels: { changed: "yes" } } };
      expect(await refusal(deployer.patch(object, change, "merge", { dryRun: true }))).toMatch(/is forbidden: /);
      expect(await refusal(deployer.apply(object, { dryRun: true }))).toMatch(/is forbidden: /);
      expect(await refusal(deployer.delete(object, { dryRun: true }))).toMatch(/is forbidden: /);
    },
  );

  it("nobody deletes a kind's objects all at once", async () => {
    for (const path of [
      "/apis/networking.k8s.io/v1/namespaces/team-shop/networkpolicies",
      "/apis/apps/v1/namespaces/team-shop/deployments",
    ]) {
      expect(await refusal(deployer.demand("DELETE", path, { dryRun: "All" }))).toContain("cannot deletecollection");
    }
  });

  it.each(["team-pay", "default", "kube-system", "istio-system"])(
    "nobody writes anything into %s",
    async (namespace) => {
      for (const object of emitted) {
        const elsewhere = deployer.create(moved(object, namespace), { dryRun: true });
        expect([object.kind, await refusal(elsewhere)]).toEqual([object.kind, expect.stringMatching(RIGHT)]);
      }
    },
  );

  it("nobody reaches a part of an object that opens a door", async () => {
    const service = emitted.find(({ kind }) => kind === "Service");
    const ingress = { status: { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } } };
    if (service === undefined) throw new Error("no Service");
    expect(await refusal(deployer.patch(service, ingress, "merge", { subresource: "status" }))).toMatch(RIGHT);
    const { metadata } = service;
    for (const path of [
      `/api/v1/namespaces/team-shop/services/${metadata.name}/proxy/`,
      "/api/v1/namespaces/team-shop/secrets",
      "/api/v1/nodes",
    ]) {
      expect(await refusal(deployer.demand("GET", path, {}))).toContain('User "somebody@example.com" cannot');
    }
  });
});
