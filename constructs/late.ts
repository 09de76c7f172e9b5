import { Lazy } from "cdk8s";

/**
 * A value that is computed when the manifest is written. Flows are declared after the workloads they join, so what follows from
 * them cannot be known in a constructor.
 */
export function late<T>(produce: () => T): T {
  return Lazy.any({ produce }) as T;
}
