import { obtainEngine } from "../../twin/engine";

/** Has the engine ready before the first test's clock runs: building it takes minutes, once a machine. */
export default async function setup(): Promise<void> {
  let told = 0;
  await obtainEngine({
    onProgress: ({ phase, done, total, seconds }) => {
      if (seconds < told) return;
      told = seconds + 15;
      console.log(`building the engine, once: ${phase}, package ${done} of ${total}, ${seconds} s`);
    },
  });
}
