import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const project = parse(readFileSync(join(__dirname, "../../Pulumi.yaml"), "utf8")) as Record<string, unknown>;

describe("the project file", () => {
  it("names the program as a file, which no package.json can override", () => {
    expect(project.main).toBe("stacks/index.ts");
  });

  it("refuses every resource and invoke that names no provider", () => {
    expect(project.config).toEqual({ "pulumi:disable-default-providers": { value: ["aws", "kubernetes"] } });
  });

  it("starts without checking types, which the tests do", () => {
    expect(project.runtime).toEqual({
      name: "nodejs",
      options: { typescript: false, nodeargs: "--import tsx --stack-trace-limit=0" },
    });
  });
});
