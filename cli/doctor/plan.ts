import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { throwaway } from "../ask";
import { ROOT, WORK } from "../checkout";
import { nameOf } from "../event";
import { Ending, EXIT } from "../exit";
import { demand } from "../gate";
import { ask, operate, type Workplace } from "../operation";

/** One resource that an update would make: its inputs, and from which resources each of them comes. */
export interface Planned {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What is unknown before the cloud has answered holds Pulumi's marker. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly comesFrom: Readonly<Record<string, readonly string[]>>;
}

/** What a stack would make, and where. */
export interface Plan {
  readonly account: string;
  readonly region: string;
  /** Who the configuration says administers the keys. */
  readonly administrators: readonly string[];
  readonly resources: readonly Planned[];
}

interface PlanFile {
  readonly resourcePlans: Readonly<Record<string, ResourcePlan>>;
}

interface ResourcePlan {
  readonly steps?: readonly string[];
  readonly goal?: {
    readonly type: string;
    readonly custom: boolean;
    readonly inputDiff?: { readonly adds?: Readonly<Record<string, unknown>> };
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  };
}

/**
 * Runs the stack's program in a preview whose state is thrown away, so that it plans everything as on the first day and needs
 * neither a backend nor a login. `made` are the URNs that stand already: they need nothing any more.
 */
export async function planOf(place: Workplace, stack: string, made: ReadonlySet<string>): Promise<Plan> {
  const configFile = join(place.project, `Pulumi.${stack}.yaml`);
  const { account, region, access } = blueprintIn(configFile);
  const folder = join(WORK, "planning", String(process.pid));
  const plan = join(folder, "plan.json");
  try {
    const planning = lay(place, folder, stack, configFile);
    await ask(planning, ["stack", "init", stack, "--no-select"]);
    demand(await operate(planning, "ask", { stack, savePlan: plan }));
    return { account, region, administrators: access?.administrators ?? [], resources: planned(plan, made) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lay(place: Workplace, folder: string, stack: string, configFile: string): Workplace {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "state"), { recursive: true });
  copyFileSync(join(ROOT, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  symlinkSync(join(ROOT, "stacks"), join(folder, "stacks"));
  // The preview's state is not the stack's, so neither is its secrets provider; lines stay where they are for error messages.
  const text = readFileSync(configFile, "utf8").replace(/^(secretsprovider|encryptedkey|encryptionsalt):.*$/gm, "#");
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
  return { ...throwaway(place, folder, { PULUMI_EXPERIMENTAL: "true" }), blamed: configFile };
}

function planned(file: string, made: ReadonlySet<string>): Planned[] {
  const { resourcePlans } = JSON.parse(readFileSync(file, "utf8")) as PlanFile;
  return Object.entries(resourcePlans).flatMap(([urn, { goal, steps = [] }]): Planned[] => {
    if (goal?.custom !== true || !steps.some((step) => step === "create" || step === "import") || made.has(urn))
      return [];
    const inputs = goal.inputDiff?.adds ?? {};
    const dependencies = Object.entries(goal.propertyDependencies ?? {});
    const comesFrom = Object.fromEntries(dependencies.map(([property, urns]) => [property, urns ?? []]));
    return [{ urn, type: goal.type, name: nameOf(urn), inputs, comesFrom }];
  });
}

interface Named {
  readonly account: string;
  readonly region: string;
  readonly access?: { readonly administrators?: readonly string[] };
}

/** What the configuration says about the account; whether it is right, the program itself says. */
function blueprintIn(file: string): Named {
  try {
    const { config } = parse(readFileSync(file, "utf8")) as { config?: Record<string, Partial<Named>> };
    const { account, region, access } = config?.["bulwark:blueprint"] ?? {};
    if (account !== undefined && region !== undefined)
      return { account, region, ...(access !== undefined && { access }) };
  } catch (error) {
    throw new Ending(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  }
  throw new Ending(`${file} names no account and region under bulwark:blueprint`, EXIT.usage);
}
