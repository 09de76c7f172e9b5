import { App } from "../../constructs/app";
import { Mesh } from "../../constructs/mesh";
import { EgressGateway } from "../../constructs/mesh/egress-gateway";
import { Personas } from "../../constructs/persona";
import { EGRESS_GATEWAY, INGRESS_GATEWAY } from "../../constructs/platform";
import type { Requirements } from "../../constructs/requirements";
import { System } from "../../constructs/system";
import { Audit } from "../../constructs/system/audit";
import { PlatformIssuer } from "../../constructs/system/issuer";
import { Tenant } from "../../constructs/tenant";
import type { PlatformBlueprint } from "../blueprint/schema";
import { targetGroupBinding } from "./binding";
import type { ChartRelease } from "./charts/chart";
import type { Cluster } from "./cluster";
import { imageSource } from "./images";
import { groupOf, type Manifest, manifests, nameOf } from "./manifest";
import { karpenterNodes } from "./nodes";
import { tenantArgs } from "./tenant";

/** Objects of one subject, or a chart's release, and the parts that must stand before it. */
export type Part = { readonly name: string; readonly after: readonly string[] } & (
  { readonly manifests: readonly Manifest[] } | { readonly release: ChartRelease }
);

export interface PlatformArgs {
  readonly blueprint: PlatformBlueprint;
  readonly cluster: Cluster;
  /** What the platform's owners approved. */
  readonly requirements: readonly Requirements[];
}

/** Namespaces, who may speak with whom in them, and what everything else is made of. */
const SYSTEM = "system";
/** The platform's own certificate authority, and the mesh's. */
const AUTHORITY = "authority";
/** What holds in the mesh where nothing is said, and the gateways' halves. */
const MESH = "mesh";
/** The way from the load balancer to the ingress gateway. */
const BINDING = "binding";
/** The CIS benchmark of every night. */
const AUDIT = "audit";

/**
 * The release that brings an API group's definitions and answers its webhooks; an object of the group comes after it, and goes before it.
 */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  "cert-manager.io": "cert-manager",
  "networking.istio.io": "istiod",
  "security.istio.io": "istiod",
  "external-secrets.io": "external-secrets",
  "elbv2.k8s.aws": "aws-load-balancer-controller",
  "karpenter.sh": "karpenter",
  "karpenter.k8s.aws": "karpenter",
};

/** Our own parts that a release needs besides its namespace and what its chart names: what a gateway must obey before it answers. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  [INGRESS_GATEWAY.serviceAccount]: [MESH],
  [EGRESS_GATEWAY.serviceAccount]: [MESH],
};

/**
 * Everything that is installed, in the order in which it can be (design: bootstrap order). Pure: what a preview shows depends on
 * nothing but configuration, the cluster's outputs and the approved requirements.
 *
 * @throws Error for an object whose API no release brings, and for parts that wait for each other
 */
export function parts(args: PlatformArgs, releases: readonly ChartRelease[]): readonly Part[] {
  const own = ourObjects(args).map(({ name, manifests }) => ({
    name,
    manifests,
    after: name === SYSTEM ? [] : [...new Set([SYSTEM, ...manifests.flatMap((each) => broughtBy(each, releases))])],
  }));
  const helpers = releases
    .filter(({ objects }) => objects.length > 0)
    .map((release) => chartObjects(release, releases));
  const objects = [...own, ...helpers];
  const charts = releases.map((release) => ({
    name: release.name,
    release,
    after: [
      SYSTEM,
      ...release.after,
      ...[...(BEFORE[release.name] ?? []), beside(release)].filter((each) => objects.some(({ name }) => name === each)),
      ...release.needs.map((need) => holderOf(need, release, objects)),
    ],
  }));
  return inOrder(distinct([...objects, ...charts]));
}

/** The part that holds what exists for one chart alone. */
const beside = ({ name }: ChartRelease) => `${name}-objects`;

function chartObjects(release: ChartRelease, releases: readonly ChartRelease[]): Part & Subject {
  const own = release.objects as readonly Manifest[];
  const after = [...new Set([SYSTEM, ...own.flatMap((each) => broughtBy(each, releases))])];
  // Whatever signs for it must be there, else its certificate is not.
  return { name: beside(release), manifests: own, after: own.some(isIssued) ? [...after, AUTHORITY] : after };
}

/** The part in which an object stands that a chart needs, said as `<Kind> <namespace>/<name>`. */
function holderOf(need: string, { name }: ChartRelease, objects: readonly (Part & Subject)[]): string {
  const found = objects.find(({ manifests: all }) => all.some((each) => nameOf(each) === need.replace(" ", "/")));
  if (found !== undefined) return found.name;
  throw new Error(`release ${name} needs ${need}, which nothing of the platform makes`);
}

