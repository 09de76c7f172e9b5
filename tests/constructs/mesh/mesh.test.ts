import { Mesh, type MeshArgs } from "../../../constructs";
import { custom, present, refusals } from "./definitions";
import { find, render } from "./render";
import { shop } from "./requirements";

const args: MeshArgs = { loadBalancers: ["10.0.0.0/24", "10.0.1.0/24"], requirements: [shop] };
const mesh = (more: Partial<MeshArgs> = {}) => render((app) => new Mesh(app, "mesh", { ...args, ...more }));

describe("Mesh", () => {
  it("is what was reviewed", () => {
    expect(mesh()).toMatchSnapshot();
  });

  it("is the same when it is written twice", () => {
    expect(JSON.stringify(mesh())).toBe(JSON.stringify(mesh()));
  });

  (present ? it : it.skip)("is valid by the schemas of the projects that read it", () => {
    expect(
      mesh({ roots: { signing: 2, beside: 1 } })
        .filter(custom)
        .flatMap(refusals),
    ).toEqual([]);
  });

  it("lets nothing but mutual TLS be spoken where a namespace says nothing", () => {
    const policy = find(mesh(), "PeerAuthentication", "default");
    expect(policy.metadata.namespace).toBe("istio-system");
    expect(policy.spec).toEqual({ mtls: { mode: "STRICT" } });
  });

  it("admits nobody and routes nowhere where a namespace says nothing", () => {
    expect(find(mesh(), "AuthorizationPolicy", "allow-nothing")).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: {},
    });
    expect(find(mesh(), "Sidecar", "default")).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" }, egress: [{ hosts: ["./*", "istio-system/*"] }] },
    });
  });

  it("signs under a root that it keeps, with an authority whose key is new each time", () => {
    const [root, authority] = [find(mesh(), "Certificate", "mesh-root-1"), find(mesh(), "Certificate", "cacerts")];
    expect(root.spec).toMatchObject({ isCA: true, privateKey: { algorithm: "ECDSA", rotationPolicy: "Never" } });
    expect(authority.spec).toMatchObject({
      isCA: true,
      secretName: "cacerts",
      duration: "1440h0m0s",
      privateKey: { algorithm: "ECDSA", rotationPolicy: "Always" },
      issuerRef: { kind: "Issuer", name: "mesh-root-1" },
    });
  });

  it("keeps both roots while one replaces the other, and signs under the one that is said", () => {
    const both = mesh({ roots: { signing: 2, beside: 1 } });
    expect(find(both, "Certificate", "mesh-root-1")).toEqual(find(mesh(), "Certificate", "mesh-root-1"));
    expect(find(both, "Certificate", "cacerts").spec).toMatchObject({ issuerRef: { name: "mesh-root-2" } });
  });

  it("refuses roots that are no two", () => {
    for (const roots of [{ signing: 0 }, { signing: 1.5 }, { signing: 2, beside: 2 }]) {
      expect(() => mesh({ roots })).toThrow(/roots must be whole numbers from 1 and differ.*the next number/);
    }
  });
});
