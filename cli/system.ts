import { ALLOWANCES, CONTROL_PLANE_PORTS } from "../constructs/system/allowances";
import { EXCEPTIONS } from "../constructs/system/exceptions";
import { SYSTEM_NAMESPACES } from "../constructs/system/namespaces";
import { SYSTEM_WORKLOADS } from "../constructs/system/workloads";

const INTRO = `# The platform's own objects

<!-- Generated from constructs/system/ by \`npm run generate\`; edit the tables there, not this page. -->

\`System\` is what the cluster needs before any chart: namespaces, who may speak with whom in them, the encrypted default StorageClass and
priority classes. \`PlatformIssuer\` signs certificates once cert-manager runs; \`Audit\` asks the CIS benchmark every night.

\`\`\`ts
import { App, Audit, PlatformIssuer, System } from "bulwark";

const app = new App();
new System(app, "system", {
  family: "ipv4",
  podSecurityVersion: "v1.36",
  disksKey: "arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012",
  network: {
    vpc: "10.20.0.0/16",
    controlPlane: ["10.20.240.0/23", "10.20.242.0/23", "10.20.244.0/23"],
    nodes: ["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18"],
    endpoints: ["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18"],
    services: "172.20.0.0/16",
  },
});
new PlatformIssuer(app, "issuer");
new Audit(app, "audit", { image: \`registry.example.com/kube-bench@sha256:\${"0".repeat(64)}\` });
app.synth();
\`\`\``;

const NAMESPACES = `Pod Security is enforced at the level below, audited and warned of at *restricted*, at a pinned version. Namespaces that Kubernetes makes keep the
labels that they have, and so enforce nothing; where nothing is ever to run a quota of no pods keeps it so. EKS's own StorageClass \`gp2\` stays as AWS left it, without being the default.`;

const WAYS = `Default deny both ways in every namespace, and one NetworkPolicy a workload that names both directions. Probes come from the pod's own node, which
the CNI always lets in. Pods on their node's network (aws-node, kube-proxy, eks-pod-identity-agent, eks-node-monitoring-agent) are beyond any policy;
security groups hold them. The gateways' policies are written by \`Mesh\` and \`EgressGateway\` ([mesh](mesh.md)), a tenant's by \`Tenant\`.
Nothing reaches instance metadata, and only the egress gateway the internet: each service of AWS below has an interface endpoint.`;

const CALLED = `Each is opened by name in a NetworkPolicy and in a security group ([\`stacks/network/flows.ts\`](../stacks/network/flows.ts)); the control
\`network-control-plane-ports\` judges the latter. None of these pods is in the mesh, whose mutual TLS the API server cannot speak.`;

const STRICT = `## Before the switch to strict

\`systemPoliciesComplete\` reads the very objects and answers with what they cover, or says what would be cut off. A pod of your own in a system namespace is
covered by its default deny and so may do nothing: write a policy for it. What you bring yourself, such as Argo CD or Flux, has a namespace with policies of
its own; its account becomes a tenant's deployer with \`deployer: { serviceAccount: { namespace, name } }\`.

## What no tenant may ever do

The ClusterNetworkPolicy \`tenants-never\` of AWS's engine is asked before any policy of a tenant: no instance metadata, no kubelet, none of the ports above, and nothing
outside the network's own blocks. Inside them it passes, and the tenants' own policies decide. It stands behind admission, which refuses such
policies in the first place. A tenant's server cannot listen on 10250 or 10255, since pods and nodes share their blocks.

In a cluster with IPv6 pods the agent judges nothing that they send over IPv4
([aws-network-policy-agent#55](https://github.com/aws/aws-network-policy-agent/issues/55)), and endpoints of AWS answer on IPv4: there the configuration says so
in words (\`network.ipv4Egress\`).`;

const AUDIT = `## What the benchmark is told to skip

These checks ask about the whole cluster at once and fail on every cluster of EKS. A run in which another one fails is a failed Job; the findings are in
its log. The node checks see the node that the pod happens to run on.`;

/** The page of the platform's namespaces and of who may speak with whom in them, from the tables that the policies are made of. */
export function renderSystem(): string {
  const namespaces = SYSTEM_NAMESPACES.map(({ name, level, why, mesh, madeBy, empty }) => [
    `\`${name}\``,
    empty ? "no pods" : madeBy === "kubernetes" ? `${level}, by absence of labels` : level,
    mesh ? "yes" : "no",
    workloadsIn(name),
    why,
  ]);
  const ways = ALLOWANCES.map(({ from, to, port, protocols = ["TCP"], why, services = [] }) => [
    from.join(", "),
    services.length === 0 ? to : `${to}: ${services.join(", ")}`,
    `${port} ${protocols.join(" and ")}`,
    why,
  ]);
  const called = CONTROL_PLANE_PORTS.map(({ workload, port, why }) => [workload, port.toString(), why]);
  const skipped = EXCEPTIONS.map(({ check, why, instead }) => [check, why, instead]);
  return [
    INTRO,
    "## Namespaces",
    NAMESPACES,
    table(["namespace", "level", "mesh", "runs", "why"], namespaces),
    "## Who may speak with whom",
    WAYS,
    table(["from", "to", "port", "why"], ways),
    "## What the control plane calls",
    CALLED,
    table(["pod", "port", "what"], called),
    STRICT,
    AUDIT,
    table(["check", "why it fails", "what holds instead"], skipped),
    "",
  ].join("\n\n");
}

function workloadsIn(namespace: string): string {
  const names = Object.entries(SYSTEM_WORKLOADS).flatMap(([name, pods]) =>
    pods.namespace === namespace ? [name] : [],
  );
  return names.join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
