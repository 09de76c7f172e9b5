import type { ChartContext, ChartRelease } from "./chart";
import { istioBase } from "./istio-base";

/** Every chart of the platform in the order of installation; removal goes the other way round. */
export function charts(_context: ChartContext): readonly ChartRelease[] {
  return [istioBase()];
}
