import type { Manifest } from "./admission";

/** A user with his groups who wants to do something. */
export interface Attempt {
  readonly user?: string;
  readonly groups: readonly string[];
  readonly verb: string;
  readonly group?: string;
  /** The resource, with its sub-resource: `pods/exec`. */
  readonly resource: string;
  /** @default none: in the whole cluster */
  readonly namespace?: string;
  readonly name?: string;
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Binding extends Manifest {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

/** Whether the manifests allow it (Kubernetes, "Using RBAC Authorization"): rights only add up, and `*` means all. */
export function can(manifests: readonly Manifest[], attempt: Attempt): boolean {
  const bindings = manifests.filter(({ kind }) => kind.endsWith("RoleBinding")) as Binding[];
  return bindings
    .filter(({ kind, metadata }) => kind === "ClusterRoleBinding" || metadata.namespace === attempt.namespace)
    .filter(({ subjects, metadata }) => subjects.some((subject) => isSubject(subject, attempt, metadata.namespace)))
    .flatMap(({ roleRef, metadata }) => rulesOf(manifests, roleRef, metadata.namespace))
    .some((rule) => permits(rule, attempt));
}

/** Every rule of every role, with the role's name. */
export function rules(manifests: readonly Manifest[]): (Rule & { readonly role: string })[] {
  return manifests
    .filter(({ kind }) => kind === "Role" || kind === "ClusterRole")
    .flatMap((role) => (role["rules"] as readonly Rule[]).map((rule) => ({ ...rule, role: role.metadata.name })));
}

/** Every subject of every binding. */
export function subjects(manifests: readonly Manifest[]): Binding["subjects"][number][] {
  return manifests
    .filter(({ kind }) => kind.endsWith("RoleBinding"))
    .flatMap((binding) => (binding as Binding).subjects);
}

function rulesOf(
  manifests: readonly Manifest[],
  { kind, name }: Binding["roleRef"],
  namespace: string | undefined,
): Rule[] {
  return rules(
    manifests.filter(
      (role) =>
        role.kind === kind &&
        role.metadata.name === name &&
        (kind === "ClusterRole" || role.metadata.namespace === namespace),
    ),
  );
}

function isSubject(
  { kind, name, namespace }: Binding["subjects"][number],
  { user, groups }: Attempt,
  own: string | undefined,
): boolean {
  if (kind === "Group") return groups.includes(name);
  if (kind === "User") return user === name;
  return user === `system:serviceaccount:${namespace ?? own ?? ""}:${name}`;
}

function permits({ apiGroups = [], resources = [], resourceNames, verbs }: Rule, attempt: Attempt): boolean {
  const { verb, group = "", resource, name } = attempt;
  const has = (list: readonly string[], one: string) => list.includes("*") || list.includes(one);
  return (
    has(verbs, verb) &&
    has(apiGroups, group) &&
    (has(resources, resource) || resources.includes(`*/${resource.split("/")[1] ?? ""}`)) &&
    (resourceNames === undefined || (name !== undefined && resourceNames.includes(name)))
  );
}
