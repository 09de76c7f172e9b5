import type { Control } from "../control";
import { acl } from "./acl";
import { balancer } from "./balancer";
import { responseTeam } from "./response-team";
import { shield } from "./shield";
import { traffic } from "./traffic";

/** What every way in from outside promises: guarded, encrypted, written down and decided. */
export const edge: readonly Control[] = [...balancer, ...traffic, ...acl, ...shield, ...responseTeam];
