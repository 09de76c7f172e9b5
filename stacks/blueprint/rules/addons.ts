import facts from "../../../facts/addon-versions.json";
import type { Rule } from "./rule";

const minor = (version: string) => version.split(".")[1];

const order = (version: string) => version.split(/\D+/).slice(1, 4).map(Number);

/** True when the first version comes before the second; builds of one version are the same to us. */
function isOlder(version: string, than: string): boolean {
  const [mine, theirs] = [order(version), order(than)];
  const differing = mine.findIndex((part, index) => part !== theirs[index]);
  return differing >= 0 && (mine[differing] ?? 0) < (theirs[differing] ?? 0);
}

/** An add-on's version fits the cluster's, and can do what the rest of the blueprint relies on. */
export const addons: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster") return;
  const versions: [string, string | undefined][] = Object.entries(blueprint.addons?.versions ?? {});
  for (const [name, version] of versions) {
    if (version === undefined) continue;
    const path = ["addons", "versions", name];

    const kubernetes = blueprint.cluster?.version;
    if (name === "kube-proxy" && kubernetes !== undefined && minor(version) !== minor(kubernetes))
      yield {
        path,
        allowed: `a version of Kubernetes ${kubernetes}, the cluster's own: kube-proxy never differs from its cluster by a minor version`,
        fix: `write a version that begins with v${kubernetes}, or remove kube-proxy`,
      };

    const least = new Map(Object.entries(facts.least)).get(name);
    if (least !== undefined && isOlder(version, least.version))
      yield {
        path,
        allowed: `${least.version} or newer: ${least.why}`,
        fix: `remove ${name}, or write ${name}: ${least.version}`,
      };
  }
};
