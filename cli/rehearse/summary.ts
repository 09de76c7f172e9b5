import { relative } from "node:path";
import { byComponent, kinds } from "../component";
import { describe, type Promises } from "../promises";
import type { Recorded } from "../stack";
import { type Deployed, inWords } from "./deploy";
import type { Rehearsal } from "./folder";

/** What a rehearsal ends with, for people and machines alike. */
export interface Summary {
  readonly rehearsal: true;
  readonly seconds: number;
  readonly layers: readonly {
    readonly stack: string;
    readonly layer: string;
    readonly changes: Readonly<Record<string, number>>;
    readonly components: readonly {
      readonly component: string;
      readonly resources: number;
      readonly kinds: string;
      readonly notable: readonly string[];
    }[];
    readonly promises: Promises;
  }[];
  readonly files: { readonly configuration: string; readonly state: string; readonly account: string };
}

/** Types whose names a person looks for, and the output that tells them. */
const NOTABLE: Readonly<Record<string, string>> = {
  "aws:ec2/vpc:Vpc": "id",
  "aws:eks/cluster:Cluster": "name",
  "aws:kms/alias:Alias": "name",
  "aws:cloudwatch/logGroup:LogGroup": "name",
};

/** The width of the longest component's name, with its instance where that is not `main`. */
const COMPONENT = 17;

/** Sorts what stands by layer and component. */
export function summary(
  { folder, state, account }: Rehearsal,
  deployed: readonly Deployed[],
  seconds: number,
): Summary {
  return {
    rehearsal: true,
    seconds: Math.round(seconds * 10) / 10,
    layers: deployed.map(({ stack, layer, changes, promises, resources }) => ({
      stack,
      layer,
      changes,
      components: byComponent(resources).map(({ component, parts }) => ({
        component,
        resources: parts.length,
        kinds: kinds(parts),
        notable: parts.flatMap(notable),
      })),
      promises,
    })),
    files: { configuration: shown(folder), state: shown(state), account: shown(account) },
  };
}

/** The summary as a page of the terminal. */
export function summaryText({ layers, files, seconds }: Summary): string {
  const unchanged = layers.every(({ changes }) => Object.keys(changes).length === 0);
  return [
    "",
    unchanged ? `No changes: everything already stands (${seconds} s).` : `Rehearsed in ${seconds} s.`,
    ...layers.flatMap(({ stack, layer, changes, components, promises }) => [
      "",
      `${stack} (${layer} layer): ${inWords(changes) || "no changes"}`,
      ...components.flatMap(({ component, resources, kinds: what, notable: names }) => [
        `  ${component.padEnd(COMPONENT)} ${String(resources).padStart(3)}  ${what}`,
        ...(names.length > 0 ? [`${" ".repeat(COMPONENT + 8)}${names.join(", ")}`] : []),
      ]),
      ...promiseLines(promises).map((line) => `  ${line}`),
    ]),
    "",
    "This was the twin, a strict stand-in for AWS: the engine, the program and the policies are the real ones, the account is not.",
    "",
    `  configuration  ${files.configuration}/Pulumi.<stack>.yaml`,
    `  state          ${files.state}`,
    `  account        ${files.account}`,
    "",
    "  look around       npm run rehearse -- look",
    `                    (or: . ${files.configuration}/environment.sh; cd ${files.configuration}; pulumi stack -s <stack>)`,
    `  change something  edit a file in ${files.configuration}, then npm run rehearse`,
    "  take it down      npm run rehearse -- destroy",
    "  begin anew        npm run rehearse -- reset",
  ].join("\n");
}

function promiseLines({ hold, undetermined, notApplicable, waived, violations, aboutWaivers }: Promises): string[] {
  const open = [...new Set(undetermined.map(({ control }) => control))];
  return [
    `promises: ${hold.length} hold, ${open.length} undetermined, ${notApplicable.length} not applicable, ${violations.length} violated`,
    ...(open.length > 0 ? [`  undetermined: ${open.join(", ")}`] : []),
    ...waived.map(({ control, resource }) => `  waived: ${control} for ${resource.name}`),
    ...aboutWaivers.map(({ message, fix }) => `  ${message}: ${fix}`),
    ...violations.flatMap((violation) => describe(violation).split("\n")).map((line) => `  ${line}`),
  ];
}

function notable({ type, id, outputs }: Recorded): string[] {
  const property = NOTABLE[type];
  if (property === undefined) return [];
  const value = property === "id" ? id : outputs[property];
  return typeof value === "string" ? [value] : [];
}

/** A path as one types it from the checkout. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
