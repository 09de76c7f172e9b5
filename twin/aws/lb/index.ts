import type { Behaviour, Invoke } from "../../behaviour";
import { listener } from "./listener";
import { loadBalancer } from "./load-balancer";
import { targetGroup } from "./target-group";
import { LOAD_BALANCER } from "./token";

/** What of Elastic Load Balancing the twin knows; facts without a source named are general knowledge, not verified. */
export const lb: readonly Behaviour[] = [loadBalancer, listener, targetGroup];

/** What Elastic Load Balancing answers to look-ups. */
export const lbInvokes: Readonly<Record<string, Invoke>> = {
  "aws:lb/getLbs:getLbs": (args, world) => ({
    ...args,
    id: world.region,
    region: world.region,
    arns: world.all(LOAD_BALANCER).map(({ properties }) => properties["arn"]),
  }),
};
