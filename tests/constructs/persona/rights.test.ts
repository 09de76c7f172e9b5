import fc from "fast-check";
import type { Environment, Persona } from "../../../constructs";
import { groupOf, subjects as subjectsOf } from "../../../stacks/identity/personas";
import { type Attempt, can, rules, subjects } from "../rbac";
import { ENVIRONMENTS, FORBIDDEN, MAY, MAY_NOT, type Row, type Wish } from "./wishes";
import { cluster, everybody, PIPELINE, tenant } from "./world";

const PERSONAS = Object.keys(everybody("production")) as Persona[];
const WORLD = Object.fromEntries(ENVIRONMENTS.map((each) => [each, cluster(each)])) as Record<
  Environment,
  ReturnType<typeof cluster>
>;

function asks(
  who: Persona | "pipeline",
  environment: Environment,
  [verb, resource, where = "team-shop"]: Wish,
): boolean {
  const groups = who === "pipeline" ? [PIPELINE] : everybody(environment)[who].slice(-1);
  return can(WORLD[environment], attempt(groups, verb, resource, where === "cluster" ? undefined : where));
}

function attempt(groups: readonly string[], verb: string, path: string, namespace: string | undefined): Attempt {
  const [, group, resource] = /^(?:([a-z0-9.-]+):)?(.+)$/.exec(path) ?? [];
  return {
    groups: [...groups, "system:authenticated"],
    verb,
    ...(group !== undefined && { group }),
    resource: resource ?? "",
    ...(namespace !== undefined && { namespace }),
  };
}

describe.each(ENVIRONMENTS)("in %s", (environment) => {
  const here = (rows: readonly Row[]) =>
    rows
      .filter(([, environments]) => environments.includes(environment))
      .map(([who, , does, wish]) => [who, does, wish] as const);

  it.each(here(MAY))("%s %s", (who, _, wish) => {
    expect(asks(who, environment, wish)).toBe(true);
  });

  it.each(here(MAY_NOT))("%s %s", (who, _, wish) => {
    expect(asks(who, environment, wish)).toBe(false);
  });

  it.each(FORBIDDEN)("nobody may %s %s, in any namespace or in all", (verb, resource) => {
    for (const who of [...PERSONAS, "pipeline"] as const) {
      for (const where of ["team-shop", "team-pay", "kube-system", "cluster"] as const) {
        expect([who, where, asks(who, environment, [verb, resource, where])]).toEqual([who, where, false]);
      }
    }
  });

  it("has no wildcard in any rule, and no collection is deleted at once", () => {
    for (const { role, apiGroups = [], resources = [], verbs } of rules(WORLD[environment])) {
      expect([role, [...apiGroups, ...resources, ...verbs].filter((word) => word.includes("*"))]).toEqual([role, []]);
      expect([role, verbs.includes("deletecollection")]).toEqual([role, false]);
    }
  });

  it("binds only roles of its own, which other charts cannot add to", () => {
    for (const manifest of WORLD[environment].filter(({ kind }) => /Role$/.test(kind))) {
      expect(manifest.metadata.name).toMatch(/^bulwark-/);
      expect(manifest).not.toHaveProperty("aggregationRule");
      expect(Object.keys(manifest.metadata.labels ?? {}).filter((key) => key.includes("aggregate"))).toEqual([]);
    }
  });

  it("names as subjects exactly the groups of access entries and of the identity provider", () => {
    const identity = { provider: { groupsPrefix: "oidc:", groups: { developer: ["shop-developers"] } } };
    const entitled = Object.values(subjectsOf({ environment, identity } as Parameters<typeof subjectsOf>[0])).flat();
    const named = subjects(WORLD[environment]);
    expect(named.every(({ kind }) => kind === "Group")).toBe(true);
    expect(new Set(named.map(({ name }) => name))).toEqual(new Set([...entitled, PIPELINE]));
  });

  it("knows a persona by the group that its access entries carry", () => {
    for (const persona of PERSONAS) expect(everybody(environment)[persona]).toContain(groupOf(persona, environment));
  });
});

describe("a stranger", () => {
  it("may do nothing anywhere, whatever groups he has", () => {
    const groups = fc.array(fc.constantFrom("system:authenticated", "shop-developers", "oidc:other", "bulwark:nobody"));
    const verbs = fc.constantFrom("get", "list", "create", "patch", "delete");
    const resources = fc.constantFrom("pods", "secrets", "nodes", "apps:deployments", "pods/log");
    fc.assert(
      fc.property(groups, verbs, resources, fc.constantFrom("team-shop", undefined), (who, verb, resource, where) => {
        for (const world of Object.values(WORLD)) expect(can(world, attempt(who, verb, resource, where))).toBe(false);
      }),
    );
  });

  it("is everybody in a tenant that names nobody", () => {
    expect(subjects(tenant())).toEqual([]);
    expect(rules(tenant())).toEqual([]);
  });
});

it("gives a binding copied from staging nobody who writes in production", () => {
  const copied = [...WORLD.staging, ...WORLD.production];
  expect(can(copied, attempt(["bulwark:developer-read"], "delete", "pods", "team-shop"))).toBe(false);
});
