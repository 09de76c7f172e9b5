import { RealServer } from "../../twin/kubernetes/real";
import { deployment, Scene } from "../twin/kubernetes/scene";
import { shared } from "./server";

// The twin's Kubernetes provider with a real API server behind it: what is refused here is refused in that server's own words.
const server = shared();
const scene = new Scene();
const named = { metadata: { name: "twin", namespace: "twin" } };
const web = { ...deployment, metadata: { name: "web", namespace: "twin" } };
let real: RealServer;

beforeAll(async () => {
  real = RealServer.named(await server.kubeconfig());
});
afterAll(() => {
  real.close();
});

const make = (type: string, inputs: Readonly<Record<string, unknown>>, name = "made") =>
  scene.make(type, inputs, name, { real });
const live = async (kind: string, apiVersion = "v1", object = named) => real.read({ apiVersion, kind, ...object });

it("keeps what the twin keeps, as the server has completed it", async () => {
  await make("core/v1:Namespace", { metadata: { name: "twin" } }, "twin");
  const { properties } = await make("apps/v1:Deployment", web, "web");
  expect(properties).toMatchObject({ spec: { progressDeadlineSeconds: 600 }, status: { readyReplicas: 1 } });
  // Controllers write on; what names the object and counts what was asked for stays.
  const { name, uid, generation } = properties["metadata"] as Record<string, unknown>;
  expect(await live("Deployment", "apps/v1", web)).toMatchObject({ metadata: { name, uid, generation } });
});

it("refuses what the server refuses, also in a dry run, and keeps nothing of it", async () => {
  const spec = { ...deployment.spec, replicas: -1 };
  await expect(make("apps/v1:Deployment", { ...web, spec }, "worse")).rejects.toThrow(/already exists/);
  const worse = { metadata: { name: "worse", namespace: "twin" }, spec };
  const request = {
    urn: "urn:pulumi:t::b::kubernetes:apps/v1:Deployment::worse",
    type: "kubernetes:apps/v1:Deployment",
  };
  const inputs = { apiVersion: "apps/v1", kind: "Deployment", ...worse };
  for (const preview of [true, false]) {
    await expect(scene.provider({ real }).create({ ...request, inputs, preview })).rejects.toThrow(
      "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
    );
  }
  expect(scene.held().filter((one) => one.endsWith("worse"))).toEqual([]);
});

it("gives the server the kinds that a release brings, so that their objects can follow", async () => {
  const repositoryOpts = { repo: "https://charts.example.com" };
  const chart = { chart: "trivy-operator", name: "trivy", namespace: "twin", version: "0.34.0", repositoryOpts };
  await make("helm.sh/v3:Release", chart);
  await make("aquasecurity.github.io/v1alpha1:SbomReport", named);
  expect(await live("SbomReport", "aquasecurity.github.io/v1alpha1")).toMatchObject(named);
});

it("updates and deletes there too, a namespace with all that lies in it", async () => {
  const settings = await make("core/v1:ConfigMap", { ...named, data: { a: "1" } }, "settings");
  await settings.update({ ...named, data: { a: "2" } });
  expect(await live("ConfigMap")).toMatchObject({ data: { a: "2" } });

  const request = { urn: "urn:pulumi:t::b::kubernetes:core/v1:Namespace::twin", type: "kubernetes:core/v1:Namespace" };
  await scene.provider({ real }).delete({ ...request, id: "twin" });
  expect(await live("ConfigMap")).toBeUndefined();
  expect(await live("Namespace", "v1", { metadata: { name: "twin" } } as typeof named)).toBeUndefined();
  expect(scene.held().filter((one) => one.includes(" twin"))).toEqual([]);
});
