import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { type ILanguageRuntimeServer, LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/package.json";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { answer, serve } from "./engine/plugin";
import { pluginCommand, programCommand, start } from "./language-host-run";

/** The program ended after it had told the user why; the engine then adds nothing. */
const ALREADY_REPORTED = 32;

const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";

/** How the program ended, in the engine's words. */
async function run(request: language.RunRequest): Promise<language.RunResponse> {
  const [code, signal] = await ended(start(programCommand(request, engine), "inherit"));
  const response = new language.RunResponse();
  if (code === ALREADY_REPORTED) response.setBail(true);
  else if (code === null) response.setError(`the program was ended by ${String(signal)}`);
  else if (code !== 0) response.setError(`the program exited with code ${code}`);
  return response;
}

/** Runs a policy pack or another plugin for as long as the engine listens, and passes on what it prints. */
async function runPlugin(
  call: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>,
): Promise<void> {
  const { request } = call;
  const child = start(
    pluginCommand({
      info: request.getInfo(),
      kind: request.getKind(),
      args: request.getArgsList(),
      env: request.getEnvList(),
      pwd: request.getPwd(),
    }),
    "pipe",
  );
  call.on("cancelled", () => child.kill("SIGKILL"));
  child.stdout?.on("data", (bytes: Uint8Array) => call.write(new language.RunPluginResponse().setStdout(bytes)));
  child.stderr?.on("data", (bytes: Uint8Array) => call.write(new language.RunPluginResponse().setStderr(bytes)));
  const [code] = await ended(child);
  call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
  call.end();
}

async function ended(child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> {
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return [code, signal];
}

const host = {
  handshake: answer(() => new language.LanguageHandshakeResponse()),
  getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  // Nothing to fetch: the SDK's packages say themselves which provider they need, when they are used.
  getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
  about: answer(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
  // npm installs a program's packages; the host has nothing to add.
  installDependencies: (call) => {
    call.end();
  },
  run: answer(run),
  runPlugin: (call) => {
    runPlugin(call).catch((error: unknown) => call.destroy(error instanceof Error ? error : new Error(String(error))));
  },
  cancel: answer(() => new Empty()),
} satisfies Partial<ILanguageRuntimeServer>;

serve(LanguageRuntimeService, host);
