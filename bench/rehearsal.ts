import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

/**
 * How long a rehearsal takes, in one run on one machine: seconds, and how many times as long as the command line alone,
 * which is the number to compare between machines.
 */
const root = join(__dirname, "..");
const folder = join(root, ".bulwark", "bench");

function timed(...args: readonly string[]): number {
  const begun = process.hrtime.bigint();
  const words = ["--import", "tsx", "cli/bulwark.ts", ...args];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`bulwark ${args.join(" ")} ended with ${status ?? "a signal"}:\n${stderr}`);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

rmSync(folder, { recursive: true, force: true });
const rehearse = ["rehearse", "--folder", folder];
const baseline = timed("--help");
const measured = {
  "from nothing to a created cluster": timed(...rehearse),
  "again, no changes": timed(...rehearse),
  "destroy, and ask what is left": timed(...rehearse, "destroy"),
};
rmSync(folder, { recursive: true, force: true });

console.log(`${"the command line alone".padEnd(36)} ${baseline.toFixed(1).padStart(6)} s`);
for (const [what, seconds] of Object.entries(measured)) {
  console.log(
    `${what.padEnd(36)} ${seconds.toFixed(1).padStart(6)} s  ${(seconds / baseline).toFixed(0).padStart(4)} times`,
  );
}
