import type { Control } from "../control";
import { engine } from "./engine";
import { mode } from "./mode";
import { network } from "./network";
import { roles } from "./roles";
import { versions } from "./versions";

/** What the add-ons of every EKS cluster promise. */
export const addons: readonly Control[] = [...network, ...mode, ...engine, ...versions, ...roles];
