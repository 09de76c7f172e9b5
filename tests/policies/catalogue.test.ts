import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { controls, nouns } from "../../policies/catalogue";
import { renderControls } from "../../policies/docs";

const ROOT = join(__dirname, "..", "..");

describe("the catalogue", () => {
  it("holds at least 48 controls, each id once", () => {
    const ids = controls.map(({ id }) => id);

    expect(ids.length).toBeGreaterThanOrEqual(48);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(Object.entries(nouns))("lets every id of %s begin with the noun of its file", (noun, own) => {
    expect(readdirSync(join(ROOT, "policies"))).toEqual(
      expect.arrayContaining([expect.stringMatching(`^${noun}(\\.ts)?$`)]),
    );
    expect(own.filter(({ id }) => !new RegExp(`^${noun}(-[a-z]+)+$`).test(id))).toEqual([]);
  });

  it.each(controls.map((control) => [control.id, control] as const))(
    "%s says why and what to do, in one sentence each",
    (_id, control) => {
      for (const text of [control.title, control.why, control.fix]) {
        expect(text.length).toBeGreaterThan(15);
        expect(text).not.toMatch(/\.$/);
      }
      expect(Object.values(control.refs)).not.toContain("");
      if (control.refs.catalogue !== undefined) expect(control.refs.catalogue).toMatch(/^EKS-[A-Z]+-\d+$/);
    },
  );

  it("loads without Pulumi", () => {
    const script = `require("tsx/cjs"); require("./policies/catalogue"); require("./policies/plan"); require("./policies/waivers"); require("./policies/docs");
      console.log(Object.keys(require.cache).filter((path) => path.includes("@pulumi")).length);`;

    expect(execFileSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" }).trim()).toBe("0");
  });

  it("renders a page with a section for every control, twice the same", () => {
    const page = renderControls();

    for (const { id, why, fix } of controls) {
      expect(page).toContain(`\n### ${id}\n`);
      expect(page).toContain(why);
      expect(page).toContain(fix);
    }
    expect(renderControls()).toBe(page);
  });
});
