import { join } from "node:path";

/** The folder that holds Pulumi.yaml, the stacks and the policies. */
export const ROOT = join(__dirname, "..");

/** What commands leave behind: logs, rehearsals, a private copy of the engine. Never committed. */
export const WORK = join(ROOT, ".bulwark");

/** The policy pack's folder. */
export const PACK = join(ROOT, "policies");

/** The file of exceptions. */
export const WAIVERS = "bulwark.waivers.yaml";
