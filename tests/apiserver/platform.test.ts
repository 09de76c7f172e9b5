import type { ApiServer, Client, Manifest } from "../../twin/apiserver";
import { clusterOutputs, platform } from "../layers/platform";
import { applied, bare, inhabited } from "./applied";
import { shared } from "./server";

let server: ApiServer;
let admin: Client;
let objects: readonly Manifest[];

beforeAll(async () => {
  server = shared();
  admin = await server.client();
  const { registrations } = await platform(await clusterOutputs());
  objects = registrations
    .filter(({ type }) => type.startsWith("kubernetes:") && type !== "kubernetes:helm.sh/v3:Release")
    .map(({ inputs }) => inputs as unknown as Manifest);
  await inhabited(admin, objects);
});

afterAll(async () => {
  // Its parameters are fixed for its life, and the next suite has a class of the same name with another key.
  for (const object of objects.filter(({ kind }) => kind === "StorageClass")) await admin.delete(object);
});

describe("the platform layer of the example", () => {
  it("registers what the API server accepts as it is, without a warning, and finds the same when it is applied again", async () => {
    expect(objects.length).toBeGreaterThan(150);
    expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThan(20);
    expect(await applied(admin, objects)).toEqual([]);
  });

  it("makes pods that their namespaces' levels accept", async () => {
    for (const pod of bare(objects)) await admin.create(pod, { dryRun: true });
  });
});
