import type { Control } from "../control";
import { machine } from "./machine";
import { session } from "./session";

/** What the way of people to a private API promises. */
export const tunnel: readonly Control[] = [...machine, ...session];
