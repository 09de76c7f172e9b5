import { evaluate } from "./cel";
import { CelError } from "./cel/values";

/** A manifest as it is written in YAML. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Who asks for what, as admission sees it. */
export interface Request {
  readonly user: { readonly username?: string; readonly groups: readonly string[] };
  readonly operation?: "CREATE" | "UPDATE" | "DELETE";
  readonly resource: string;
  readonly subResource?: string;
  readonly object?: unknown;
  readonly oldObject?: unknown;
  readonly name?: string;
  /** The labels of the namespace. */
  readonly namespace?: Readonly<Record<string, string>>;
}

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly failurePolicy: string;
    readonly matchConstraints: {
      readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
      readonly resourceRules: readonly {
        readonly apiGroups: readonly string[];
        readonly operations: readonly string[];
        readonly resources: readonly string[];
      }[];
    };
    readonly matchConditions: readonly { readonly expression: string }[];
    readonly variables: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
  };
}

/**
 * What the emitted policies say against a request, as the API server would: by constraints, conditions, variables and validations, with
 * an expression that cannot be evaluated refusing. Only policies that a binding enforces count.
 */
export function denials(manifests: readonly Manifest[], request: Request): string[] {
  const bound = manifests
    .filter(({ kind }) => kind === "ValidatingAdmissionPolicyBinding")
    .map(({ spec }) => spec as { policyName: string; validationActions: string[] })
    .filter(({ validationActions }) => validationActions.includes("Deny"))
    .map(({ policyName }) => policyName);
  const policies = manifests.filter(({ kind }) => kind === "ValidatingAdmissionPolicy") as unknown as Policy[];
  return policies.filter(({ metadata }) => bound.includes(metadata.name)).flatMap((policy) => judged(policy, request));
}

function judged({ spec }: Policy, request: Request): string[] {
  const { resource, subResource, operation = "CREATE", namespace, user, object = null, oldObject = null } = request;
  const [group, plural] = resource.includes("/") ? resource.split("/") : ["", resource];
  const asked = subResource === undefined ? plural : `${plural ?? ""}/${subResource}`;
  const { namespaceSelector, resourceRules } = spec.matchConstraints;
  const matches = resourceRules.some(
    (rule) =>
      rule.apiGroups.includes(group ?? "") &&
      rule.resources.includes(asked ?? "") &&
      rule.operations.includes(operation),
  );
  const selected = Object.entries(namespaceSelector?.matchLabels ?? {}).every(
    ([key, value]) => namespace?.[key] === value,
  );
  if (!matches || !selected) return [];

  const name = request.name ?? (object as Manifest | null)?.metadata.name;
  const input = {
    object,
    oldObject,
    request: { userInfo: user, operation, resource: { group, resource: plural }, ...(name !== undefined && { name }) },
  };
  try {
    if (!spec.matchConditions.every(({ expression }) => evaluate(expression, input) === true)) return [];
  } catch (error) {
    if (error instanceof CelError) return [error.message];
    throw error;
  }
  const variables: Record<string, unknown> = {};
  for (const { name: each, expression } of spec.variables) {
    // A variable is evaluated when it is used: its error is the validation's.
    Object.defineProperty(variables, each, {
      enumerable: true,
      get: () => evaluate(expression, { ...input, variables }),
    });
  }
  return spec.validations.flatMap(({ expression, message }) => {
    try {
      return evaluate(expression, { ...input, variables }) === true ? [] : [message];
    } catch (error) {
      if (error instanceof CelError) return [`${message} (${error.message})`];
      throw error;
    }
  });
}
