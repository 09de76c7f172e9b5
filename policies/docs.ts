import { stringify } from "yaml";

import { nouns } from "./catalogue";
import type { Control, Refs } from "./control";
import type { Item } from "./inventory";

const NAMES: Readonly<Record<keyof Refs, string>> = {
  catalogue: "catalogue",
  cis: "CIS Amazon EKS Benchmark 1.8.0",
  securityHub: "AWS Security Hub",
  checkov: "Checkov",
  trivy: "Trivy",
  kubescape: "Kubescape",
};

/** The page of all controls: a table, then a section for each with its promise, reason, remedy and examples. */
export function renderControls(): string {
  const controls = Object.values(nouns).flat();
  const sections = Object.entries(nouns).flatMap(([noun, own]) => [`## ${noun}`, ...own.map(section)]);
  return [
    "# Controls",
    "<!-- Generated from policies/ by `npm run generate`; edit the controls, not this page. -->",
    `${controls.length} controls judge every preview and every update. Each is one object in \`policies/<noun>\`: its examples below are its tests. A waiver in \`bulwark.waivers.yaml\` names the id.`,
    table(controls),
    ...sections,
    "",
  ].join("\n\n");
}

function table(controls: readonly Control[]): string {
  const rows = controls.map(
    ({ id, title, severity, refs, decidedAt }) =>
      `| [${id}](#${id}) | ${cell(title)} | ${severity} | ${refs.catalogue ?? "own"} | ${decidedAt ?? "preview"} |`,
  );
  return ["| id | promise | severity | catalogue | decided at |", "|---|---|---|---|---|", ...rows].join("\n");
}

function section(control: Control): string {
  const { id, title, severity, why, fix, good, bad } = control;
  return [
    `### ${id}`,
    `**${title}.**`,
    [
      `- **severity** ${severity}`,
      `- **why** ${why}`,
      `- **fix** ${fix}`,
      `- **judges** ${subjects(control)}`,
      `- **enforced** at preview and up, by the policy pack${control.decidedAt === "up" ? "; may be undetermined until up" : ""}`,
      ...refs(control.refs),
    ].join("\n"),
    `Reported:\n\n${fenced(bad[0])}`,
    `Accepted:\n\n${fenced(good[0])}`,
  ].join("\n\n");
}

function subjects({ about }: Control): string {
  return about === "stack" ? "the stack as a whole" : about.map((type) => `\`${type}\``).join(", ");
}

function refs(all: Refs): string[] {
  return Object.entries(NAMES).flatMap(([key, name]) => {
    const value = all[key as keyof Refs];
    return value === undefined ? [] : [`- **${name}** ${typeof value === "string" ? value : value.join(", ")}`];
  });
}

function fenced(items: readonly Item[]): string {
  return ["```yaml", stringify(items.map(shown)).trimEnd(), "```"].join("\n");
}

// A reader wants what the control looks at, not the engine's bookkeeping.
function shown({ type, name, inputs, protect, propertyDependencies, dependencies }: Item): object {
  const to = (urns: readonly string[]) => urns.map((urn) => urn.split("::").slice(-2).join("::"));
  const links = Object.entries(propertyDependencies).map(([property, urns]) => [property, to(urns)]);
  const after = to(dependencies ?? []);
  return {
    resource: `${type}::${name}`,
    ...(Object.keys(inputs).length > 0 && { inputs: readable(inputs) }),
    ...(protect && { protect }),
    ...(links.length > 0 && { links: Object.fromEntries(links) as object }),
    ...(after.length > 0 && { after }),
  };
}

// Policy documents are shown as the structure they are.
function readable(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("{")) return JSON.parse(value) as unknown;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
