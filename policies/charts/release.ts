import type { ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release";

import { type Control, type Examples, inventoryControl, item, type ResourceControl, token } from "../control";
import type { Inventory, Item, Subject } from "../inventory";
import type { ChartValues } from "./values";

/** A Helm release and its inputs. */
export const RELEASE = token<ReleaseArgs>("kubernetes:helm.sh/v3:Release");
export type Release = NonNullable<(typeof RELEASE)["inputs"]>;

type Chart = keyof ChartValues;
type Checks = { readonly [Name in Chart]?: (values: ChartValues[Name]) => Iterable<string> };
/** Values of one or more releases, by chart. */
type Example = { readonly [Name in Chart]?: ChartValues[Name] };

/** A promise about values that charts are given: one check a chart. */
interface ChartControl extends Omit<ResourceControl<Release>, "resource" | "check" | "good" | "bad"> {
  readonly check: Checks;
  readonly good: Examples<Example>;
  readonly bad: Examples<Example>;
}

/** A control over the values of charts by name; a release of another chart is none of its business. */
export function chartControl({ check, good, bad, ...promise }: ChartControl): Control {
  return inventoryControl<Release>({
    ...promise,
    about: [RELEASE],
    *check({ inputs }) {
      const checkOne = check[chartOf(inputs) as Chart] as ((values: unknown) => Iterable<string>) | undefined;
      if (checkOne !== undefined) yield* checkOne(inputs.values ?? {});
    },
    good: asItems(good),
    bad: asItems(bad),
  });
}

/** The chart's name, without the repository that an OCI address begins with. */
export function chartOf({ chart }: Pick<Release, "chart">): string {
  return chart.split("/").at(-1) ?? chart;
}

/** The releases of a chart, in the whole stack. */
export function releasesOf(inventory: Inventory, chart: Chart): Subject<Release>[] {
  return inventory.all(RELEASE).filter(({ inputs }) => chartOf(inputs) === chart);
}

/** A release of a chart for an example. */
export function example(chart: Chart, values: object, inputs: Partial<Release> = {}): Item {
  return item(RELEASE, chart, { chart, version: "1.2.3", namespace: chart, values, ...inputs });
}

function asItems([first, ...rest]: Examples<Example>): Examples<readonly Item[]> {
  const items = (one: Example): readonly Item[] =>
    Object.entries(one).map(([chart, values]) => example(chart as Chart, values));
  return [items(first), ...rest.map(items)];
}
