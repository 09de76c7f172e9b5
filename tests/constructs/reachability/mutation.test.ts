import { type Manifest, written } from "../manifest";
import { CALLS, twoTenants } from "./two-tenants";
import { World } from "./world";

const emitted = twoTenants().flatMap(written);
const PORTS = [...new Set(CALLS.map(([, , port]) => port))];

interface Spec {
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
  readonly rules?: readonly unknown[];
}

type Level = "the network" | "the mesh";

/** Who reaches whom, as the objects say it. */
function reached(manifests: readonly Manifest[], level: Level): string[] {
  const world = new World(manifests);
  const called = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`;
  return world.places
    .flatMap((from) =>
      world.places
        .filter((to) => to !== from)
        .flatMap((to) =>
          PORTS.filter((port) =>
            level === "the network" ? world.connects(from.end, to.end, port) : world.authorises(from, to, port),
          ).map((port) => `${called(from)} > ${called(to)}:${port}`),
        ),
    )
    .sort();
}

/** The objects with one rule taken out of one of them: the one that speaks of the other end. */
function without(kind: string, list: keyof Spec, of: string, other: string, port: number): Manifest[] {
  const [namespace = "", name = ""] = of.split("/");
  let taken = 0;
  const changed = emitted.map((manifest): Manifest => {
    const { metadata, spec = {} } = manifest;
    if (manifest.kind !== kind || metadata.name !== name || metadata.namespace !== namespace) return manifest;
    const rest = ((spec as Spec)[list] ?? []).filter((rule) => !speaksOf(rule, other, port));
    taken += ((spec as Spec)[list] ?? []).length - rest.length;
    return { ...manifest, spec: { ...spec, [list]: rest } };
  });
  if (taken !== 1) throw new Error(`${kind} ${of} has ${taken} rules for ${other}:${port}, so nothing is proved`);
  return changed;
}

function speaksOf(rule: unknown, other: string, port: number): boolean {
  const [namespace = "", name = ""] = other.split("/");
  const text = JSON.stringify(rule);
  const peer =
    text.includes(`"kubernetes.io/metadata.name":"${namespace}"`) &&
    text.includes(`"app.kubernetes.io/name":"${name}"`);
  return (peer || text.includes(`/ns/${namespace}/sa/${name}"`)) && new RegExp(`\\b${port}\\b`).test(text);
}

const lines = CALLS.map(([from, to, port]) => `${from} > ${to}:${port}`).sort();
const rows = CALLS.map(([from, to, port]) => [`${from} > ${to}:${port}`, from, to, port] as const);

describe("reachability, as it is evaluated, when one rule is missing from the objects", () => {
  it.each(rows)("loses %s, and no other call, without the callee's network policy for it", (line, from, to, port) => {
    const expected = lines.filter((each) => each !== line);
    expect(reached(without("NetworkPolicy", "ingress", to, from, port), "the network")).toEqual(expected);
  });

  it.each(rows)("loses %s, and no other call, without the caller's network policy for it", (line, from, to, port) => {
    const expected = lines.filter((each) => each !== line);
    expect(reached(without("NetworkPolicy", "egress", from, to, port), "the network")).toEqual(expected);
  });

  it.each(rows)("loses %s, and no other call, without the callee's authorization", (line, from, to, port) => {
    const expected = lines.filter((each) => each !== line);
    expect(reached(without("AuthorizationPolicy", "rules", to, from, port), "the mesh")).toEqual(expected);
  });

  it("gains what nobody declared once a tenant's default deny is gone", () => {
    const open = emitted.filter(({ kind, metadata }) => kind !== "NetworkPolicy" || metadata.namespace !== "team-pay");
    expect(reached(open, "the network").length).toBeGreaterThan(lines.length);
    const admitting = emitted.filter(
      ({ kind, metadata }) => kind !== "AuthorizationPolicy" || metadata.namespace !== "team-pay",
    );
    expect(reached(admitting, "the mesh").length).toBeGreaterThan(lines.length);
  });
});
