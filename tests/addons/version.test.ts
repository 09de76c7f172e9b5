import facts from "../../facts/addon-versions.json";
import kubernetes from "../../facts/kubernetes-versions.json";
import { versionOf } from "../../stacks/addons/version";
import { addons as rule } from "../../stacks/blueprint/rules/addons";
import { isAddonVersion } from "../../twin/aws/eks/addon-version";
import { clusterBlueprint } from "../layers/blueprints";

const NAMES = Object.keys(facts.versions["1.36"]);

describe("the table of add-on versions", () => {
  it("has every Kubernetes version that is still in standard support on its day", () => {
    const current = Object.entries(kubernetes.versions)
      .filter(([, { endOfStandardSupport }]) => endOfStandardSupport > facts.asOf)
      .map(([version]) => version);

    expect(Object.keys(facts.versions)).toEqual(expect.arrayContaining(current));
  });

  it.each(Object.entries(facts.versions))(
    "pins every add-on for Kubernetes %s and says whether that was seen",
    (version, addons) => {
      expect(Object.keys(addons)).toEqual(NAMES);
      for (const addon of Object.values(addons)) {
        expect(addon.version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
        expect(typeof addon.verified).toBe("boolean");
      }
      expect(addons["kube-proxy"].version.startsWith(`v${version}.`)).toBe(true);
    },
  );
});

const pins = Object.entries(facts.versions).flatMap(([kubernetes, addons]) =>
  Object.entries(addons).map(([name, { version }]) => [name, version, kubernetes] as const),
);

describe("a pinned version", () => {
  it.each(pins)("of %s, %s, is one that the twin offers for Kubernetes %s", (name, version, kubernetes) => {
    expect(isAddonVersion(name, version, kubernetes)).toBe(true);
  });

  it.each(pins)("of %s, %s, could be written into a blueprint of Kubernetes %s", (name, version, kubernetes) => {
    expect(judged(kubernetes, { [name]: version })).toEqual([]);
  });
});

const judged = (kubernetes: string, versions: object) =>
  [...rule({ layer: "cluster", cluster: { version: kubernetes }, addons: { versions } }, facts.asOf)].map(({ path }) =>
    path.at(-1),
  );

describe("a version that the blueprint names", () => {
  it.each([
    ["v1.21.0-eksbuild.9", ["vpc-cni"]],
    ["v1.9.9-eksbuild.9", ["vpc-cni"]],
    ["v0.99.0-eksbuild.1", ["vpc-cni"]],
    ["v1.21.1-eksbuild.1", []],
    ["v1.21.2-eksbuild.1", []],
    ["v1.100.0-eksbuild.1", []],
    ["v2.0.0-eksbuild.1", []],
  ])("is as new as the rest of the blueprint needs it: %s", (version, refused) => {
    expect(judged("1.36", { "vpc-cni": version })).toEqual(refused);
  });
});

describe("an add-on's version", () => {
  it("is the pinned one of the cluster's Kubernetes version unless the blueprint says otherwise", () => {
    const cluster = { name: "production", version: "1.35" };
    const versions = { "kube-proxy": "v1.35.9-eksbuild.1" };

    expect(versionOf("kube-proxy", clusterBlueprint({ cluster }))).toBe("v1.35.3-eksbuild.13");
    expect(versionOf("kube-proxy", clusterBlueprint({ cluster, addons: { versions } }))).toBe("v1.35.9-eksbuild.1");
  });

  it("is never guessed for a Kubernetes version that the table lacks", () => {
    expect(() => versionOf("coredns", clusterBlueprint({ cluster: { name: "production", version: "1.99" } }))).toThrow(
      'no version of coredns is known for Kubernetes "1.99"',
    );
  });
});
