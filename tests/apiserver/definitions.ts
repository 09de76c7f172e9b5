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
const CHUNK = /^kind: CustomResourceDefinition$/m;

/** Kinds that the tests write, for a checkout without the projects' own definitions: known by name, their fields judged by nobody. */
const KINDS: readonly (readonly [group: string, version: string, kind: string, plural: string, scope?: "Cluster"])[] = [
  ["cert-manager.io", "v1", "Certificate", "certificates"],
  ["cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", "Cluster"],
  ["cert-manager.io", "v1", "Issuer", "issuers"],
  ["elbv2.k8s.aws", "v1beta1", "TargetGroupBinding", "targetgroupbindings"],
  ["elbv2.k8s.aws", "v1beta1", "IngressClassParams", "ingressclassparams", "Cluster"],
  ["external-secrets.io", "v1", "ClusterSecretStore", "clustersecretstores", "Cluster"],
  ["external-secrets.io", "v1", "ExternalSecret", "externalsecrets"],
  ["external-secrets.io", "v1", "SecretStore", "secretstores"],
  ["gateway.k8s.aws", "v1beta1", "LoadBalancerConfiguration", "loadbalancerconfigurations"],
  ["gateway.k8s.aws", "v1beta1", "TargetGroupConfiguration", "targetgroupconfigurations"],
  ["gateway.k8s.aws", "v1beta1", "ListenerRuleConfiguration", "listenerruleconfigurations"],
  ["gateway.networking.k8s.io", "v1", "Gateway", "gateways"],
  ["gateway.networking.k8s.io", "v1", "GRPCRoute", "grpcroutes"],
  ["gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes"],
  ["networking.istio.io", "v1", "DestinationRule", "destinationrules"],
  ["networking.istio.io", "v1", "Gateway", "gateways"],
  ["networking.istio.io", "v1", "ServiceEntry", "serviceentries"],
  ["networking.istio.io", "v1", "Sidecar", "sidecars"],
  ["networking.istio.io", "v1", "VirtualService", "virtualservices"],
  ["networking.istio.io", "v1", "WorkloadEntry", "workloadentries"],
  ["networking.istio.io", "v1alpha3", "EnvoyFilter", "envoyfilters"],
  ["security.istio.io", "v1", "AuthorizationPolicy", "authorizationpolicies"],
  ["security.istio.io", "v1", "PeerAuthentication", "peerauthentications"],
  ["security.istio.io", "v1", "RequestAuthentication", "requestauthentications"],
  ["telemetry.istio.io", "v1", "Telemetry", "telemetries"],
];

/** Whether custom resources are judged by the schemas and rules of the projects that read them. */
export const real = existsSync(CORPUS);

/** Teaches the server the custom kinds, and says from where they are. */
export async function define(server: ApiServer): Promise<string> {
  const client = await server.client();
  const definitions = real ? published() : KINDS.map(reduced);
  const at = (name: string) => `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  const query = "?fieldManager=definitions&force=true";
  await Promise.all(
    definitions.map(async ({ name, text }) => {
      const { status, body } = await client.request(
        "PATCH",
        `${at(name)}${query}`,
        text,
        "application/apply-patch+yaml",
      );
      if (status > 299) throw new Error(`${name}: ${JSON.stringify(body)}`);
    }),
  );
  await eventually(
    () => missing(client),
    (names) => names.length === 0,
  );
  return real
    ? `${definitions.length} kinds by their projects' own definitions`
    : `${definitions.length} kinds by name only, since the projects' own definitions are not here: no field of a custom resource was judged`;
}

interface Definition {
  readonly name: string;
  readonly text: string;
}

// The text goes to the server as it is: reading six megabytes of YAML here would take longer than all the tests.
function published(): Definition[] {
  return FILES.flatMap((file) => readFileSync(join(CORPUS, `${file}.yaml`), "utf8").split(/^---$/m))
    .filter((text) => CHUNK.test(text))
    .map((text) => ({ name: /^ {2}name: "?([a-z0-9.-]+)"?$/m.exec(text)?.[1] ?? "", text }));
}

function reduced([group, version, kind, plural, scope]: (typeof KINDS)[number]): Definition {
  const name = `${plural}.${group}`;
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true } as const;
  const text = JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name, annotations: { "api-approved.kubernetes.io": "unapproved, reduced for tests" } },
    spec: {
      group,
      scope: scope ?? "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: open } }],
    },
  });
  return { name, text };
}

/** Which definitions the server does not serve yet. */
async function missing(client: Client): Promise<string[]> {
  const { body } = await client.demand("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {});
  const { items } = body as { items: Definitions[] };
  return items
    .filter(({ status }) => !status.conditions?.some(({ type, status: is }) => type === "Established" && is === "True"))
    .map(({ metadata }) => metadata.name);
}

interface Definitions {
  readonly metadata: { readonly name: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
