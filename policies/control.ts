import type { Unwrap } from "@pulumi/pulumi";

import type { Inventory, Item, Subject } from "./inventory";

/** A resource type by its Pulumi token, carrying the type of its inputs so that a check is typed without loading the SDK. */
export interface Token<Inputs> {
  readonly type: string;
  /** Never present: only tells the compiler what the inputs look like. */
  readonly inputs?: Inputs;
}

/** Names a resource type: `token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster")`. */
export function token<Args>(type: string): Token<Unwrap<Args>> {
  return { type };
}

export type Severity = "low" | "medium" | "high" | "critical";

/** What others call the same promise; only mappings that stand in a source. */
export interface Refs {
  /** Row of the controls catalogue; absent where the promise is our own. */
  readonly catalogue?: string;
  readonly cis?: readonly string[];
  readonly securityHub?: readonly string[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubescape?: readonly string[];
}

/** One sentence on what is wrong; with the input's path where that helps. */
export type Finding = string | { readonly path: string; readonly message: string };

/** A list that cannot be empty: a control without a bad example does not compile. */
export type Examples<Example> = readonly [Example, ...Example[]];

interface Promise {
  /** Readable slug, starts with the subject's noun, never reused. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly refs: Refs;
  /** Set where the property is by nature unknown before the cloud has answered: undetermined is no failure at preview. */
  readonly decidedAt?: "up";
}

/** A promise about one resource, told from its inputs alone. */
export interface ResourceControl<Inputs> extends Promise {
  readonly resource: Token<Inputs>;
  readonly check: (inputs: Inputs) => Iterable<Finding>;
  readonly good: Examples<NoInfer<Inputs>>;
  readonly bad: Examples<NoInfer<Inputs>>;
}

/** A promise that needs several resources, a resource's protection, or the stack as a whole. */
export interface InventoryControl<Inputs> extends Promise {
  /** The types that are judged one resource at a time; "stack" judges the inventory once, and so is never idle. */
  readonly about: readonly Token<Inputs>[] | "stack";
  readonly check: (resource: Subject<Inputs>, inventory: Inventory) => Iterable<Finding>;
  readonly good: Examples<readonly Item[]>;
  readonly bad: Examples<readonly Item[]>;
}

/** A promise, its check and its examples, in the one form that the judge, the tests and the documentation read. */
export interface Control extends Promise {
  readonly kind: "resource" | "inventory";
  readonly about: readonly string[] | "stack";
  readonly check: (resource: Subject<unknown>, inventory: Inventory) => Iterable<Finding>;
  readonly good: Examples<readonly Item[]>;
  readonly bad: Examples<readonly Item[]>;
}

/** A control over one resource type; each example is one resource's inputs. */
export function resourceControl<Inputs extends object>(control: ResourceControl<Inputs>): Control {
  const { resource, check, good, bad, ...promise } = control;
  const asItems = (inputs: Inputs): readonly Item[] => [item(resource, "example", inputs)];
  return {
    ...promise,
    kind: "resource",
    about: [resource.type],
    check: ({ inputs }) => check(inputs as Inputs),
    good: mapped(good, asItems),
    bad: mapped(bad, asItems),
  };
}

/** A control over the inventory; each example is a small inventory. */
export function inventoryControl<Inputs>(control: InventoryControl<Inputs>): Control {
  const { about, check, ...rest } = control;
  return {
    ...rest,
    kind: "inventory",
    about: about === "stack" ? about : about.map(({ type }) => type),
    check: (resource, inventory) => check(resource as Subject<Inputs>, inventory),
  };
}

/** What an example's resource has besides inputs: protection, and which resources its inputs come from. */
export interface Surroundings {
  readonly protect?: boolean;
  readonly links?: Readonly<Record<string, readonly Item[]>>;
  /** Resources that it waits for without using them (`dependsOn`). */
  readonly after?: readonly Item[];
}

/** One resource of an example inventory. */
export function item<Inputs extends object>(
  { type }: Token<Inputs>,
  name: string,
  inputs: Inputs,
  { protect = false, links = {}, after = [] }: Surroundings = {},
): Item {
  const urns = (items: readonly Item[]) => items.map(({ urn }) => urn);
  return {
    urn: `urn:pulumi:example::bulwark::${type}::${name}`,
    type,
    name,
    inputs: Object.fromEntries(Object.entries(inputs)),
    protect,
    propertyDependencies: Object.fromEntries(Object.entries(links).map(([property, to]) => [property, urns(to)])),
    dependencies: urns(after),
  };
}

function mapped<From, To>([first, ...rest]: Examples<From>, to: (from: From) => To): Examples<To> {
  return [to(first), ...rest.map(to)];
}
