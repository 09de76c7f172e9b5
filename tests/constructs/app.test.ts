import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiObject, App as Stock, type AppProps, Chart, YamlOutputType } from "cdk8s";
import { Construct } from "constructs";
import fc from "fast-check";
import { App, Application, WebService } from "../../constructs";

const IMAGE = `registry.example.com/shop@sha256:${"a".repeat(64)}`;

describe("App", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "bulwark-app-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes the same files as the stock App, whatever depends on what", () => {
    fc.assert(
      fc.property(programs, fc.constantFrom(...LAYOUTS), (program, yamlOutputType) => {
        const ours = synthesised(App, folder, program, { yamlOutputType });
        const stock = synthesised(Stock, folder, program, { yamlOutputType });
        expect(ours).toEqual(stock);
      }),
      { numRuns: 300 },
    );
  });

  it("writes one string as the stock App does", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const [ours, stock] = [new App(), new Stock()];
        build(ours, program);
        build(stock, program);
        expect(outcome(() => ours.synthYaml())).toEqual(outcome(() => stock.synthYaml()));
      }),
      { numRuns: 100 },
    );
  });

  it("works on twice as many charts in about twice the steps", () => {
    const steps = (count: number): number => {
      const app = new App({ outdir: folder });
      let asked = 0;
      for (let index = 0; index < count; index++) {
        const chart = new Chart(app, `chart-${index}`);
        new ApiObject(chart, "object", { apiVersion: "v1", kind: "ConfigMap" });
        chart.node.addValidation({ validate: () => ((asked += 1), []) });
      }
      const findAll = jest.spyOn(app.node, "findAll");
      app.synth();
      return asked + findAll.mock.calls.length * count;
    };
    expect(steps(400)).toBeLessThan(steps(200) * 2.5);
  });

  it("names the constructs that depend on each other in a circle", () => {
    const app = new App({ outdir: folder });
    const chart = new Chart(app, "chart");
    const [a, b] = ["a", "b"].map((id) => new ApiObject(chart, id, { apiVersion: "v1", kind: "ConfigMap" }));
    if (a && b) {
      a.addDependency(b);
      b.addDependency(a);
    }
    expect(() => {
      app.synth();
    }).toThrow("dependency cycle detected: chart/a => chart/b => chart/a");
  });

  it("leaves the folder as it was when anything is wrong", () => {
    writeFileSync(join(folder, "shop.k8s.yaml"), "what stood there before\n");
    const app = new App({ outdir: folder });
    const shop = new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
    const pay = new Application(app, "pay", { tenant: "team-pay", owner: "team-pay@example.com" });
    new WebService(shop, "web", { image: IMAGE, port: 8080 }).calls(
      new WebService(pay, "payments", { image: IMAGE, port: 8080 }),
    );
    expect(() => {
      app.synth();
    }).toThrow('write accepts("team-shop/web") on payments');
    expect(readdirSync(folder)).toEqual(["shop.k8s.yaml"]);
    expect(readFileSync(join(folder, "shop.k8s.yaml"), "utf8")).toBe("what stood there before\n");
  });
});

const LAYOUTS = [
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

/** A tree of charts, groups and objects, and pairs of them of which the first depends on the second. */
interface Program {
  readonly parts: readonly { readonly kind: "chart" | "group" | "object"; readonly parent: number }[];
  readonly dependencies: readonly (readonly [number, number])[];
}

const programs: fc.Arbitrary<Program> = fc.record({
  parts: fc.array(fc.record({ kind: fc.constantFrom("chart", "group", "object"), parent: fc.nat(20) }), {
    maxLength: 14,
  }),
  dependencies: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 5 }),
});

function build(app: Stock, { parts, dependencies }: Program): void {
  const built: Construct[] = [new Chart(app, "first")];
  parts.forEach(({ kind, parent }, index) => {
    const scope = built[parent % built.length] ?? app;
    // An object has no children of its own, and a group needs a chart above it.
    const inside = scope instanceof ApiObject ? (scope.node.scope ?? app) : scope;
    const id = `${kind}-${index}`;
    if (kind === "chart") built.push(new Chart(inside, id));
    else if (kind === "group") built.push(new Construct(inside, id));
    else built.push(new ApiObject(inside, id, { apiVersion: "v1", kind: "ConfigMap", data: { index } }));
  });
  for (const [from, to] of dependencies) {
    const [source, target] = [built[from % built.length], built[to % built.length]];
    if (source && target && source !== target) source.node.addDependency(target);
  }
}

/** The files and their content, or only that it failed: the stock App words a circle differently. */
function synthesised(Kind: typeof Stock, folder: string, program: Program, props: AppProps): unknown {
  const outdir = mkdtempSync(join(folder, "dist-"));
  return outcome(() => {
    const app = new Kind({ ...props, outdir });
    build(app, program);
    app.synth();
    const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file.slice(outdir.length), readFileSync(file, "utf8")])
      .sort();
  });
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return "failed";
  }
}
