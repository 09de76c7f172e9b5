import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App as Stock, type AppProps, type ApiObject, type Chart, Names, Yaml, YamlOutputType } from "cdk8s";
import { Application } from "./application";
import type { Requirements } from "./requirements";
import { objects, order } from "./topology";

/** One file that is to be written below the output folder. */
interface Manifest {
  readonly folder?: string;
  readonly file: string;
  readonly documents: readonly ApiObject[];
}

/**
 * A cdk8s App that writes the same files as the stock one in time linear in the number of objects, and beside them
 * `requirements.json`: what its applications need from outside. Everything is rendered before the first file is written, so a
 * mistake leaves the folder as it was.
 */
export class App extends Stock {
  /** What the applications in this app need from outside, in a stable order. */
  get requirements(): readonly Requirements[] {
    return this.node
      .findAll()
      .filter((node) => Application.is(node))
      .map((application) => application.requirements)
      .sort((a, b) => compare(`${a.tenant}/${a.application}`, `${b.tenant}/${b.application}`));
  }

  override get charts(): Chart[] {
    return [...order(this).charts];
  }

  /**
   * Writes all manifests below the output folder.
   *
   * @throws Error that lists everything that is wrong in any of the constructs
   */
  override synth(): void {
    this.validate();
    const files = this.layout().map(({ folder, file, documents }) => ({
      folder: join(this.outdir, folder ?? ""),
      name: `${file}${this.outputFileExtension}`,
      text: Yaml.stringify(...documents.map((object) => object.toJson() as unknown)),
    }));
    const requirements = this.requirements;

    mkdirSync(this.outdir, { recursive: true });
    for (const { folder, name, text } of files) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    if (requirements.length > 0) {
      writeFileSync(
        join(this.outdir, "requirements.json"),
        `${JSON.stringify({ applications: requirements }, null, 2)}\n`,
      );
    }
  }

  override synthYaml(): string {
    this.validate();
    const { charts } = order(this);
    return Yaml.stringify(...charts.flatMap(objects).map((object) => object.toJson() as unknown));
  }

  private validate(): void {
    const problems = this.node
      .findAll()
      .flatMap(({ node }) => node.validate().map((problem) => `[${node.path}] ${problem}`));
    if (problems.length > 0)
      throw new Error(`Validation failed with the following errors:\n  ${problems.join("\n  ")}`);
  }

  private layout(): Manifest[] {
    const { charts, dependent } = order(this);
    // Where charts wait for each other, the number tells `kubectl apply -f` which file comes first.
    const name = (chart: Chart, index: number): string =>
      `${dependent ? `${index.toString().padStart(4, "0")}-` : ""}${Names.toDnsLabel(chart)}`;

    switch (this.yamlOutputType) {
      case YamlOutputType.FILE_PER_APP:
        return charts.length === 0 ? [] : [{ file: "app", documents: charts.flatMap(objects) }];
      case YamlOutputType.FILE_PER_CHART:
        return charts.map((chart, index) => ({ file: name(chart, index), documents: objects(chart) }));
      case YamlOutputType.FILE_PER_RESOURCE:
        return charts.flatMap(objects).map((object) => ({ file: fileOf(object), documents: [object] }));
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        return charts.flatMap((chart, index) =>
          objects(chart).map((object) => ({ folder: name(chart, index), file: fileOf(object), documents: [object] })),
        );
    }
  }
}

export type { AppProps };

function fileOf({ kind, name }: ApiObject): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
