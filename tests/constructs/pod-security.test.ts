import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Pod, refusals } from "./pod-security";

const CORPUS = join(__dirname, "../../../shared/corpora/pod-security");
const present = existsSync(CORPUS);

const base: Pod = {
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } }],
  },
};

describe("the restricted Pod Security Standard, as the tests judge it", () => {
  if (!present) console.log("the Kubernetes project's own cases are not here: only the cases of this file were judged");

  it("admits a pod that asks for nothing", () => {
    expect(refusals(base)).toEqual([]);
  });

  it("refuses a pod that says nothing of its security at all", () => {
    expect(refusals({ spec: { containers: [{ name: "a" }] } })).toEqual([
      "escalation",
      "a capability",
      "a seccomp profile",
      "a container that may run as root",
    ]);
  });

  (present ? it : it.skip)("agrees with the Kubernetes project about every one of its cases", () => {
    const cases = (folder: string) =>
      readdirSync(join(CORPUS, folder)).map((file) => ({
        file: `${folder}/${file}`,
        pod: parse(readFileSync(join(CORPUS, folder, file), "utf8")) as Pod,
      }));
    const verdicts = (folder: string, refused: boolean) =>
      cases(folder)
        .filter(({ pod }) => refusals(pod).length > 0 === refused)
        .map(({ file }) => file);
    const wronglyRefused = verdicts("restricted/pass", true);
    const wronglyAdmitted = verdicts("restricted/fail", false);
    expect({ wronglyRefused, wronglyAdmitted }).toEqual({ wronglyRefused: [], wronglyAdmitted: [] });
  });
});
