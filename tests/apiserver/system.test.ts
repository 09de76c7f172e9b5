import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ApiServer, Client, Identity, Manifest } from "../../twin/apiserver";
import { pods, type Manifest as Written } from "../constructs/manifest";
import { POLICIES } from "./emitted";
import { held } from "./held";
import { shared } from "./server";

const CORPUS = join(__dirname, "../../../shared/corpora/system-workloads");
const present = existsSync(CORPUS);
if (!present) console.log("the system's own workloads are not here: none was created under the admission policies");

const files = present ? readdirSync(CORPUS).filter((file) => file.endsWith(".yaml")) : [];
const ADDONS: Identity = { user: "eks:addon-manager", groups: ["system:authenticated"] };

let server: ApiServer;
let addons: Client;

beforeAll(async () => {
  server = shared();
  // EKS' own binding is not published; what it may write is not the question here, what admission says is.
  await server.apply([
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "addon-manager" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: ADDONS.user }],
    } as Manifest,
    ...POLICIES,
  ]);
  await held(server);
  addons = await server.client(ADDONS);
});

const read = (file: string) =>
  parseAllDocuments(readFileSync(join(CORPUS, file), "utf8"))
    .map((document) => document.toJS() as Manifest | null)
    .filter((each) => each !== null);

/** The same object in the next release: another image in every container. */
function next(object: Manifest): Manifest {
  const copy = structuredClone(object);
  for (const { pod } of pods([copy as Written])) {
    const { containers, initContainers = [] } = pod.spec as unknown as {
      containers: Image[];
      initContainers?: Image[];
    };
    for (const each of [...containers, ...initContainers]) each.image = `${each.image}-next`;
  }
  return copy;
}

interface Image {
  image: string;
}

(present ? it : it.skip).each(files)("%s is created and updated as it is published", async (file) => {
  const objects = read(file);
  expect(pods(objects as Written[]).length).toBeGreaterThan(0);
  for (const object of objects) await addons.apply(object);
  for (const object of objects) await addons.apply(next(object));
});

(present ? it : it.skip).each(files)("the pods of %s are created, as their controllers do it", async (file) => {
  for (const { by, pod } of pods(read(file) as Written[])) {
    const metadata = { ...pod.metadata, name: by.metadata.name, namespace: "kube-system" };
    await addons.create({ apiVersion: "v1", kind: "Pod", metadata, spec: pod.spec } as Manifest, { dryRun: true });
  }
});

it("judges what is not a tenant's by no policy but the one for cordons", () => {
  const everywhere = POLICIES.filter(
    (policy) => (policy as unknown as Judging).spec.matchConstraints.namespaceSelector === undefined,
  );
  expect(new Set(everywhere.map(({ metadata }) => metadata.name))).toEqual(new Set(["bulwark-cordon-only"]));
});

interface Judging {
  readonly spec: { readonly matchConstraints: { readonly namespaceSelector?: object } };
}
