import type { Control } from "../control";
import { access } from "./access";
import { content } from "./content";

/** What every bucket promises; the state's bucket holds every secret output and the map of the account. */
export const bucket: readonly Control[] = [...access, ...content];
