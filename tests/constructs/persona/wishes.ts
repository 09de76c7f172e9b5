import type { Environment, Persona } from "../../../constructs";

/** Every environment there is. */
export const ENVIRONMENTS: readonly Environment[] = ["development", "staging", "production"];

/** What somebody wants, in the words of kubectl: verb, API group and resource, and where. */
export type Wish = readonly [
  verb: string,
  resource: string,
  where?: "team-shop" | "team-pay" | "kube-system" | "cluster",
];

/** Who does what, in which environments. */
export type Row = readonly [who: Persona | "pipeline", environments: readonly Environment[], does: string, wish: Wish];
const NOT_PRODUCTION: readonly Environment[] = ["development", "staging"];

/** What people and the pipeline may do. */
export const MAY: readonly Row[] = [
  ["developer", ENVIRONMENTS, "reads Deployments of the team", ["list", "apps:deployments"]],
  ["developer", ENVIRONMENTS, "reads logs of the team's pods", ["get", "pods/log"]],
  ["developer", ENVIRONMENTS, "sees the nodes", ["list", "nodes", "cluster"]],
  ["developer", ["development"], "deploys in development", ["create", "apps:deployments"]],
  ["developer", NOT_PRODUCTION, "scales outside production", ["patch", "apps:deployments/scale"]],
  ["developer", NOT_PRODUCTION, "deletes a pod outside production", ["delete", "pods"]],
  ["devops", NOT_PRODUCTION, "deploys outside production", ["patch", "apps:statefulsets"]],
  ["devops", ENVIRONMENTS, "scales everywhere", ["update", "apps:statefulsets/scale"]],
  ["sre", ENVIRONMENTS, "restarts", ["patch", "apps:daemonsets"]],
  ["sre", ENVIRONMENTS, "drains nodes of any team's pods", ["create", "pods/eviction", "team-pay"]],
  ["sre", ENVIRONMENTS, "cordons", ["patch", "nodes", "cluster"]],
  ["sre", ENVIRONMENTS, "reads the system's logs", ["get", "pods/log", "kube-system"]],
  ["incidentManager", ENVIRONMENTS, "reads what he restarts", ["get", "apps:deployments"]],
  ["incidentManager", ENVIRONMENTS, "restarts a Deployment", ["patch", "apps:deployments"]],
  ["incidentManager", ENVIRONMENTS, "restarts a StatefulSet", ["patch", "apps:statefulsets"]],
  ["incidentManager", ENVIRONMENTS, "scales a Deployment by its sub-resource", ["patch", "apps:deployments/scale"]],
  ["incidentManager", ENVIRONMENTS, "cordons a node", ["patch", "nodes", "cluster"]],
  ["auditor", ENVIRONMENTS, "reads any team's Deployments", ["list", "apps:deployments", "team-pay"]],
  [
    "auditor",
    ENVIRONMENTS,
    "reads who may do what",
    ["list", "rbac.authorization.k8s.io:clusterrolebindings", "cluster"],
  ],
  ["auditor", ENVIRONMENTS, "reads the quota", ["get", "resourcequotas"]],
  ["pipeline", ENVIRONMENTS, "deploys a Deployment", ["create", "apps:deployments"]],
  ["pipeline", ENVIRONMENTS, "writes flows", ["patch", "networking.k8s.io:networkpolicies"]],
  ["pipeline", ENVIRONMENTS, "takes back who may call", ["delete", "security.istio.io:authorizationpolicies"]],
  ["pipeline", ENVIRONMENTS, "asks for a secret by name", ["create", "external-secrets.io:externalsecrets"]],
];

