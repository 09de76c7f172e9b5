import { join } from "node:path";

import { controls } from "../catalogue";
import { planIds } from "../plan";
import { type InForce, readWaivers } from "../waivers";

/** What one run of the pack goes by. */
export interface Settings {
  /** What the run is for, where the environment says so; else each run tells by whether anything is still unknown. */
  readonly stage?: "preview" | "up";
  /** Undetermined stops the operation; on in CI. */
  readonly strict: boolean;
  readonly waivers: InForce;
  /** Where all verdicts go as JSON, for programs that show them. */
  readonly verdictFile?: string;
}

/** The settings of one run, with what it is for decided. */
export type Run = Settings & Required<Pick<Settings, "stage">>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings once: waivers from `BULWARK_WAIVERS` or beside the pack's folder, the rest from the environment. */
export function settingsOf(environment: Environment, today = new Date().toISOString().slice(0, 10)): Settings {
  const { BULWARK_VERDICTS: verdictFile, BULWARK_WAIVERS: waivers, CI: ci } = environment;
  // Some engines, and the `bulwark` command, say in these two what the pack is called for.
  const { PULUMI_DRY_RUN: dryRun, PULUMI_STACK: stack } = environment;
  return {
    ...(dryRun !== undefined && { stage: dryRun === "true" ? "preview" : "up" }),
    strict: ci !== undefined && !["", "0", "false"].includes(ci),
    waivers: {
      waivers: readWaivers(waivers ?? join(__dirname, "..", "..", "bulwark.waivers.yaml")),
      today,
      ids: new Set([...controls.map(({ id }) => id), ...planIds]),
      ...(stack !== undefined && { stack }),
    },
    ...(verdictFile !== undefined && verdictFile !== "" && { verdictFile }),
  };
}
