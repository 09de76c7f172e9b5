import type { Judgement } from "./index";

const IDENTITY = "^cluster[.]local/ns/[a-z0-9-]+/sa/[a-z0-9.-]+$";

/** A policy admits named identities to one workload. Fields beside `principals` only narrow; without them a source is anybody. */
export function authorizationPolicies(): Judgement {
  return {
    rules: [["security.istio.io", ["authorizationpolicies"]]],
    variables: {
      action: `object.?spec.?action.orValue("ALLOW")`,
      rules: "object.?spec.?rules.orValue([])",
    },
    validations: [
      {
        expression: "object.?spec.?selector.?matchLabels.orValue({}).size() > 0",
        message: "an authorization policy selects one workload by its labels",
      },
      {
        expression: "!has(object.spec.targetRef) && object.spec.?targetRefs.orValue([]).size() == 0",
        message: "an authorization policy selects a workload, not a gateway or service by targetRefs",
      },
      {
        expression: `variables.action in ["ALLOW", "DENY"]`,
        message: "an authorization policy allows or denies: CUSTOM asks somebody else, AUDIT decides nothing",
      },
      {
        expression:
          `variables.action != "ALLOW" || variables.rules.all(r, r.?from.orValue([]).size() > 0 && ` +
          `r.from.all(f, f.?source.?principals.orValue([]).size() > 0 && f.source.principals.all(p, p.matches("${IDENTITY}"))))`,
        message:
          "every source of an ALLOW policy names whole identities, cluster.local/ns/<tenant>/sa/<workload>: no wildcard, no rule without from",
      },
    ],
  };
}
