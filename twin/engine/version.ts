import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";

/** The oldest engine accepted: one as new as the SDK the program runs on, since the SDK speaks its protocol. */
export const OLDEST = sdkVersion;

/** The version an executable reports (`3.259.0`); throws when it is no `pulumi` or does not start. */
export async function versionOf(pulumi: string): Promise<string> {
  const { stdout } = await promisify(execFile)(pulumi, ["version"], {
    timeout: 20_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1];
  if (version === undefined) throw new Error(`${pulumi} answers "${stdout.trim()}" to "version"`);
  return version;
}

/** Compares two versions of three numbers; negative when the left one is older. */
export function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split(".").map((part) => Number.parseInt(part, 10)));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
