import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addTeardown, addWaivers, readTeardown, teardownLines, waiverLines, waiversFor } from "../../cli/teardown";
import { parseWaivers } from "../../policies/waivers";

const teardown = { reason: "the cluster moves to another region", by: "platform@example.com", until: "2027-01-31" };
const refused = [
  { control: "cluster-protected", resource: { urn: "urn:a", name: "main", type: "aws:eks/cluster:Cluster" } },
];

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "bulwark-")), "file.yaml");
  writeFileSync(path, text);
  return path;
}

describe("the documented teardown step", () => {
  it("writes the block into the blueprint, keeps comments, and quotes the day", () => {
    const path = file("# mine\nconfig:\n  bulwark:blueprint:\n    layer: cluster # here\n");
    addTeardown(path, teardown);

    expect(readTeardown(path)).toEqual(teardown);
    const text = readFileSync(path, "utf8");
    expect(text).toContain("# mine");
    expect(text).toContain("layer: cluster # here");
    expect(text).toContain('until: "2027-01-31"');
  });

  it("finds no teardown where none is written", () => {
    expect(readTeardown(file("config:\n  bulwark:blueprint:\n    layer: cluster\n"))).toBeUndefined();
    expect(readTeardown("/nowhere/Pulumi.none.yaml")).toBeUndefined();
  });

  it("prints a block that can be pasted under the blueprint", () => {
    const path = file(`config:\n  bulwark:blueprint:\n    layer: cluster\n${teardownLines(teardown)}\n`);
    expect(readTeardown(path)).toEqual(teardown);
  });
});

describe("waivers for what a teardown is refused", () => {
  it.each(["", "waivers: []\n", "[]\n", "# none\nwaivers:\n"])("are added to a file that holds %j", (text) => {
    const path = file(text);
    addWaivers(path, waiversFor(refused, teardown, "production"));

    expect(parseWaivers(readFileSync(path, "utf8"), path)).toEqual([
      {
        control: "cluster-protected",
        resource: "aws:eks/cluster:Cluster::main",
        stack: "production",
        owner: teardown.by,
        reason: teardown.reason,
        expiry: teardown.until,
      },
    ]);
  });

  it("name each resource once a control, however much the control has to say about it", () => {
    expect(waiversFor([...refused, ...refused], teardown, "production")).toHaveLength(1);
  });

  it("leave those alone that are already there", () => {
    const path = file("");
    addWaivers(path, waiversFor(refused, teardown, "production"));
    addWaivers(path, waiversFor(refused, teardown, "staging"));

    expect(parseWaivers(readFileSync(path, "utf8"), path).map(({ stack }) => stack)).toEqual(["production", "staging"]);
  });

  it("are printed so that the waiver file takes them", () => {
    const lines = waiverLines(waiversFor(refused, teardown, "production"));
    expect(parseWaivers(`waivers:\n${lines}\n`, "file")).toHaveLength(1);
  });
});
