import type { Control } from "../control";
import { access } from "./access";
import { endpoint } from "./endpoint";
import { life } from "./life";
import { logging } from "./logging";
import { placement } from "./placement";
import { secrets } from "./secrets";

/** What every EKS cluster promises. */
export const cluster: readonly Control[] = [...endpoint, ...secrets, ...logging, ...access, ...placement, ...life];
