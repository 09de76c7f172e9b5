import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as constructs from "../../../constructs";
import { CASES } from "./cases";

/** What is exported for writing types and patches. */
const EMIT_NOTHING = ["App", "JsonPatch", "Server", "Workload"];

/** The platform's, whose manifests are reviewed as snapshots beside their own tests. */
const REVIEWED_ELSEWHERE = ["EgressGateway", "IngressGateway", "Mesh", "Personas", "TlsIngress"];

describe("the manifest of each construct", () => {
  it.each(Object.keys(CASES))("is the one that was reviewed, twice: %s", (name) => {
    const reviewed = readFileSync(join(__dirname, `${name}.yaml`), "utf8");
    const app = CASES[name]?.();
    // If the difference is meant: npm run golden, and read it.
    expect(app?.synthYaml()).toBe(reviewed);
    expect(app?.synthYaml()).toBe(reviewed);
  });

  it("leaves no reviewed file behind, and no construct without one", () => {
    const files = readdirSync(__dirname).filter((file) => file.endsWith(".yaml"));
    expect(files.sort()).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.yaml`)
        .sort(),
    );
    const nouns = Object.entries(constructs).flatMap(([name, value]) =>
      typeof value === "function" && /^[A-Z]/.test(name) && ![...EMIT_NOTHING, ...REVIEWED_ELSEWHERE].includes(name)
        ? [name]
        : [],
    );
    const dashed = nouns.map((noun) => noun.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase());
    expect(dashed.filter((noun) => !(noun in CASES))).toEqual([]);
  });
});
