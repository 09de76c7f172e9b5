import { CONTROL_PLANE } from "../../../constructs/platform";
import { type ChartRelease, release } from "./chart";

/** What is said to Istio's chart of definitions and validation. */
interface BaseValues {
  readonly defaultRevision: "default";
  readonly base: { readonly validationFailurePolicy: "Fail" };
  readonly experimental: { readonly stableValidationPolicy: true };
  readonly global: { readonly enableReaderRBAC: false };
}

/**
 * Istio's custom resource definitions and the validation of its objects, before anything that serves them.
 *
 * @control charts-istio-validates
 * @control charts-istio-no-reader
 */
export function istioBase(): ChartRelease<BaseValues> {
  return release({
    name: "istio-base",
    namespace: CONTROL_PLANE.namespace,
    chart: "base",
    podSecurity: "restricted",
    values: {
      // The revision whose istiod validates; the charts of istiod, cni and the gateways say none, which is this one.
      defaultRevision: "default",
      // Unset, every apply says Ignore and istiod turns it to Fail afterwards: a window in which anything is accepted.
      base: { validationFailurePolicy: "Fail" },
      // Refuses EnvoyFilter, WasmPlugin and ProxyConfig: they reach below every policy of the mesh.
      experimental: { stableValidationPolicy: true },
      // Else an account may list every Secret and ConfigMap (istiod-reader); only several clusters in one mesh need it.
      global: { enableReaderRBAC: false },
    },
  });
}
