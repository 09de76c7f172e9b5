import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiServer, Client } from "../../twin/apiserver";
import { eventually } from "./server";

const CORPUS = join(__dirname, "../../../shared/corpora/crds");
const FILES = [
  "amazon-network-policy",
  "aws-load-balancer-controller",
  "cert-manager",
  "external-secrets",
  "gateway-api",
  "istio",
  "karpenter",
];
const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

type Kind = readonly [group: string, version: string, kind: string, plural: string, scope?: "Cluster" | "Namespaced"];

/** The custom kinds that we emit: known by their projects' own definitions, or by name only where those are not at hand. */
const EMITTED: readonly Kind[] = [
  ["cert-manager.io", "v1", "Certificate", "certificates"],
  ["cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", "Cluster"],
  ["cert-manager.io", "v1", "Issuer", "issuers"],
  ["elbv2.k8s.aws", "v1beta1", "TargetGroupBinding", "targetgroupbindings"],
  ["external-secrets.io", "v1", "ExternalSecret", "externalsecrets"],
  ["external-secrets.io", "v1", "SecretStore", "secretstores"],
  ["gateway.k8s.aws", "v1", "LoadBalancerConfiguration", "loadbalancerconfigurations"],
  ["gateway.k8s.aws", "v1", "TargetGroupConfiguration", "targetgroupconfigurations"],
  ["gateway.k8s.aws", "v1", "ListenerRuleConfiguration", "listenerruleconfigurations"],
  ["gateway.networking.k8s.io", "v1", "Gateway", "gateways"],
  ["gateway.networking.k8s.io", "v1", "GRPCRoute", "grpcroutes"],
  ["gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"],
  ["networking.k8s.aws", "v1alpha1", "ClusterNetworkPolicy", "clusternetworkpolicies", "Cluster"],
  ["karpenter.k8s.aws", "v1", "EC2NodeClass", "ec2nodeclasses", "Cluster"],
  ["karpenter.sh", "v1", "NodePool", "nodepools", "Cluster"],
  ["networking.istio.io", "v1", "DestinationRule", "destinationrules"],
  ["networking.istio.io", "v1", "Gateway", "gateways"],
  ["networking.istio.io", "v1", "ServiceEntry", "serviceentries"],
  ["networking.istio.io", "v1", "Sidecar", "sidecars"],
  ["networking.istio.io", "v1", "VirtualService", "virtualservices"],
  ["security.istio.io", "v1", "AuthorizationPolicy", "authorizationpolicies"],
  ["security.istio.io", "v1", "PeerAuthentication", "peerauthentications"],
];

/** Kinds of which we emit nothing and that nobody else may write: their names are enough to be refused. */
const REFUSED: readonly Kind[] = [
  ["elbv2.k8s.aws", "v1beta1", "IngressClassParams", "ingressclassparams", "Cluster"],
  ["external-secrets.io", "v1", "ClusterSecretStore", "clustersecretstores", "Cluster"],
  ["networking.istio.io", "v1", "WorkloadEntry", "workloadentries"],
  ["networking.istio.io", "v1alpha3", "EnvoyFilter", "envoyfilters"],
  ["security.istio.io", "v1", "RequestAuthentication", "requestauthentications"],
  ["telemetry.istio.io", "v1", "Telemetry", "telemetries"],
];

/** Whether a custom kind is known by its name only, so that no field of it is judged. */
export const byNameOnly = ({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean =>
  REFUSED.some(([group, version, name]) => name === kind && apiVersion === `${group}/${version}`);

/** Whether the projects' own definitions are at hand. */
const real = existsSync(CORPUS);

/** Whether the server was taught nothing of a custom kind but its name, so that it finds every field of it undefined. */
export const isReduced = (apiVersion: string, kind: string): boolean =>
  byNameOnly({ apiVersion, kind }) ||
  (!real && EMITTED.some(([group, version, name]) => name === kind && apiVersion === `${group}/${version}`));

/** Teaches the server the custom kinds, and says from where they are. */
export async function define(server: ApiServer): Promise<string> {
  const client = await server.client();
  const definitions = [...(real ? published() : EMITTED.map(reduced)), ...REFUSED.map(reduced)];
  await Promise.all(
    definitions.map(async (text) => {
      const { status, body } = await client.request("POST", DEFINITIONS, text, "application/yaml");
      if (status > 299) throw new Error(JSON.stringify(body));
    }),
  );
  await eventually(
    () => missing(client),
    (names) => names.length === 0,
  );
  return real
    ? `${EMITTED.length} custom kinds by their projects' own definitions`
    : `${EMITTED.length} custom kinds by name only, since the projects' own definitions are not here: no field of a custom resource was judged`;
}

// The text goes to the server as it is: reading megabytes of YAML here would take longer than all the tests.
function published(): string[] {
  const all = FILES.flatMap((file) => readFileSync(join(CORPUS, `${file}.yaml`), "utf8").split(/^---$/m));
  return EMITTED.map(([group, , , plural]) => {
    const name = `${plural}.${group}`;
    const found = all.find((text) => new RegExp(`^ {2}name: "?${name}"?$`, "m").test(text));
    if (found === undefined) throw new Error(`${CORPUS} has no ${name}`);
    return found;
  });
}

function reduced([group, version, kind, plural, scope = "Namespaced"]: Kind): string {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true } as const;
  return JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    // Groups of Kubernetes itself demand to know who approved them.
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for tests" } },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: open } }],
    },
  });
}

/** Which definitions the server does not serve yet. */
async function missing(client: Client): Promise<string[]> {
  const { body } = await client.demand("GET", DEFINITIONS, {});
  const { items } = body as { items: Definition[] };
  return items
    .filter(({ status }) => !status.conditions?.some(({ type, status: is }) => type === "Established" && is === "True"))
    .map(({ metadata }) => metadata.name);
}

interface Definition {
  readonly metadata: { readonly name: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
