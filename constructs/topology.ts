import { ApiObject, Chart } from "cdk8s";
import type { IConstruct } from "constructs";

/** The charts of an app in the order of their dependencies, and whether any chart waits for another. */
export interface Order {
  readonly charts: readonly Chart[];
  readonly dependent: boolean;
}

/**
 * Turns dependencies between constructs into dependencies between the charts and the objects in them, once for the whole
 * app, and orders the charts.
 *
 * @throws Error if dependencies form a circle
 */
export function order(app: IConstruct): Order {
  const nodes = app.node.findAll();
  const nested = nodes
    .filter(isChart)
    .flatMap((parent) => parent.node.children.filter(isChart).map((c) => [parent, c]));
  for (const [parent, child] of nested) if (parent && child) parent.node.addDependency(child);

  const crossing = dependencies(nodes).filter(({ source, target }) => chartOf(source) !== chartOf(target));
  for (const { source, target } of crossing) Chart.of(source).node.addDependency(Chart.of(target));

  for (const { source, target } of dependencies(nodes)) link(source, target);
  return { charts: topology(nodes).filter(isChart), dependent: nested.length > 0 || crossing.length > 0 };
}

/**
 * The objects of one chart in the order of their dependencies. Only right after {@link order} has seen the app.
 *
 * @throws Error if dependencies form a circle
 */
export function objects(chart: Chart): ApiObject[] {
  return topology(chart.node.findAll())
    .filter((node) => node instanceof ApiObject)
    .filter((object) => object.chart === chart);
}

/** Objects order each other only where they meet in one file: in one chart, or in charts that are nested in one. */
function link(source: IConstruct, target: IConstruct): void {
  const [from, to] = [chartOf(source), chartOf(target)];
  if (from === undefined || to === undefined || outermost(from) !== outermost(to)) return;
  const sources = objectsUnder(source, from);
  for (const object of objectsUnder(target, to)) {
    for (const each of sources) if (each !== object) each.node.addDependency(object);
  }
}

function objectsUnder(construct: IConstruct, chart: Chart): ApiObject[] {
  return construct.node
    .findAll()
    .filter((node) => node instanceof ApiObject)
    .filter((object) => object.chart === chart);
}

function dependencies(nodes: readonly IConstruct[]): { source: IConstruct; target: IConstruct }[] {
  return nodes.flatMap((source) => source.node.dependencies.map((target) => ({ source, target })));
}

/** Depth first, each node once: what others depend on comes before them, everything else stays in the order it was declared. */
function topology(nodes: readonly IConstruct[]): IConstruct[] {
  const members = new Set(nodes);
  const outbound = new Map(
    nodes.map((node) => [node, new Set(node.node.dependencies.filter((to) => members.has(to)))]),
  );
  const inbound = new Set([...outbound.values()].flatMap((targets) => [...targets]));
  const done = new Set<IConstruct>();
  const open: IConstruct[] = [];

  const visit = (node: IConstruct): void => {
    if (done.has(node)) return;
    if (open.includes(node)) throw circle([...open.slice(open.indexOf(node)), node]);
    open.push(node);
    for (const target of outbound.get(node) ?? []) visit(target);
    open.pop();
    done.add(node);
  };
  for (const node of nodes) if (!inbound.has(node)) visit(node);
  // What is left over depends on itself by way of others: visiting it names the circle.
  for (const node of nodes) visit(node);
  return [...done];
}

function circle(path: readonly IConstruct[]): Error {
  return new Error(`dependency cycle detected: ${path.map(({ node }) => node.path).join(" => ")}`);
}

function chartOf(construct: IConstruct): Chart | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope && !isChart(scope)) scope = scope.node.scope;
  return scope;
}

function outermost(chart: Chart): Chart | undefined {
  return chart.node.scopes.find((scope) => isChart(scope));
}

function isChart(construct: IConstruct): construct is Chart {
  return Chart.isChart(construct);
}
