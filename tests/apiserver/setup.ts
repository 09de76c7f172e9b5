import { startApiServer } from "../../twin/apiserver";
import { define } from "./definitions";
import { FOLDER, holder } from "./server";

/** Has one API server ready for all suites before the first test's clock runs; building it takes minutes, once a machine. */
export default async function setup(): Promise<void> {
  let told = 0;
  const began = Date.now();
  const server = await startApiServer({
    onProgress: ({ phase, done, total, seconds }) => {
      if (seconds < told) return;
      told = seconds + 15;
      console.log(`building a Kubernetes API server, once: ${phase}, package ${done} of ${total}, ${seconds} s`);
    },
  });
  holder.bulwarkApiServer = server;
  process.env[FOLDER] = server.folder;
  const started = Date.now();
  const what = await define(server);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  console.log(
    `Kubernetes ${server.version} (${server.origin}) ready in ${seconds(began, started)} s, ${what} in ${seconds(started, Date.now())} s`,
  );
}