/** @throws Error for two parts, or two objects, of one name */
function distinct(all: readonly Part[]): readonly Part[] {
  const names = all.flatMap((part) => [
    `part ${part.name}`,
    ...("manifests" in part ? part.manifests.map((each) => `${groupOf(each)} ${nameOf(each)}`) : []),
  ]);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return all;
  throw new Error(`the platform makes ${twice} twice; leave one of them away`);
}

interface Subject {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** Our own objects by subject; a subject without any is none. */
function ourObjects({ blueprint, cluster, requirements }: PlatformArgs): readonly Subject[] {
  const app = new App();
  const version = `v${cluster.version}` as `v1.${number}`;
  const base = manifests(
    new System(app, SYSTEM, {
      network: {
        vpc: cluster.vpcCidr,
        controlPlane: atLeastOne(cluster.blocks.intra),
        nodes: atLeastOne(cluster.blocks.private),
        endpoints: atLeastOne(cluster.blocks.private),
        services: cluster.serviceCidr,
      },
      family: cluster.pods,
      podSecurityVersion: version,
      disksKey: cluster.keys.disks,
    }),
  );
  const mesh = manifests(
    // Without an edge nothing leads in; nobody but the control plane stands in the intra subnets.
    new Mesh(app, MESH, { loadBalancers: atLeastOne(cluster.edge?.blocks ?? cluster.blocks.intra), requirements }),
    new EgressGateway(app, "egress", { requirements, network: cluster.pods === "ipv6" ? publicBlocks(cluster) : [] }),
  );
  const audit = manifests(new Audit(app, AUDIT, { image: imageSource(blueprint.images)("kube-bench").reference }));
  const issuer = manifests(new PlatformIssuer(app, "issuer"));
  const tenants = Object.entries(blueprint.tenants).map(([name, tenant]) => ({
    name: `tenant-${name}`,
    manifests: manifests(new Tenant(app, name, tenantArgs(name, tenant, cluster))),
  }));
  const personas = manifests(
    new Personas(app, "personas", { groups: cluster.identity.personas, environment: cluster.environment }),
  );
  return [
    { name: SYSTEM, manifests: [...base, ...mesh.filter((each) => !isIssued(each) && !isMesh(each))] },
    { name: AUTHORITY, manifests: [...issuer, ...mesh.filter(isIssued)] },
    { name: MESH, manifests: mesh.filter(isMesh) },
    { name: BINDING, manifests: targetGroupBinding(cluster) },
    { name: "nodes", manifests: karpenterNodes(cluster, blueprint.owner) },
    ...tenants,
    { name: "personas", manifests: personas },
    { name: AUDIT, manifests: audit },
  ].filter(({ manifests: all }) => all.length > 0);
}

const isIssued = (each: Manifest) => groupOf(each) === "cert-manager.io";
const isMesh = (each: Manifest) => groupOf(each).endsWith(".istio.io");

function broughtBy(manifest: Manifest, releases: readonly ChartRelease[]): string[] {
  const group = groupOf(manifest);
  const release = BROUGHT_BY[group];
  // The API server's own groups end in k8s.io or have no dot at all; EKS brings that of its network policies.
  if (release === undefined && (!group.includes(".") || /\.k8s\.io$|^networking\.k8s\.aws$/.test(group))) return [];
  if (release !== undefined && releases.some(({ name }) => name === release)) return [release];
  throw new Error(`no release of the platform brings ${manifest.apiVersion} ${manifest.kind}; install its chart first`);
}

/** Each part after all that it waits for; otherwise the order stays. */
function inOrder(all: readonly Part[]): readonly Part[] {
  const names = new Set(all.map(({ name }) => name));
  const done = new Map<string, Part>();
  let rest = all;
  while (rest.length > 0) {
    const next = rest.find(({ after }) => after.every((name) => done.has(name) || !names.has(name)));
    if (next === undefined)
      throw new Error(`parts of the platform wait for each other: ${rest.map(({ name }) => name).join(", ")}`);
    done.set(next.name, next);
    rest = rest.filter((each) => each !== next);
  }
  return [...done.values()];
}

/** The blocks that are public addresses, though they are our own: a name that leads there must lead nowhere. */
function publicBlocks({ blocks }: Cluster): string[] {
  return Object.values(blocks)
    .flat()
    .filter((block) => block.includes(":"));
}

function atLeastOne(list: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error("the cluster layer must put out at least one block of each tier");
  return [first, ...rest];
}
