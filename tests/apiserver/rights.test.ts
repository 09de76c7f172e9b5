import type { Environment, Persona } from "../../constructs";
import type { ApiServer, Client, Identity } from "../../twin/apiserver";
import { ENVIRONMENTS, FORBIDDEN, MAY, MAY_NOT, type Row, type Wish } from "../constructs/persona/wishes";
import { cluster, everybody } from "../constructs/persona/world";
import { documented, type Right } from "./document";
import { DEPLOYER, eventually, inGroup, shared, who } from "./server";

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
}

const PERSONAS = Object.keys(everybody("production")) as Persona[];
const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const REVIEWS = "/apis/authorization.k8s.io/v1";
/** What Kubernetes gives everybody who has signed in: to ask about himself. */
const OWN = /^create (authorization|authentication)\.k8s\.io:selfsubject(access|rules)?reviews$/;

let server: ApiServer;
let admin: Client;

beforeAll(async () => {
  server = shared();
  admin = await server.client();
});

/** Every right that the server gives somebody in a namespace, beside those that everybody has. */
async function given(identity: Identity, namespace: string): Promise<Set<Right>> {
  const client = await server.client(identity);
  const review = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } };
  const { body } = await client.demand("POST", `${REVIEWS}/selfsubjectrulesreviews`, {}, review);
  const { resourceRules } = (body as { status: { resourceRules: readonly Rule[] } }).status;
  const all = resourceRules.flatMap(({ verbs, apiGroups = [], resources = [] }) =>
    verbs.flatMap((verb) => apiGroups.flatMap((group) => resources.map((each) => `${verb} ${group}:${each}`))),
  );
  return new Set(all.filter((right) => !OWN.test(right)));
}

/** Whether the server would let somebody do it. */
async function allows(identity: Identity, [verb, path, where = "team-shop"]: Wish): Promise<boolean> {
  const [, group = "", resource = "", subresource] = /^(?:([a-z0-9.-]+):)?([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const client = await server.client(identity);
  const attributes = { verb, group, resource, ...(subresource !== undefined && { subresource }) };
  const { body } = await client.demand(
    "POST",
    `${REVIEWS}/selfsubjectaccessreviews`,
    {},
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { ...attributes, ...(where !== "cluster" && { namespace: where }) } },
    },
  );
  return (body as { status: { allowed: boolean } }).status.allowed;
}

describe.each(ENVIRONMENTS)("in %s", (environment: Environment) => {
  beforeAll(async () => {
    const ours = { labelSelector: "app.kubernetes.io/managed-by=bulwark" };
    for (const kind of ["clusterrolebindings", "clusterroles"]) await admin.demand("DELETE", `${RBAC}/${kind}`, ours);
    for (const kind of ["rolebindings", "roles"]) {
      await admin.demand("DELETE", `${RBAC}/namespaces/team-shop/${kind}`, ours);
    }
    await server.apply(cluster(environment));
  });

  it.each(PERSONAS)("%s may do what docs/personas.md says, to the letter, and nothing else", async (persona) => {
    for (const namespace of ["team-shop", "team-pay", "kube-system", "default"]) {
      const expected = [...documented(persona, environment, namespace === "team-shop")].sort();
      const isSo = (rights: Set<Right>) => JSON.stringify([...rights].sort()) === JSON.stringify(expected);
      const rights = await eventually(() => given(who(persona, environment), namespace), isSo);
      expect([namespace, [...rights].sort()]).toEqual([namespace, expected]);
    }
  });

  const here = (rows: readonly Row[]) => rows.filter(([, environments]) => environments.includes(environment));
  const identity = (someone: Persona | "pipeline") => (someone === "pipeline" ? DEPLOYER : who(someone, environment));

  it("answers everybody's wishes as it was promised", async () => {
    const asked = [
      ...here(MAY).map((row) => [row, true] as const),
      ...here(MAY_NOT).map((row) => [row, false] as const),
    ];
    const wrong = await Promise.all(
      asked.map(async ([[someone, , does, wish], may]) =>
        (await allows(identity(someone), wish)) === may ? [] : [`${someone} ${does}`],
      ),
    );
    expect(asked.length).toBeGreaterThan(40);
    expect(wrong.flat()).toEqual([]);
  });

  it("gives nobody what is break-glass", async () => {
    const wishes = FORBIDDEN.flatMap(([verb, resource]) =>
      (["team-shop", "cluster"] as const).map((where): Wish => [verb, resource, where]),
    );
    for (const someone of [...PERSONAS, "pipeline"] as const) {
      const may = await Promise.all(
        wishes.map(async (wish) => ((await allows(identity(someone), wish)) ? [wish] : [])),
      );
      expect([someone, may.flat()]).toEqual([someone, []]);
    }
  });
});

it("gives a stranger nothing, whatever he calls his group", async () => {
  for (const group of ["system:authenticated", "shop-developers", "bulwark:developers", "bulwark:nobody"]) {
    expect([group, [...(await given(inGroup(group), "team-shop"))]]).toEqual([group, []]);
  }
});
