import { z } from "zod";
import { reason } from "./words";

/** The controller that starts and ends nodes by itself; without it only the pools of `nodes` exist. */
export const karpenter = z.strictObject({ reason }).optional().meta({
  description:
    "Karpenter's half in AWS: what its controller may do, and the role of the nodes that it starts. Left out, no controller can start or end an instance.",
  allowed: "an object with `reason`; roles, queue and namespace follow from the cluster's name",
  write: "karpenter: { reason: the nightly jobs need forty nodes for one hour }",
  protects: "A controller that starts instances decides what runs in the account and what it costs.",
});
