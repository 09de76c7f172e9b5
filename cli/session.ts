import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { Ending, EXIT } from "./exit";

/** Where a session leads and by which machine. */
export interface Way {
  readonly region: string;
  readonly instanceId: string;
  /** The session document, which alone says which host it leads to. */
  readonly document: string;
  readonly port: number;
}

/** The programs of AWS that a session takes, and where they come from. */
const NEEDED: Readonly<Record<string, string>> = {
  aws: "install the AWS CLI, version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  "session-manager-plugin":
    "install AWS's plugin: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
};

/** Refuses to begin without the programs, naming every one that is missing. */
export function checkPrograms(env: NodeJS.ProcessEnv): void {
  const missing = Object.entries(NEEDED).filter(
    ([program]) => spawnSync(program, ["--version"], { env, stdio: "ignore" }).error !== undefined,
  );
  if (missing.length > 0)
    throw new Ending(
      missing.map(([program, what]) => `${program} is not on your PATH; ${what}`).join("\n"),
      EXIT.usage,
    );
}

/** A port of this machine that nobody listens on: the one that is asked for, or any. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server
        .once("error", (error: NodeJS.ErrnoException) => {
          const why = error.code ?? error.message;
          reject(new Ending(`port ${wanted} cannot be used (${why}); leave --port out, or name another`, EXIT.usage));
        })
        .listen(wanted, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the machine gave no port");
    return address.port;
  } finally {
    server.close();
  }
}

/** The command that people may as well type themselves. */
function startSession({ region, instanceId, document, port }: Way): readonly string[] {
  const parameters = ["--parameters", JSON.stringify({ localPortNumber: [String(port)] })];
  return [
    "--region",
    region,
    "ssm",
    "start-session",
    "--target",
    instanceId,
    "--document-name",
    document,
    ...parameters,
  ];
}

/** Holds a session open until it ends or `stop` says so. One that ends by itself has failed, and AWS has said why. */
export async function session(way: Way, env: NodeJS.ProcessEnv, stop: AbortSignal): Promise<void> {
  const child = spawn("aws", startSession(way), { env, stdio: ["ignore", "inherit", "inherit"] });
  // At a terminal Ctrl-C reaches the child by itself; a second one does no harm.
  const end = () => child.kill("SIGINT");
  stop.addEventListener("abort", end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  }).finally(() => {
    stop.removeEventListener("abort", end);
  });
  if (stop.aborted) return;
  throw new Ending(
    code === 0
      ? "the session ended: Session Manager closes one that is idle; begin another with the same command"
      : `the session failed (aws ended with ${code ?? "a signal"}); AccessDeniedException means that the policy in the output tunnel.peoplePolicyArn is not attached to your role, TargetNotConnected that the machine has just been made: wait a minute`,
    EXIT.engine,
  );
}
