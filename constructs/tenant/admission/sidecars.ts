import type { Judgement } from "./index";

/** A proxy's configuration narrows what one workload knows; it takes nothing out of the mesh. */
export function sidecars(): Judgement {
  return {
    rules: [["networking.istio.io", ["sidecars"]]],
    variables: { egress: "object.?spec.?egress.orValue([])" },
    validations: [
      {
        expression: "object.?spec.?workloadSelector.?labels.orValue({}).size() > 0",
        message: "a Sidecar selects one workload by its labels; the tenant's own is the platform's",
      },
      {
        expression: `object.?spec.?outboundTrafficPolicy.?mode.orValue("") == "REGISTRY_ONLY" && !has(object.spec.outboundTrafficPolicy.egressProxy)`,
        message: "outboundTrafficPolicy is REGISTRY_ONLY without egressProxy: what nobody declared has no route",
      },
      {
        expression: "!has(object.spec.ingress)",
        message: "a Sidecar has no ingress listeners: they could end mutual TLS or capture nothing",
      },
      {
        expression: `variables.egress.all(e, !has(e.captureMode) && !has(e.bind) && e.?hosts.orValue([]).all(h, !h.startsWith("*/")))`,
        message: "egress names hosts by their namespace and leaves captureMode and bind alone",
      },
    ],
  };
}
