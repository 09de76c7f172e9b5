import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";

/** A condition that has to hold, and what is said when it does not: what is required, and how to get there. */
export interface Validation {
  readonly expression: string;
  readonly message: string;
}

export interface AdmissionPolicyArgs {
  /** The policy's name, and its binding's. */
  readonly name: string;
  /** What is judged: an API group and its resources. */
  readonly rules: readonly (readonly [group: string, resources: readonly string[]])[];
  /** @default what writes: CREATE and UPDATE */
  readonly operations?: readonly ("CREATE" | "UPDATE" | "DELETE")[];
  /** The namespaces it holds in. @default all, and objects in none */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Whom it holds for: a CEL condition on `request.userInfo`. */
  readonly requester: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/**
 * Emits a ValidatingAdmissionPolicy and the binding that enforces it. It fails closed: an expression that cannot be evaluated refuses
 * the request, and that only for the requester it was written for.
 *
 * @returns the binding, for what must not exist before it
 */
export function admissionPolicy(scope: Construct, args: AdmissionPolicyArgs): ApiObject {
  const { name, rules, operations = ["CREATE", "UPDATE"], namespaces, requester, variables = {} } = args;
  const policy = clusterScoped(
    new ApiObject(scope, `${name}-policy`, {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          ...(namespaces && { namespaceSelector: { matchLabels: { ...namespaces } } }),
          // Every version of a kind has the fields that are judged, so a new one is judged too.
          resourceRules: rules.map(([group, resources]) => ({
            apiGroups: [group],
            apiVersions: ["*"],
            operations: [...operations],
            resources: [...resources],
          })),
        },
        matchConditions: [{ name: "requester", expression: requester }],
        variables: Object.entries(variables).map(([each, expression]) => ({ name: each, expression })),
        validations: args.validations.map(({ expression, message }) => ({ expression, message, reason: "Forbidden" })),
      },
    }),
  );
  const binding = clusterScoped(
    new ApiObject(scope, `${name}-binding`, {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny"] },
    }),
  );
  binding.addDependency(policy);
  return binding;
}
