import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { connect as dial } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type ApiServer, kubernetesVersion, startApiServer } from "../../twin/apiserver";
import { obtainPrograms } from "../../twin/apiserver/programs";
import { shared } from "./server";

let server: ApiServer;

beforeAll(() => {
  server = shared();
});

it("knows somebody by his name and by each of his groups, whatever stands in them", async () => {
  const groups = ["oidc:a/b", "oidc:c,d+e=f", 'oidc:g\\h "i"', "oidc:größe"];
  const client = await server.client({ user: "o=range/x", groups });
  const { body } = await client.demand(
    "POST",
    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    {},
    {
      apiVersion: "authentication.k8s.io/v1",
      kind: "SelfSubjectReview",
    },
  );
  expect(body).toMatchObject({
    status: { userInfo: { username: "o=range/x", groups: [...groups, "system:authenticated"] } },
  });
});

it("serves Kubernetes' own client by the kubeconfig it writes", async () => {
  const file = join(server.folder, "for-the-client");
  writeFileSync(file, await server.kubeconfig(), { mode: 0o600 });
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    join(__dirname, "own-client.ts"),
    file,
  ]);
  expect(stdout.trim().split(",")).toContain("kube-system");
});

it("is the release that was pinned", async () => {
  const { body } = await (await server.client()).demand("GET", "/version", {});
  expect(body).toMatchObject({ gitVersion: `v${kubernetesVersion()}`, major: "1" });
});

it("starts from a folder that is named, and leaves nothing when it stops", async () => {
  const { path } = await obtainPrograms();
  const other = await startApiServer({ env: { KUBEBUILDER_ASSETS: dirname(path.etcd) } });
  expect(other.origin).toBe("KUBEBUILDER_ASSETS");
  expect(other.url).not.toBe(server.url);
  expect(await listens(other.url)).toBe(true);

  await other.stop();
  expect(await listens(other.url)).toBe(false);
  expect(existsSync(other.folder)).toBe(false);
  const { stdout } = await promisify(execFile)("ps", ["-eo", "args"]);
  expect(stdout.split("\n").filter((line) => line.includes(other.folder))).toEqual([]);
});

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
