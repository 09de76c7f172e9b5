import { nameOf } from "./event";
import { ask, type Workplace } from "./operation";

/** One resource as a stack's state records it. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly protect: boolean;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What was asked for; secrets are encrypted. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[] | null>>;
}

interface Exported {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly type: string;
      readonly id?: string;
      readonly custom?: boolean;
      readonly parent?: string;
      readonly protect?: boolean;
      readonly outputs?: Readonly<Record<string, unknown>>;
      readonly inputs?: Readonly<Record<string, unknown>>;
      readonly dependencies?: readonly string[];
      readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
    }[];
  };
}

/** The names of the stacks that the backend knows. */
export async function stacks(place: Workplace): Promise<string[]> {
  const printed = JSON.parse(await ask(place, ["stack", "ls", "--json"])) as readonly { readonly name: string }[];
  return printed.map(({ name }) => name);
}

/** Makes the stack unless it exists. */
export async function ensureStack(place: Workplace, stack: string): Promise<void> {
  if (!(await stacks(place)).includes(stack)) await ask(place, ["stack", "init", stack, "--no-select"]);
}

/** Everything that a stack's state records. */
export async function recorded(place: Workplace, stack: string): Promise<Recorded[]> {
  const { deployment } = JSON.parse(await ask(place, ["stack", "export", "--stack", stack])) as Exported;
  return (deployment.resources ?? []).map(({ urn, type, id, custom, parent, protect, outputs, ...more }) => ({
    urn,
    type,
    name: nameOf(urn),
    ...(id !== undefined && { id }),
    custom: custom === true,
    ...(parent !== undefined && { parent }),
    protect: protect === true,
    outputs: outputs ?? {},
    inputs: more.inputs ?? {},
    dependencies: more.dependencies ?? [],
    propertyDependencies: more.propertyDependencies ?? {},
  }));
}
