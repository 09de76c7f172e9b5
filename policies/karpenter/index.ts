import type { Control } from "../control";
import { interruption } from "./interruption";
import { launch } from "./launch";
import { node } from "./node";
import { pool } from "./pool";

/** What a controller that starts and ends nodes promises. */
export const karpenter: readonly Control[] = [...launch, ...interruption, ...node, ...pool];
