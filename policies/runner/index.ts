import type { Control } from "../control";
import { alarms } from "./alarm";
import { environments } from "./environment";
import { networks } from "./network";
import { projects } from "./project";
import { roles } from "./role";
import { sources } from "./source";

/** What the machine that applies the platform layer promises. */
export const runner: readonly Control[] = [...environments, ...sources, ...networks, ...projects, ...roles, ...alarms];
