import type { Judgement } from "./index";

/** A Service is an address inside the cluster: the platform has the one door. */
export function services(): Judgement {
  return {
    rules: [["", ["services"]]],
    validations: [
      {
        expression: `object.spec.?type.orValue("ClusterIP") == "ClusterIP" && !has(object.spec.externalName)`,
        message: "a Service is of type ClusterIP; a public name is a WebService's host",
      },
      {
        expression: "object.spec.?externalIPs.orValue([]).size() == 0",
        message: "a Service has no externalIPs: they take over addresses that are not the tenant's",
      },
      {
        expression: "object.spec.?selector.orValue({}).size() > 0",
        message: "a Service selects pods of the tenant",
      },
    ],
  };
}
