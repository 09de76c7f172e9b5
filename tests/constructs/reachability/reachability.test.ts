import fc from "fast-check";
import { build, type Plan, plans } from "../arbitraries";
import { written } from "../manifest";
import type { End } from "./network";
import { CALLS, ENDPOINTS, twoTenants } from "./two-tenants";
import { type Place, World } from "./world";

const world = new World(twoTenants().flatMap(written));
const name = ({ namespace, name: called }: Place) => `${namespace}/${called}`;
const PORTS = [1, 53, 80, 443, 5432, 8080, 8443, 9443, 10250, 15012, 65_535];

describe("the example with two tenants", () => {
  const pairs = world.places.flatMap((from) => world.places.map((to) => ({ from, to })));
  const allowed = (rule: (from: Place, to: Place, port: number) => boolean) =>
    pairs
      .filter(({ from, to }) => from !== to)
      .flatMap(({ from, to }) =>
        PORTS.filter((port) => rule(from, to, port)).map((port) => [name(from), name(to), port]),
      )
      .sort();
  const declared = [...CALLS].sort();

  it("lets the network pass exactly the calls that were declared", () => {
    expect(allowed((from, to, port) => world.connects(from.end, to.end, port))).toEqual(declared);
  });

  it("lets the mesh admit exactly the calls that were declared", () => {
    expect(allowed((from, to, port) => world.authorises(from, to, port))).toEqual(declared);
  });

  it("admits nobody who has no certificate, and nobody of another tenant with the same name", () => {
    for (const to of world.places) {
      for (const port of to.ports) expect(world.authorises({ namespace: to.namespace }, to, port)).toBe(false);
    }
    const strangers = [...new Set(world.places.map((place) => place.name))].map((called) => ({
      namespace: "team-other",
      principal: `cluster.local/ns/team-other/sa/${called}`,
    }));
    for (const from of strangers)
      for (const to of world.places) for (const port of PORTS) expect(world.authorises(from, to, port)).toBe(false);
  });

  it("lets the gateway in where a host was named, and nowhere else", () => {
    const gateway = world.place("istio-ingress", { istio: "ingressgateway" }, "10.20.200.1");
    const caller = { namespace: "istio-ingress", principal: "cluster.local/ns/istio-ingress/sa/istio-ingressgateway" };
    const open = world.places.flatMap((to) =>
      PORTS.filter((port) => world.connects(gateway, to.end, port)).map((port) => [name(to), port]),
    );
    const admitted = world.places.flatMap((to) =>
      PORTS.filter((port) => world.authorises(caller, to, port)).map((port) => [name(to), port]),
    );
    expect(open).toEqual([["team-shop/storefront", 8080]]);
    expect(admitted).toEqual(open);
  });

  it("lets no other pod of the platform in", () => {
    const others = [
      world.place("istio-ingress", { istio: "other" }, "10.20.200.2"),
      world.place("kube-system", { "k8s-app": "kube-dns" }, "10.20.200.3"),
      world.place("istio-egress", { istio: "egressgateway" }, "10.20.200.4"),
      world.place("team-other", { istio: "ingressgateway" }, "10.20.200.5"),
    ];
    const open = others.flatMap((from) =>
      world.places.filter((to) => PORTS.some((port) => world.connects(from, to.end, port))),
    );
    expect(open.map(name)).toEqual([]);
  });

  it("reaches neither the instance metadata, nor a kubelet, nor the internet", () => {
    const doors: [string, End][] = [
      ["metadata", { address: "169.254.169.254" }],
      ["metadata over IPv6", { address: "fd00:ec2::254" }],
      ["a node", { address: "10.20.3.7" }],
      ["a node in the block of the endpoints", { address: "10.20.64.9" }],
      ["the internet", { address: "203.0.113.9" }],
      ["the internet over IPv6", { address: "2001:db8::9" }],
    ];
    const kubelet = 10_250;
    const open = world.places.flatMap((from) =>
      doors.flatMap(([door, to]) =>
        PORTS.filter((port) => world.connects(from.end, to, port)).map((port) => ({ from: name(from), door, port })),
      ),
    );
    // Who uses a bucket reaches the interface endpoints of AWS on 443, and nothing else there.
    expect(open).toEqual([{ from: "team-shop/night", door: "a node in the block of the endpoints", port: 443 }]);
    expect(open.map(({ port }) => port)).not.toContain(kubelet);
  });

  it("leaves the cluster by the egress gateway only, and only where a host was named", () => {
    const gateway = world.place("istio-egress", { istio: "egressgateway" }, "10.20.200.4");
    const open = world.places.flatMap((from) =>
      PORTS.filter((port) => world.connects(from.end, gateway, port)).map((port) => [name(from), port]),
    );
    expect(open).toEqual([["team-shop/storefront", 8443]]);
  });

  it("hands out roles on the agent's own address and to nobody who needs none", () => {
    const agent: End = { address: "169.254.170.23" };
    const open = world.places.flatMap((from) =>
      PORTS.filter((port) => world.connects(from.end, agent, port)).map((port) => [name(from), port]),
    );
    expect(open).toEqual([["team-shop/night", 80]]);
    expect(ENDPOINTS).not.toContain("169.254");
  });

  it("resolves names and hears of the mesh everywhere, since without them no pod starts", () => {
    const dns = world.place("kube-system", { "k8s-app": "kube-dns" }, "10.20.200.3");
    const istiod = world.place("istio-system", { app: "istiod" }, "10.20.200.6");
    for (const { end } of world.places) {
      expect(world.connects(end, dns, 53, "UDP")).toBe(true);
      expect(world.connects(end, dns, 53, "TCP")).toBe(true);
      expect(world.connects(end, istiod, 15_012)).toBe(true);
      expect(world.connects(end, world.place("team-pay", { "k8s-app": "kube-dns" }, "10.20.200.7"), 53, "UDP")).toBe(
        false,
      );
    }
  });
});

describe("whoever calls whom", () => {
  it("is reached exactly when the call was declared and consented to", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const some = new World(build(plan).flatMap(written));
        const reached = some.places.flatMap((from) =>
          some.places
            .filter((to) => to !== from)
            .flatMap((to) =>
              to.ports
                .filter((port) => some.connects(from.end, to.end, port) && some.authorises(from, to, port))
                .map((port) => `${name(from)} > ${name(to)}:${port}`),
            ),
        );
        expect(reached.sort()).toEqual(consented(plan));
      }),
      { numRuns: 40 },
    );
  });
});

/** What a plan says, read from the plan alone. */
function consented({ workloads, calls, accepts }: Plan): string[] {
  const both = calls.flatMap(([from, to]) => {
    const [caller, callee] = [workloads[from], workloads[to]];
    if (!caller || !callee || caller === callee || !("port" in callee.args)) return [];
    const agreed = caller.tenant === callee.tenant || accepts.some(([who, whom]) => who === to && whom === from);
    return agreed ? [`${caller.tenant}/${caller.name} > ${callee.tenant}/${callee.name}:${callee.args.port}`] : [];
  });
  return [...new Set(both)].sort();
}
