import type { Control } from "../control";
import { network } from "./network";
import { roles } from "./roles";
import { versions } from "./versions";

/** What the add-ons of every EKS cluster promise. */
export const addons: readonly Control[] = [...network, ...versions, ...roles];
