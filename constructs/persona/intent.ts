import type { k8s } from "cdk8s-plus-28";

/** What a persona may set out to do; each is a list of rules, and nobody has a rule that is not in one of them. */
export type Intent =
  "read" | "logs" | "scale" | "restart" | "replace" | "deploy" | "look" | "oversee" | "audit" | "drain" | "cordon";

interface Meaning {
  /** What it allows, for the table that people read. */
  readonly says: string;
  /** Whether it holds in the tenants that name the group, or in the whole cluster. */
  readonly scope: "tenant" | "cluster";
  readonly rules: readonly k8s.PolicyRule[];
}

const SEE = ["get", "list", "watch"];
const WRITE = [...SEE, "create", "update", "patch", "delete"];

/** What a team runs, as far as it may be read: never Secrets. */
const WORKLOADS: readonly k8s.PolicyRule[] = [
  rule("", SEE, "configmaps", "endpoints", "events", "limitranges", "persistentvolumeclaims", "pods", "resourcequotas"),
  rule("", SEE, "serviceaccounts", "services"),
  rule("apps", SEE, "controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"),
  rule("autoscaling", SEE, "horizontalpodautoscalers"),
  rule("batch", SEE, "cronjobs", "jobs"),
  rule("discovery.k8s.io", SEE, "endpointslices"),
  rule("events.k8s.io", SEE, "events"),
  rule("external-secrets.io", SEE, "externalsecrets", "secretstores"),
  rule("metrics.k8s.io", SEE, "pods"),
  rule("networking.istio.io", SEE, "destinationrules", "gateways", "serviceentries", "sidecars", "virtualservices"),
  rule("networking.k8s.io", SEE, "networkpolicies"),
  rule("policy", SEE, "poddisruptionbudgets"),
  rule("security.istio.io", SEE, "authorizationpolicies", "peerauthentications", "requestauthentications"),
];

/**
 * Exactly the kinds that an Application emits, and what shows whether they came up. What makes a tenant's boundary is not among them:
 * no PeerAuthentication, EnvoyFilter, Gateway, ServiceEntry, DestinationRule, SecretStore, quota, role, namespace or Secret.
 */
export const DEPLOY: readonly k8s.PolicyRule[] = [
  rule("", SEE, "events", "pods"),
  rule("", WRITE, "configmaps", "persistentvolumeclaims", "serviceaccounts", "services"),
  rule("apps", SEE, "replicasets"),
  rule("apps", WRITE, "deployments", "statefulsets"),
  rule("autoscaling", WRITE, "horizontalpodautoscalers"),
  rule("batch", WRITE, "cronjobs", "jobs"),
  rule("external-secrets.io", WRITE, "externalsecrets"),
  rule("networking.istio.io", WRITE, "sidecars", "virtualservices"),
  rule("networking.k8s.io", WRITE, "networkpolicies"),
  rule("policy", WRITE, "poddisruptionbudgets"),
  rule("security.istio.io", WRITE, "authorizationpolicies"),
];

/** What a node agent emits besides, in tenants whose pods may be more than restricted: a pod on every node is nobody else's to start. */
export const DEPLOY_NODE_AGENTS: k8s.PolicyRule = rule("apps", WRITE, "daemonsets");

/** Every intent. An admission policy stands behind `restart` and `cordon`, whose verb could change any field. */
export const INTENTS: Readonly<Record<Intent, Meaning>> = {
  read: { says: "reads what runs, never Secrets", scope: "tenant", rules: WORKLOADS },
  logs: { says: "reads logs", scope: "tenant", rules: [rule("", ["get"], "pods/log")] },
  scale: {
    says: "scales by the `scale` sub-resource",
    scope: "tenant",
    rules: [rule("apps", ["get", "patch", "update"], "deployments/scale", "statefulsets/scale")],
  },
  restart: {
    says: "restarts a rollout and changes nothing else of it",
    scope: "tenant",
    rules: [rule("apps", ["patch"], "daemonsets", "deployments", "statefulsets")],
  },
  replace: { says: "deletes single pods", scope: "tenant", rules: [rule("", ["delete"], "pods")] },
  deploy: { says: "writes what an Application emits", scope: "tenant", rules: DEPLOY },
  look: {
    says: "sees nodes, namespaces and what the cluster offers",
    scope: "cluster",
    rules: [
      rule("", SEE, "namespaces", "nodes", "persistentvolumes"),
      rule("metrics.k8s.io", SEE, "nodes"),
      rule("scheduling.k8s.io", SEE, "priorityclasses"),
      rule("storage.k8s.io", SEE, "csidrivers", "csinodes", "storageclasses", "volumeattachments"),
    ],
  },
  oversee: {
    says: "reads what runs in every namespace, with logs, never Secrets",
    scope: "cluster",
    rules: [
      ...WORKLOADS,
      rule("", ["get"], "pods/log"),
      rule("karpenter.k8s.aws", SEE, "ec2nodeclasses"),
      rule("karpenter.sh", SEE, "nodeclaims", "nodepools"),
    ],
  },
  audit: {
    says: "reads what runs in every namespace, who may do what, and what admission refuses",
    scope: "cluster",
    rules: [
      ...WORKLOADS,
      rule("admissionregistration.k8s.io", SEE, "mutatingwebhookconfigurations", "validatingadmissionpolicies"),
      rule("admissionregistration.k8s.io", SEE, "validatingadmissionpolicybindings", "validatingwebhookconfigurations"),
      rule("apiextensions.k8s.io", SEE, "customresourcedefinitions"),
      rule("certificates.k8s.io", SEE, "certificatesigningrequests"),
      rule("rbac.authorization.k8s.io", SEE, "clusterrolebindings", "clusterroles", "rolebindings", "roles"),
    ],
  },
  drain: {
    says: "drains nodes, by evictions that budgets may refuse",
    scope: "cluster",
    rules: [rule("", ["create"], "pods/eviction")],
  },
  cordon: {
    says: "cordons nodes and changes nothing else of them",
    scope: "cluster",
    rules: [rule("", ["patch"], "nodes")],
  },
};

function rule(group: string, verbs: readonly string[], ...resources: string[]): k8s.PolicyRule {
  return { apiGroups: [group], resources, verbs: [...verbs] };
}
