import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startApiServer } from "../twin/apiserver";
import { building } from "./engine";
import { Ending, EXIT } from "./exit";

/** `apiserver`: a real Kubernetes API server on this machine until Ctrl-C, with the kubeconfig of who administers it. */
export async function apiserver(): Promise<void> {
  const server = await started();
  try {
    const file = join(server.folder, "kubeconfig");
    writeFileSync(file, await server.kubeconfig(), { mode: 0o600 });
    console.log(`export KUBECONFIG=${file}`);
    console.error(
      `\nKubernetes ${server.version} (${server.origin}) at ${server.url}; it has no nodes, so no pod runs.` +
        "\nIn another terminal, while this one stays open, say the line above. Ctrl-C ends it.\n",
    );
    await interrupted();
  } finally {
    await server.stop();
  }
}

async function started() {
  let told = -1;
  try {
    return await startApiServer({
      onProgress: (progress) => {
        if (progress.seconds < told) return;
        told = progress.seconds + 15;
        console.error(building("a Kubernetes API server", "about six minutes", progress));
      },
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    throw new Ending(`${error instanceof Error ? error.message : String(error)}${cause}`, EXIT.engine);
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // A signal alone does not keep a process alive.
    const awake = setInterval(() => undefined, 60_000);
    const end = (): void => {
      clearInterval(awake);
      process.off("SIGINT", end).off("SIGTERM", end);
      resolve();
    };
    process.on("SIGINT", end).on("SIGTERM", end);
  });
}