/** What somebody near to it may not do. */
export const MAY_NOT: readonly Row[] = [
  ["developer", ["production"], "changes no Deployment in production", ["patch", "apps:deployments"]],
  ["developer", ["production"], "scales nothing in production", ["patch", "apps:deployments/scale"]],
  ["developer", ["production"], "deletes no pod in production", ["delete", "pods"]],
  ["developer", ["production"], "writes no ConfigMap in production", ["update", "configmaps"]],
  ["developer", ["staging"], "deploys nothing in staging", ["create", "apps:deployments"]],
  ["developer", ENVIRONMENTS, "sees nothing of another team", ["get", "pods", "team-pay"]],
  ["developer", ENVIRONMENTS, "sees nothing of the system", ["get", "configmaps", "kube-system"]],
  ["developer", ENVIRONMENTS, "cordons nothing", ["patch", "nodes", "cluster"]],
  ["devops", ["production"], "deploys nothing in production", ["create", "apps:deployments"]],
  ["devops", ["production"], "patches nothing in production", ["patch", "apps:deployments"]],
  ["sre", ENVIRONMENTS, "deploys nothing", ["create", "apps:deployments"]],
  ["sre", ENVIRONMENTS, "deletes no pod of the system", ["delete", "pods", "kube-system"]],
  ["sre", ENVIRONMENTS, "patches nothing of the system", ["patch", "apps:deployments", "kube-system"]],
  ["incidentManager", ENVIRONMENTS, "deletes no pod", ["delete", "pods"]],
  ["incidentManager", ENVIRONMENTS, "evicts no pod", ["create", "pods/eviction"]],
  ["incidentManager", ENVIRONMENTS, "replaces no Deployment as a whole", ["update", "apps:deployments"]],
  ["incidentManager", ENVIRONMENTS, "creates nothing", ["create", "apps:deployments"]],
  ["incidentManager", ENVIRONMENTS, "deletes nothing", ["delete", "apps:deployments"]],
  ["incidentManager", ENVIRONMENTS, "patches no ConfigMap", ["patch", "configmaps"]],
  ["incidentManager", ENVIRONMENTS, "patches no Job", ["patch", "batch:jobs"]],
  ["incidentManager", ENVIRONMENTS, "deletes no node", ["delete", "nodes", "cluster"]],
  ["incidentManager", ENVIRONMENTS, "writes no node's status", ["patch", "nodes/status", "cluster"]],
  ["auditor", ENVIRONMENTS, "reads no logs", ["get", "pods/log"]],
  ["auditor", ENVIRONMENTS, "patches nothing", ["patch", "apps:deployments"]],
  ["pipeline", ENVIRONMENTS, "deploys nothing elsewhere", ["create", "apps:deployments", "team-pay"]],
  ["pipeline", ENVIRONMENTS, "writes no PeerAuthentication", ["create", "security.istio.io:peerauthentications"]],
  ["pipeline", ENVIRONMENTS, "writes no RequestAuthentication", ["create", "security.istio.io:requestauthentications"]],
  ["pipeline", ENVIRONMENTS, "writes no EnvoyFilter", ["create", "networking.istio.io:envoyfilters"]],
  ["pipeline", ENVIRONMENTS, "writes no Gateway", ["create", "networking.istio.io:gateways"]],
  ["pipeline", ENVIRONMENTS, "writes no ServiceEntry", ["create", "networking.istio.io:serviceentries"]],
  ["pipeline", ENVIRONMENTS, "writes no DestinationRule", ["create", "networking.istio.io:destinationrules"]],
  ["pipeline", ENVIRONMENTS, "writes no quota", ["patch", "resourcequotas"]],
  ["pipeline", ENVIRONMENTS, "writes no LimitRange", ["patch", "limitranges"]],
  ["pipeline", ENVIRONMENTS, "writes no SecretStore", ["create", "external-secrets.io:secretstores"]],
  ["pipeline", ENVIRONMENTS, "writes no Endpoints", ["create", "endpoints"]],
  ["pipeline", ENVIRONMENTS, "writes no Ingress", ["create", "networking.k8s.io:ingresses"]],
  ["pipeline", ENVIRONMENTS, "writes no bare pod", ["create", "pods"]],
  ["pipeline", ENVIRONMENTS, "writes no DaemonSet", ["create", "apps:daemonsets"]],
  ["pipeline", ENVIRONMENTS, "changes no namespace", ["patch", "namespaces", "cluster"]],
];

/** What nobody may do anywhere: break-glass does it. */
export const FORBIDDEN: readonly (readonly [verb: string, resource: string])[] = [
  ...["get", "list", "watch", "create", "update", "patch", "delete"].map((verb) => [verb, "secrets"] as const),
  ...["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy", "nodes/proxy"].flatMap(
    (resource) => [["get", resource] as const, ["create", resource] as const],
  ),
  ["patch", "pods/ephemeralcontainers"],
  ["update", "pods/ephemeralcontainers"],
  ["create", "pods"],
  ["patch", "pods"],
  ["create", "serviceaccounts/token"],
  ["impersonate", "users"],
  ["impersonate", "groups"],
  ["impersonate", "serviceaccounts"],
  ["create", "namespaces"],
  ["patch", "namespaces"],
  ["create", "persistentvolumes"],
  ["patch", "services/status"],
  ["delete", "events"],
  ["delete", "nodes"],
  ["update", "nodes"],
  ["create", "nodes"],
  ...["roles", "clusterroles", "rolebindings", "clusterrolebindings"].flatMap((resource) =>
    ["bind", "escalate", "create", "update", "patch", "delete"].map(
      (verb) => [verb, `rbac.authorization.k8s.io:${resource}`] as const,
    ),
  ),
  ...["mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies"].flatMap(
    (resource) =>
      ["create", "patch", "delete"].map((verb) => [verb, `admissionregistration.k8s.io:${resource}`] as const),
  ),
  ["delete", "admissionregistration.k8s.io:validatingadmissionpolicybindings"],
  ["update", "certificates.k8s.io:certificatesigningrequests/approval"],
  ["create", "certificates.k8s.io:certificatesigningrequests"],
  ["patch", "apiextensions.k8s.io:customresourcedefinitions"],
];
