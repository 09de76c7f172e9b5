import type { Control } from "../control";
import { associations } from "./associations";
import { breakGlass } from "./break-glass";
import { entries } from "./entries";
import { provider } from "./provider";
import { workloads } from "./workloads";

/** Who gets into the cluster, and which pods become which role. */
export const identity: readonly Control[] = [...associations, ...entries, ...provider, ...workloads, ...breakGlass];
