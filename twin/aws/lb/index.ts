import type { Behaviour } from "../../behaviour";
import { listener } from "./listener";
import { loadBalancer } from "./load-balancer";
import { targetGroup } from "./target-group";

/** What of Elastic Load Balancing the twin knows; facts without a source named are general knowledge, not verified. */
export const lb: readonly Behaviour[] = [loadBalancer, listener, targetGroup];
