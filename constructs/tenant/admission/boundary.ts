import { ApiObject, type Chart } from "cdk8s";
import { texts } from "../../admission/cel";
import { late } from "../../late";
import type { Judgement } from "./index";

/** Kinds of which the tenant has objects and the deploying identity may write others. */
const RESOURCES: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "authorizationpolicies",
  NetworkPolicy: "networkpolicies",
  Sidecar: "sidecars",
};

/** What the tenant itself emitted is not changed and not deleted: default deny, above all. */
export function boundaryStays(tenant: Chart): Judgement {
  return {
    rules: [
      ["networking.istio.io", ["sidecars"]],
      ["networking.k8s.io", ["networkpolicies"]],
      ["security.istio.io", ["authorizationpolicies"]],
    ],
    operations: ["CREATE", "UPDATE", "DELETE"],
    validations: [
      {
        expression: late(
          () =>
            `!((request.resource.resource + "/" + (has(request.name) ? request.name : "")) in ${texts(own(tenant))})`,
        ),
        message: "the tenant's boundary is the platform's: give the object another name",
      },
    ],
  };
}

function own(tenant: Chart): string[] {
  return tenant.node
    .findAll()
    .filter((node) => node instanceof ApiObject)
    .flatMap(({ kind, name }) => (RESOURCES[kind] === undefined ? [] : [`${RESOURCES[kind]}/${name}`]))
    .sort();
}
