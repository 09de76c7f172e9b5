import type { Control } from "../control";
import { apparmor } from "./apparmor";
import { authentication } from "./authentication";
import { operation } from "./operation";
import { system } from "./system";

/**
 * What every node is told when it starts. On an image that is not EKS's own it holds the cluster's endpoint, which nobody
 * knows before there is one: then, and only then, it is decided at `up`.
 */
export const userData: readonly Control[] = [...authentication, ...operation, ...system, ...apparmor].map(
  (control) => ({ ...control, decidedAt: "up" }) as const,
);
