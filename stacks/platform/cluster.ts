import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import type { PlatformBlueprint } from "../blueprint/schema";
import { outputsOf } from "../reference";

const account = z.object({ namespace: z.string(), serviceAccount: z.string() });
const blocks = z.array(z.string()).min(1);
const groups = z.array(z.string());

const outputs = z.object({
  name: z.string(),
  arn: z.string(),
  environment: z.enum(["development", "staging", "production"]),
  account: z.string(),
  region: z.string(),
  /** The Kubernetes minor. */
  version: z.string().regex(/^1\.\d+$/),
  networkPolicy: z.enum(["standard", "strict"]),
  endpoint: z.string().startsWith("https://"),
  certificateAuthority: z.string(),
  vpcId: z.string(),
  vpcCidr: z.string(),
  /** Which addresses pods have. */
  pods: z.enum(["ipv4", "ipv6"]),
  serviceCidr: z.string().min(1),
  blocks: z.object({ public: z.array(z.string()), private: blocks, intra: blocks }),
  /** Whether nodes may have a way to the internet. */
  internet: z.boolean(),
  /** The names outside AWS that resolve. */
  resolves: z.array(z.string()),
  identity: z.object({
    personas: z.object({
      developer: groups,
      devops: groups,
      sre: groups,
      incidentManager: groups,
      auditor: groups,
    }),
  }),
  controllers: z.object({ externalSecrets: account, loadBalancer: account.optional() }),
  karpenter: z
    .object({
      controller: account,
      instanceProfile: z.string(),
      queue: z.string(),
      discovery: z.record(z.string(), z.string()),
      /** What the nodes' operating system is told: the same as the pools'. */
      userData: z.string(),
    })
    .optional(),
  edge: z.object({ targetGroupArn: z.string(), hosts: z.array(z.string()), blocks }).optional(),
  keys: z.object({ disks: z.string() }),
});

/** What the cluster layer put out, as far as the platform stands on it. */
export type Cluster = z.infer<typeof outputs>;

/**
 * Reads the outputs of the cluster's own stack as plain values, so that a preview of the platform shows what an update will do.
 *
 * @throws RunError that names the command to run first, when the stack is not there or older than this program
 */
export async function readCluster(blueprint: PlatformBlueprint): Promise<Cluster> {
  const name = blueprint.cluster;
  const found = await outputsOf(name, Object.keys(outputs.shape)).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(`the cluster's stack ${name} cannot be read (${reason}); ${first(name)}`);
  });
  const { success, data, error } = outputs.safeParse(found);
  if (success) return data;
  const missing = error.issues.map(({ path, message }) => `  ${path.join(".") || "its outputs"}: ${message}`);
  throw new pulumi.RunError(
    `the cluster's stack ${name} does not say all that the platform stands on; ${first(name)}\n${missing.join("\n")}`,
  );
}

const first = (name: string) => `the cluster comes first: npm run up -- ${name}`;

/**
 * What the platform's configuration and the cluster say differently: one sentence each. A platform of another environment would
 * give developers another environment's rights.
 */
export function disagreements(blueprint: PlatformBlueprint, cluster: Cluster): string[] {
  const said = (["environment", "account", "region"] as const)
    .filter((key) => blueprint[key] !== cluster[key])
    .map(
      (key) =>
        `${key}: got "${blueprint[key]}", the cluster ${cluster.name} says "${cluster[key]}"; write ${key}: ${cluster[key]}`,
    );
  return [
    ...said,
    ...strangers(blueprint, cluster),
    ...unserved(blueprint, cluster),
    ...unresolved(blueprint, cluster),
  ];
}

/** A group that no access entry and no identity provider gives to anybody, or gives to another persona. */
function* strangers({ tenants }: PlatformBlueprint, { name, identity }: Cluster): Generator<string> {
  for (const [tenant, { personas }] of Object.entries(tenants))
    for (const [persona, asked] of Object.entries(personas)) {
      const known = identity.personas[persona as keyof typeof identity.personas];
      for (const group of asked ?? [])
        if (!known.includes(group))
          yield `tenants.${tenant}.personas.${persona}: got "${group}", the cluster ${name} knows ${known.join(", ")}; write one of these, or add the group to the cluster's identity first`;
    }
}

/** A host that leads nowhere: the edge has no certificate for it. */
function* unserved({ tenants }: PlatformBlueprint, { name, edge }: Cluster): Generator<string> {
  for (const [tenant, { hosts }] of Object.entries(tenants))
    for (const host of hosts)
      if (!(edge?.hosts ?? []).includes(host))
        yield `tenants.${tenant}.hosts: got "${host}", the edge of ${name} answers to ${edge?.hosts.join(", ") ?? "no host"}; add it to edge.hosts of the cluster first`;
}

/** A host that no pod finds: DNS Firewall lets the cluster's own list resolve and nothing else. */
function* unresolved({ tenants }: PlatformBlueprint, { name, resolves }: Cluster): Generator<string> {
  const isListed = (host: string) =>
    resolves.some((each) => (each.startsWith("*.") ? host.endsWith(each.slice(1)) : each === host));
  for (const [tenant, { reaches }] of Object.entries(tenants))
    for (const host of reaches)
      if (!isListed(host))
        yield `tenants.${tenant}.reaches: got "${host}", in ${name} resolve ${resolves.join(", ") || "no names outside"}; add it to network.allowedDomains of the cluster first`;
}
