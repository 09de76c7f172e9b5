import { type Chart, Testing } from "cdk8s";
import { App } from "../../../constructs";
import type { Resource } from "./definitions";

/** The objects that a chart becomes, in the order in which they are written. */
export function render(build: (app: App) => Chart): Resource[] {
  return Testing.synth(build(new App())) as Resource[];
}

/** The one object of a kind with a name, as it is written. */
export function find(resources: readonly Resource[], kind: string, name: string): Resource {
  const found = resources.find((each) => each.kind === kind && each.metadata.name === name);
  if (found) return found;
  const there = resources.map((each) => `${each.kind}/${each.metadata.name}`).join(", ");
  throw new Error(`no ${kind}/${name} among ${there}`);
}
