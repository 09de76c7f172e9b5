import type { Control } from "../control";
import { authentication } from "./authentication";
import { operation } from "./operation";
import { system } from "./system";

/** What every node is told when it starts. */
export const userData: readonly Control[] = [...authentication, ...operation, ...system];
