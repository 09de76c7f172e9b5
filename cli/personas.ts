import { type Intent, INTENTS } from "../constructs/persona/intent";
import { entryGroup, PERSONAS } from "../constructs/persona/persona";
import { TABLE } from "../constructs/persona/table";

const ENVIRONMENTS = ["development", "staging", "production"] as const;

const INTRO = `# Personas

<!-- Generated from constructs/persona/ by \`npm run generate\`; edit the table there, not this page. -->

A persona is a Kubernetes group. Access entries carry the group below; groups of the identity provider are named with their prefix
(\`oidc:shop-developers\`). A \`Tenant\` says who is which persona inside it, \`Personas\` who is in the cluster:

\`\`\`ts
import { App, Personas, Tenant } from "../constructs";

const app = new App();
new Personas(app, "personas", { groups: { sre: ["bulwark:sre"], auditor: ["bulwark:auditor", "oidc:revision"] } });
new Tenant(app, "team-shop", {
  owner: "team-shop@example.com",
  podSecurityVersion: "v1.36",
  personas: { developer: ["oidc:shop-developers"], incidentManager: ["bulwark:incident-manager"] },
  deployer: { group: "oidc:shop-pipeline" },
  hosts: ["shop.example.com"],
});
\`\`\`

Whoever is not named sees nothing. Nobody has \`*\`, and nobody reads Secrets, opens a shell in a pod, forwards its ports, asks for tokens, impersonates,
or writes roles, quotas or webhooks: that is break-glass. Who deploys chooses what runs, and what runs may read the Secrets it mounts; so in
production nobody deploys but the pipeline that a tenant names as its deployer.

RBAC cannot tell a restart from a new image, nor a cordon from a new label: both are \`patch\`. An admission policy compares every field that
is there, old with new, and lets one differ: the pod template's annotation \`kubectl.kubernetes.io/restartedAt\`, a node's \`spec.unschedulable\`. It holds for
the persona's groups, so whoever has a second persona is still held to it. The policy is applied before the right exists.

The deployer, and every persona that deploys, may write exactly the kinds that an Application emits. Admission refuses from them what would
weaken the tenant's boundary: changes to the tenant's own objects, ipBlocks and open selectors, ALLOW policies for anybody, hosts that
were not granted, Services that open a door, pods outside the mesh, Secrets from other stores.`;

/** The page of who may do what, from the table that the roles are made of. */
export function renderPersonas(): string {
  return [INTRO, "## Who may do what", matrix(), "## What each word allows", ...intents(), ""].join("\n\n");
}

function matrix(): string {
  const rows = PERSONAS.flatMap((persona) =>
    ENVIRONMENTS.map((environment) =>
      row(persona, environment, `\`${entryGroup(persona, environment)}\``, TABLE[persona][environment].join(", ")),
    ),
  );
  return [row("persona", "environment", "group of access entries", "may"), "|---|---|---|---|", ...rows].join("\n");
}

function intents(): string[] {
  return (Object.keys(INTENTS) as Intent[]).map((intent) => {
    const { says, scope, rules } = INTENTS[intent];
    const lines = rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
      resources.map((resource) => row(apiGroups.join(", ") || "core", resource, verbs.join(", "))),
    );
    const where = scope === "tenant" ? "in the tenants that name the group" : "in the whole cluster";
    return [
      `### ${intent}`,
      `It ${says}; ${where}.`,
      [row("API group", "resource", "verbs"), "|---|---|---|", ...lines].join("\n"),
    ].join("\n\n");
  });
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
