import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderKubeconfig, type SignIn } from "../stacks/identity/kubeconfig";
import { type Standing, standing } from "./cluster";
import { Ending, EXIT } from "./exit";
import { checkPrograms, freePort, session } from "./session";

export interface TunnelOptions {
  /** @default oidc where the cluster has an identity provider, else aws */
  readonly signIn?: SignIn;
  /** @default one that is free */
  readonly port?: string;
}

/** `tunnel <stack>`: leads a port of this machine to the private API until Ctrl-C, with a kubeconfig that goes with it. */
export async function tunnel(stack: string, options: TunnelOptions): Promise<void> {
  checkPrograms(process.env);
  const stop = new AbortController();
  const end = () => {
    stop.abort();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    await passage(stack, await standing(stack), options, { env: process.env, stop: stop.signal, say: console.error });
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}

/** What a tunnel touches of the world around it. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  readonly say: (words: string) => void;
}

/**
 * The tunnel itself. Its kubeconfig lies in a folder of its own that only you can read and that goes with the tunnel; no
 * credential is in it: who passes has still to sign in.
 */
export async function passage(
  stack: string,
  { blueprint, endpoint, certificateAuthority, outputs }: Standing,
  { signIn, port: wanted }: TunnelOptions,
  { env, stop, say }: Surroundings,
): Promise<void> {
  const { instanceId, document } = wayIn(stack, outputs);
  const port = await freePort(numberOf(wanted));
  const folder = mkdtempSync(join(tmpdir(), "bulwark-tunnel-"));
  try {
    const file = join(folder, "kubeconfig");
    const told = {
      blueprint,
      endpoint,
      certificateAuthority,
      tunnelPort: port,
      ...(signIn !== undefined && { signIn }),
    };
    writeFileSync(file, renderKubeconfig(told), { mode: 0o600 });
    say(`In another terminal, while this one stays open:\n\n    export KUBECONFIG=${file}\n\nCtrl-C ends it.\n`);
    await session({ region: blueprint.region, instanceId, document, port }, env, stop);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wayIn(stack: string, { tunnel: way }: Standing["outputs"]) {
  const { instanceId, document } = (way ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof instanceId === "string" && typeof document === "string") return { instanceId, document };
  throw new Ending(
    `${stack} has no tunnel; write \`tunnel: {}\` into Pulumi.${stack}.yaml, then npm run up -- ${stack}`,
    EXIT.refused,
  );
}

function numberOf(port: string | undefined): number | undefined {
  if (port === undefined) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1024 && Number(port) <= 65535) return Number(port);
  throw new Ending(`--port must be a number from 1024 to 65535, got "${port}"`, EXIT.usage);
}
