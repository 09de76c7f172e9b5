import type { Control } from "../control";
import { grants } from "./grants";
import { policy } from "./policy";
import { settings } from "./settings";

/** What every KMS key promises. */
export const keys: readonly Control[] = [...settings, ...policy, ...grants];
