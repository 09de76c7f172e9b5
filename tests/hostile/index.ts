import { endpoint } from "./endpoint";
import { form } from "./form";
import { network } from "./network";
import { people } from "./people";
import { settings } from "./settings";
import { time } from "./time";
import type { Hostile } from "./row";

export type { Hostile } from "./row";

/** Every hostile configuration. */
export const hostile: readonly Hostile[] = [...form, ...settings, ...network, ...endpoint, ...time, ...people];
