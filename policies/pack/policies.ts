import type { Policies, PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";

import { controls } from "../catalogue";
import { Inventory, type Item } from "../inventory";
import { holdsUnknown, isUnknown } from "../unknown";
import { judge, summarise, type Verdict } from "../verdict";
import { reporter } from "./report";
import type { Run, Settings } from "./settings";
import { save } from "./verdict-file";

const ofResources = controls.filter(({ kind }) => kind === "resource");

/**
 * The pack in two policies: one judges a resource before it is made, one the stack as a whole. Both speak under the ids of
 * the controls. Inputs are kept from the first, because the second is shown outputs, in which AWS's defaults hide what was
 * left unsaid.
 */
export function policies(settings: Settings): Policies {
  const seen = new Map<string, Item>();
  const found: Verdict[] = [];

  return [
    {
      name: "bulwark-resources",
      description: "Every resource keeps what the controls promise",
      enforcementLevel: "mandatory",
      configSchema: { properties: { strict: { type: "boolean", default: false } } },
      validateResource(args, report) {
        const item = itemOf(args);
        seen.set(item.urn, item);
        const run = runOf([item], settings);
        const verdicts = judge(inventoryOf([item], settings), ofResources, run).filter(isAbout(item.urn));
        reporter(report, isStrict(args, settings))(verdicts);
        // A violation stops an update at once, and then nobody asks about the stack: what is known is saved now.
        found.push(...verdicts);
        if (verdicts.some(({ verdict }) => verdict === "violation"))
          save(run, { complete: false, scanned: seen.size, verdicts: found });
      },
    },
    {
      name: "bulwark-inventory",
      description: "The stack as a whole keeps what the controls promise",
      enforcementLevel: "mandatory",
      configSchema: { properties: { strict: { type: "boolean", default: false } } },
      validateStack(args, report) {
        const inventory = inventoryOf(
          args.resources.map((resource) => linkedItem(resource, seen)),
          settings,
        );
        const run = runOf(inventory.items, settings);
        const verdicts = judge(inventory, controls, run);
        const alreadyReported = new Set(ofResources.map(({ id }) => id));
        reporter(report, isStrict(args, settings))(verdicts.filter(({ control }) => !alreadyReported.has(control)));
        if (inventory.scanned > 0) save(run, { complete: true, ...summarise(inventory, verdicts), verdicts });
      },
    },
  ];
}

/**
 * What the run is for and of which stack, where nobody said: every URN names the stack, and only a preview meets what is
 * not known yet.
 */
function runOf(items: readonly Item[], settings: Settings): Run {
  const stack = settings.waivers.stack ?? items[0]?.urn.split(":")[2];
  return {
    ...settings,
    stage: settings.stage ?? (items.some(({ inputs }) => holdsUnknown(inputs)) ? "preview" : "up"),
    waivers: { ...settings.waivers, ...(stack !== undefined && { stack }) },
  };
}

function inventoryOf(items: readonly Item[], { waivers }: Settings): Inventory {
  return new Inventory(items, waivers.today);
}

function isStrict({ getConfig }: Pick<StackValidationArgs, "getConfig">, { strict }: Settings): boolean {
  return strict || getConfig<{ strict?: boolean }>().strict === true;
}

// What no resource of this type is about, and what is wrong with the waivers, is said once, for the stack.
function isAbout(urn: string): (verdict: Verdict) => boolean {
  return ({ resource }) => resource.urn === urn;
}

function itemOf({ urn, type, name, props, opts }: ResourceValidationArgs): Item {
  return { urn, type, name, inputs: raw(props), protect: opts.protect, propertyDependencies: {} };
}

// Links are known only here, and known even where the values are not.
function linkedItem(
  { urn, type, name, props, opts, dependencies, propertyDependencies }: PolicyResource,
  seen: ReadonlyMap<string, Item>,
): Item {
  const urns = (resources: readonly PolicyResource[]) => resources.map((resource) => resource.urn);
  const outputs = raw(props);
  return {
    urn,
    type,
    name,
    inputs: seen.get(urn)?.inputs ?? outputs,
    protect: opts.protect,
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, to]) => [property, urns(to)]),
    ),
    dependencies: urns(dependencies),
    ids: [outputs["id"], outputs["arn"], outputs["keyId"]].filter(
      (id) => typeof id === "string" && !isUnknown(id),
    ) as string[],
  };
}

// The SDK's own proxy stops a policy at the first unknown and says "can't run policy"; ours names the property instead.
function raw(props: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return (props["__getSpecialProxyTarget"] as Readonly<Record<string, unknown>> | undefined) ?? props;
}
