import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackFile } from "../../stacks/blueprint/file";
import { nearest } from "../../stacks/blueprint/nearest";

describe("the stack's file", () => {
  const root = mkdtempSync(join(tmpdir(), "bulwark-file-"));
  const stacks = join(root, "stacks");

  beforeAll(() => {
    mkdirSync(stacks);
    writeFileSync(join(root, "Pulumi.yaml"), "name: bulwark\n");
    writeFileSync(join(root, "Pulumi.production.yaml"), "config: {}\n");
    writeFileSync(join(root, "other.yaml"), "config: { a: b }\n");
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it("lies beside Pulumi.yaml, wherever below it the program runs", () => {
    expect(stackFile("production", stacks, undefined)).toEqual({
      file: "Pulumi.production.yaml",
      source: "config: {}\n",
    });
  });

  it("is the one that BULWARK_CONFIG_FILE names, since the engine does not pass --config-file on", () => {
    expect(stackFile("production", stacks, "other.yaml")).toEqual({ file: "other.yaml", source: "config: { a: b }\n" });
    expect(stackFile("production", stacks, join(root, "other.yaml"))).toMatchObject({ file: "other.yaml" });
  });

  it("costs only line numbers when it is not there", () => {
    expect(stackFile("staging", stacks, undefined)).toEqual({ file: "Pulumi.staging.yaml" });
  });
});

describe("a suggestion", () => {
  const words = ["development", "staging", "production"];

  it.each([
    ["prod", "production"],
    ["prodution", "production"],
    ["Stagign", "staging"],
  ])("turns %s into %s", (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  it("is not made when nothing is near", () => {
    expect(nearest("qa", words)).toBeUndefined();
  });
});
