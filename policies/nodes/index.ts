import type { Control } from "../control";
import { group } from "./group";
import { family } from "./family";
import { image } from "./image";
import { role } from "./role";
import { template } from "./template";
import { volumes } from "./volumes";

/** What every node promises. */
export const nodes: readonly Control[] = [...template, ...volumes, ...group, ...image, ...family, ...role];
