import type { Control } from "../control";
import { builder } from "./builder";
import { distribution } from "./distribution";
import { pipeline } from "./pipeline";
import { recipe } from "./recipe";

/** What node images promise, and the machines that build them. */
export const image: readonly Control[] = [...recipe, ...builder, ...pipeline, ...distribution];
