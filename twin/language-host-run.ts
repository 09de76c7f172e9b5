import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProgramInfo, RunRequest } from "@pulumi/pulumi/proto/language_pb";

/** What `runtime.options` of a Pulumi.yaml or PulumiPolicy.yaml may say. */
interface RuntimeOptions {
  readonly typescript?: boolean;
  readonly nodeargs?: string;
}

/** One Node process to start: arguments, folder and environment. */
export interface NodeCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();

// A child of a host that ends would talk to an engine that is gone.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts Node and remembers it, so that it ends with the host at the latest. */
export function start(command: NodeCommand, output: "inherit" | "pipe"): ChildProcess {
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ["ignore", output, output],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** How the SDK's own runner starts a Pulumi program, as `pulumi-language-nodejs` of the official distribution does. */
export function programCommand(request: RunRequest, engine: string): NodeCommand {
  const info = programOf(request.getInfo());
  const flags: readonly (readonly [string, string])[] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--pwd", request.getPwd()],
    ["--root-directory", info.getRootDirectory()],
    ["--parallel", String(request.getParallel())],
  ];
  return {
    args: [
      ...nodeArguments(info),
      runner(info.getProgramDirectory(), "run"),
      ...flags.flatMap(([flag, value]) => (value === "" ? [] : [flag, value])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info.getEntryPoint(),
      ...request.getArgsList(),
    ],
    cwd: info.getProgramDirectory(),
    env: {
      ...process.env,
      ...typescript(info),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/** How the SDK's runner starts a plugin written in TypeScript or JavaScript: a policy pack, or anything else. */
export function pluginCommand(plugin: {
  readonly info: ProgramInfo | undefined;
  readonly kind: string;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly pwd: string;
}): NodeCommand {
  const info = programOf(plugin.info);
  const folder = info.getProgramDirectory();
  const isPack = plugin.kind === "analyzer";
  const environment = plugin.env.map((line): [string, string] => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  });
  const start = runner(folder, isPack ? "run-policy-pack" : "run-plugin");
  return {
    // The pack's runner takes the engine's address and the folder; the plugin's runner the folder first.
    args: [...nodeArguments(info), start, ...(isPack ? [...plugin.args, folder] : [folder, ...plugin.args])],
    // A policy pack finds its package.json in the folder it runs in.
    cwd: isPack ? folder : plugin.pwd,
    env: { ...Object.fromEntries(environment), ...typescript(info) },
  };
}

function programOf(info: ProgramInfo | undefined): ProgramInfo {
  if (!info) throw new Error("the engine named no program to run");
  return info;
}

function options(info: ProgramInfo): RuntimeOptions {
  return info.getOptions()?.toJavaScript() ?? {};
}

function nodeArguments(info: ProgramInfo): string[] {
  return (options(info).nodeargs ?? "").split(/\s+/).filter((argument) => argument !== "");
}

function typescript(info: ProgramInfo): NodeJS.ProcessEnv {
  return { PULUMI_NODEJS_TYPESCRIPT: String(options(info).typescript ?? true) };
}

/** The runner of the SDK that the program itself uses, since both sides of its protocol must be of one version. */
function runner(folder: string, name: string): string {
  return createRequire(join(folder, "program.js")).resolve(`@pulumi/pulumi/cmd/${name}`);
}
