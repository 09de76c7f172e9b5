import { texts } from "../../admission/cel";
import type { Judgement } from "./index";

const NAMESPACE = `"kubernetes.io/metadata.name"`;
/** Whoever needs the name server or the mesh's control plane has it from the tenant; nobody else there is an application's to call. */
const SYSTEM = ["istio-system", "kube-node-lease", "kube-public", "kube-system"];

const LABELS = "p.?podSelector.?matchLabels.orValue({})";
const NAMED = "p.namespaceSelector.?matchLabels.orValue({})";
const PEER = `!has(p.ipBlock) && ${LABELS}.size() > 0 && (!has(p.namespaceSelector) || ${NAMESPACE} in ${NAMED})`;
const MESSAGE =
  "a peer is pods by their labels, in the tenant or in one namespace by kubernetes.io/metadata.name: no ipBlock, no open selector";

/** A policy opens one workload to named pods of named namespaces, as an Application emits it. */
export function networkPolicies(): Judgement {
  return {
    rules: [["networking.k8s.io", ["networkpolicies"]]],
    variables: {
      ingress: "object.?spec.?ingress.orValue([])",
      egress: "object.?spec.?egress.orValue([])",
    },
    validations: [
      {
        expression: `"app.kubernetes.io/name" in object.?spec.?podSelector.?matchLabels.orValue({})`,
        message: "a network policy selects one workload by app.kubernetes.io/name",
      },
      {
        expression: `variables.ingress.all(r, r.?from.orValue([]).size() > 0 && r.from.all(p, ${PEER}))`,
        message: MESSAGE,
      },
      {
        expression: `variables.egress.all(r, r.?to.orValue([]).size() > 0 && r.to.all(p, ${PEER}))`,
        message: MESSAGE,
      },
      {
        expression: `variables.egress.all(r, r.?to.orValue([]).all(p, !has(p.namespaceSelector) || (${NAMESPACE} in ${NAMED} && !(${NAMED}[${NAMESPACE}] in ${texts(SYSTEM)}))))`,
        message: `nothing leads into ${SYSTEM.join(", ")}; names and the mesh are opened by the tenant`,
      },
    ],
  };
}
