import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { parse } from "yaml";
import type { Engine } from "../../twin/engine";
import { offlineEnvironment, prepareHome } from "../../twin/home";
import { PACK, ROOT, WAIVERS, WORK } from "../checkout";
import { Ending, EXIT } from "../exit";
import type { Workplace } from "../operation";

const EXAMPLE = join(ROOT, "examples", "production");
/** What applications were granted; lies beside the configuration of the platform layer. */
const REQUIREMENTS = "requirements";
const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** A stack of the rehearsal: its name, its layer and its copied configuration. */
export interface RehearsedStack {
  readonly name: string;
  readonly layer: string;
  readonly configFile: string;
}

/** A rehearsal on disk: copied configuration, its own state and the account that the twin plays. */
export interface Rehearsal {
  readonly folder: string;
  readonly account: string;
  readonly state: string;
  readonly waivers: string;
}

/** Where the rehearsal lies. */
export function rehearsalIn(named: string = join(WORK, "rehearsal")): Rehearsal {
  // Engine, provider and policy pack each run in a folder of their own, so none of them may see a relative path.
  const folder = resolve(named);
  return {
    folder,
    account: join(folder, "account.json"),
    state: join(folder, "state"),
    waivers: join(folder, WAIVERS),
  };
}

/**
 * Makes the folder what a rehearsal needs. What a person edited in it stays: the example is copied only where a file is
 * missing, so that one can change something and rehearse again.
 */
export function lay(rehearsal: Rehearsal, example: string = EXAMPLE): void {
  mkdirSync(rehearsal.state, { recursive: true });
  copyFileSync(join(ROOT, "Pulumi.yaml"), join(rehearsal.folder, "Pulumi.yaml"));
  // With the program and the policies in place, plain `pulumi` works here as it does in the checkout.
  for (const part of ["stacks", "policies"]) link(join(ROOT, part), join(rehearsal.folder, part));
  for (const file of readdirSync(example).filter((name) => name.endsWith(".yaml") || name === REQUIREMENTS)) {
    const copy = join(rehearsal.folder, file);
    if (!existsSync(copy)) cpSync(join(example, file), copy, { recursive: true });
  }
}

/** The stacks whose configuration lies in the folder, the account's first: a cluster stands on it, and the platform on that. */
export function rehearsedStacks({ folder }: Rehearsal): RehearsedStack[] {
  const stacks = readdirSync(folder).flatMap((file): RehearsedStack[] => {
    const name = STACK_FILE.exec(file)?.[1];
    if (name === undefined) return [];
    const configFile = join(folder, file);
    return [{ name, layer: layerOf(configFile), configFile }];
  });
  if (stacks.length === 0) throw new Ending(`no Pulumi.<stack>.yaml in ${folder}`, EXIT.usage);
  return stacks.toSorted((a, b) => rank(a) - rank(b));
}

/** The engine in a home of its own, with the twin where AWS would be. */
export function rehearsalPlace(rehearsal: Rehearsal, { path }: Engine): Workplace {
  const home = prepareHome({ folder: join(WORK, "twin-home"), engine: path, aws: "twin" });
  const env = offlineEnvironment(home, {
    state: rehearsal.state,
    account: rehearsal.account,
    // Nothing in a rehearsal is a secret; the engine asks for a passphrase all the same.
    passphrase: "rehearsal",
  });
  const own = Object.entries(env).filter(([name]) => /^(PULUMI_|BULWARK_TWIN)/.test(name) || name === "PATH");
  const lines = own.map(([name, value]) => `export ${name}='${(value ?? "").replaceAll("'", `'\\''`)}'`);
  writeFileSync(join(rehearsal.folder, "environment.sh"), `${lines.join("\n")}\n`);
  return {
    pulumi: home.pulumi,
    project: rehearsal.folder,
    env,
    logs: join(rehearsal.folder, "logs"),
    pack: PACK,
    waivers: rehearsal.waivers,
  };
}

/** Takes the whole rehearsal away; nothing else lies in its folder. */
export function reset({ folder }: Rehearsal): void {
  rmSync(folder, { recursive: true, force: true });
}

function rank({ layer }: RehearsedStack): number {
  return ["state", "account", "cluster", "platform"].indexOf(layer);
}

/** The layer that a stack's configuration chooses. */
export function layerOf(configFile: string): string {
  try {
    const file = parse(readFileSync(configFile, "utf8")) as { config?: Record<string, { layer?: unknown }> } | null;
    const layer = file?.config?.["bulwark:blueprint"]?.layer;
    return typeof layer === "string" ? layer : "cluster";
  } catch {
    // The program reads the file next and says what is wrong with it, with line and column.
    return "cluster";
  }
}

function link(from: string, to: string): void {
  rmSync(to, { force: true });
  symlinkSync(relative(join(to, ".."), from), to);
}
