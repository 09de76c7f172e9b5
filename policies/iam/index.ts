import type { Control } from "../control";
import { attachments } from "./attachments";
import { passRole } from "./pass-role";
import { permissions } from "./permissions";
import { trust } from "./trust";

/** What roles and policies promise. */
export const iam: readonly Control[] = [...trust, ...permissions, ...passRole, ...attachments];
