import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { version as awsVersion } from "@pulumi/aws/package.json";
import { version as kubernetesVersion } from "@pulumi/kubernetes/package.json";

/** A private Pulumi installation: the engine, what it starts, and nothing of the user's own. */
export interface Home {
  /** `PULUMI_HOME`. */
  readonly folder: string;
  /** The `pulumi` inside it. */
  readonly pulumi: string;
}

/** Where one kind of home lies and whether AWS behind it is real. */
export interface HomeOptions {
  readonly folder: string;
  /** The engine that was found. */
  readonly engine: string;
  /**
   * Whether AWS is played by the twin. A home for real deployments never holds the stand-in, so a real deployment
   * cannot meet it by accident.
   */
  readonly aws: "twin" | "real";
}

const LANGUAGE_HOST = "pulumi-language-nodejs";

/** Lays out a `PULUMI_HOME` of our own, again and again into the same folder. */
export function prepareHome({ folder, engine, aws }: HomeOptions): Home {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });

  const pulumi = join(bin, "pulumi");
  place(engine, pulumi);
  placeLanguageHost(dirname(engine), bin);
  if (aws === "twin") placeTwin(folder);

  return { folder, pulumi };
}

/** The environment of an engine that needs no network, no cloud account and none of the user's settings. */
export function offlineEnvironment(
  home: Home,
  rehearsal: { readonly state: string; readonly account: string; readonly passphrase: string },
): NodeJS.ProcessEnv {
  return {
    ...withoutCloud(process.env),
    PATH: `${dirname(home.pulumi)}:${process.env["PATH"] ?? ""}`,
    PULUMI_HOME: home.folder,
    PULUMI_BACKEND_URL: pathToFileURL(rehearsal.state).href,
    PULUMI_CONFIG_PASSPHRASE: rehearsal.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_ERROR_OUTPUT_STRING: "true",
    BULWARK_TWIN_ACCOUNT: rehearsal.account,
  };
}

/** The environment without the user's Pulumi, AWS and Kubernetes settings: a rehearsal must not reach what they name. */
function withoutCloud(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI_|AWS_|KUBECONFIG$)/.test(name)));
}

/** Gives `to` the content of `from`. A symbolic link will not do: the engine looks for plugins beside the file itself. */
function place(from: string, to: string): void {
  if (existsSync(to) && same(from, to)) return;
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(from, to);
  }
  chmodSync(to, 0o755);
}

function same(left: string, right: string): boolean {
  const [a, b] = [statSync(left), statSync(right)];
  return (a.ino === b.ino && a.dev === b.dev) || (a.size === b.size && b.mtimeMs >= a.mtimeMs);
}

/** The official host if the engine came with one, else ours. */
function placeLanguageHost(engineFolder: string, bin: string): void {
  const official = join(engineFolder, LANGUAGE_HOST);
  if (existsSync(official)) place(official, join(bin, LANGUAGE_HOST));
  else script(join(bin, LANGUAGE_HOST), join(__dirname, "language-host.ts"));
}

/** The stand-ins, where the engine looks for the providers of exactly these versions. */
function placeTwin(folder: string): void {
  placePlugin(folder, "aws", awsVersion, "provider.ts");
  placePlugin(folder, "kubernetes", kubernetesVersion, join("kubernetes", "provider.ts"));
}

function placePlugin(folder: string, name: string, version: string, program: string): void {
  const plugin = join(folder, "plugins", `resource-${name}-v${version}`);
  mkdirSync(plugin, { recursive: true });
  script(join(plugin, `pulumi-resource-${name}`), join(__dirname, program));
}

/** An executable that becomes Node running one of our TypeScript files (`exec`: its parent stays the engine). */
function script(path: string, program: string): void {
  const loader = pathToFileURL(createRequire(__filename).resolve("tsx")).href;
  const words = [process.execPath, "--import", loader, program].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  rmSync(path, { force: true });
  writeFileSync(path, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`, { mode: 0o755 });
}
