import * as fc from "fast-check";

import addonVersions from "../../facts/addon-versions.json";
import { architecture, INSTANCE_TYPES } from "../../stacks/nodes/instance-type";
import { ACCOUNT } from "../layers/blueprints";

const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const ofIdentityCenter = (name: string) =>
  role(`aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${name}_0123456789abcdef`);

/** A few roles of people that are nobody else's. */
const roles = (name: string) =>
  fc.subarray([ofIdentityCenter(name), role(`people-${name.toLowerCase()}`)], { minLength: 1 });
const groups = (name: string) => fc.subarray([`${name}s`, `${name}-on-call`], { minLength: 1 });

/** The ids of so many subnets of a tier, all different; those of the twin's account take their place. */
export const subnetIds = (tier: keyof typeof TIERS, count: number): string[] =>
  Array.from({ length: count }, (_, slot) => `subnet-000000${TIERS[tier]}${slot}`);
const TIERS = { public: 1, private: 2, intra: 3 } as const;
const subnets = (tier: keyof typeof TIERS, least: number) =>
  fc.integer({ min: least, max: 3 }).map((count) => subnetIds(tier, count));

const privateBlock = (second: fc.Arbitrary<number>) => second.map((byte) => `10.${byte}.0.0/16`);
const publicBlocks = fc
  .uniqueArray(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 4 })
  .chain((bytes) => fc.boolean().map((six) => [...bytes.map((byte) => `203.0.${byte}.16/28`), ...(six ? [SITE] : [])]));
const SITE = "2001:db8:7::/48";

const onePlatform = fc.boolean().chain((arm) =>
  fc.uniqueArray(fc.constantFrom(...[...INSTANCE_TYPES].filter((type) => (architecture(type) === "arm64") === arm)), {
    minLength: 1,
    maxLength: 4,
  }),
);
const taints = fc.uniqueArray(
  fc.tuple(word, word, fc.constantFrom("NoSchedule", "PreferNoSchedule", "NoExecute")).map(([name, value, effect]) => ({
    name,
    text: `${name}=${value}:${effect}`,
  })),
  { maxLength: 3, selector: ({ name }) => name },
);

const contact = fc.record(
  {
    email: fc.constantFrom("on-call@example.com", "sre@example.com"),
    phone: fc.stringMatching(/^\+[1-9]\d{6,14}$/),
    notes: fc.constant("on-call of the platform, day and night"),
  },
  { requiredKeys: ["email", "phone"] },
);
const runner = fc.record(
  { cluster: fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9-]{0,30}$/), stack: fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/) },
  { requiredKeys: ["cluster"] },
);

const pinned = addonVersions.versions["1.36"];

/**
 * What may stand at an option whose type alone does not say it: text, and lists and maps whose parts depend on each other.
 *
 * A new option of the blueprint needs one line here when it is text or such a list; enumerations, numbers, objects, lists and
 * variants are read from the schema. The key is the option's path; `[]` is a list's item, `<name>` any name, `<to: internet>`
 * behind an object the variant it must be (leave it out when it does not matter). A last part alone (`reason`) is for every
 * option of that name. Where two options must agree, tests/properties/settle.ts makes them.
 */
export const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  account: fc.constant(ACCOUNT),
  region: fc.constantFrom("eu-central-1", "eu-west-1", "us-east-1"),
  owner: fc.constantFrom("platform@example.com", "sre@example.com"),
  tags: fc.dictionary(word, word, { maxKeys: 3 }),
  reason: fc.constant("the auditors read this from their own network until the tunnel is up"),
  by: fc.constant("platform@example.com"),
  until: fc.constantFrom("2026-11-24", "2027-03-31", "2027-11-23"),
  // Whoever runs the program must be among them: AWS refuses a key policy that locks its author out.
  "access.administrators": fc
    .subarray([role("platform-second"), role("team/third")])
    .map((others) => [role("platform-admin"), ...others]),
  "access.breakGlass": fc.constantFrom(role("bulwark-OURS-break-glass"), role("reserve")),

  "ebsEncryption<managed: import>.id": fc.constant("default"),
  "instanceMetadata<managed: import>.id": fc.constant("default"),
  "imageBlockPublicAccess<managed: import>.id": fc.constant("default"),
  "ebsEncryption<managed: organisation>.by": fc.constant("the security team"),
  "instanceMetadata<managed: organisation>.by": fc.constant("the security team"),
  "imageBlockPublicAccess<managed: organisation>.by": fc.constant("the security team"),

  bucket: fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/),

  "network.cidr": fc
    .tuple(privateBlock(fc.integer({ min: 0, max: 99 })), fc.constantFrom(16, 17, 18, 19, 20))
    .map(([block, prefix]) => block.replace("/16", `/${prefix}`)),
  "network.zones": fc.shuffledSubarray(["a", "b", "c"], { minLength: 2 }),
  "network.allowedDomains": fc.subarray(["api.example.com", "*.example.org", "hooks.shop.example.net"]),
  "network.vpcId": fc.constant("vpc-00000000"),
  "network.subnets.public": fc.oneof(fc.constant([]), subnets("public", 2)),
  "network.subnets.private": subnets("private", 2),
  "network.subnets.intra": subnets("intra", 2),

  "cluster.name": fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9-]{0,30}$/),
  "cluster.version": fc.constantFrom("1.35", "1.36"),
  "cluster.endpoint.from": publicBlocks,
  "cluster.serviceCidr": fc.constantFrom("172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/20"),

  "identity.provider.name": fc.stringMatching(/^[0-9A-Za-z][\w-]{0,20}$/),
  "identity.provider.issuer": fc.constantFrom("https://login.example.com", "https://id.example.org/tenant/7"),
  "identity.provider.clientId": fc.stringMatching(/^[\w.-]{1,20}$/),
  "identity.provider.usernameClaim": fc.constantFrom("sub", "email", "https://example.com/name"),
  "identity.provider.usernamePrefix": fc.constantFrom("oidc:", "people/", "login#"),
  "identity.provider.groupsClaim": fc.constantFrom("groups", "roles"),
  "identity.provider.groupsPrefix": fc.constantFrom("oidc:", "people/", "login#"),
  "identity.provider.requiredClaims": fc.constantFrom({ hd: "example.com" }, { tid: "7", "https://x.org/y": "z" }),
  "identity.provider.groups.developer": groups("developer"),
  "identity.provider.groups.devops": groups("devops"),
  "identity.provider.groups.sre": groups("sre"),
  "identity.provider.groups.incidentManager": groups("incident"),
  "identity.provider.groups.auditor": groups("auditor"),
  "identity.roles.developer": roles("Developer"),
  "identity.roles.devops": roles("Devops"),
  "identity.roles.sre": roles("Sre"),
  "identity.roles.incidentManager": roles("Incident"),
  "identity.roles.auditor": roles("Audit"),
  "identity.deployer": fc.constantFrom(role("pipeline"), ofIdentityCenter("Platform")),
  "identity.breakGlass.principals": fc.subarray([role("security-on-call"), role("security/lead")], { minLength: 1 }),

  "nodes.pools.<name>.instanceTypes": onePlatform,
  "nodes.pools.<name>.labels": fc.dictionary(word, word, { maxKeys: 3 }),
  "nodes.pools.<name>.taints": taints.map((all) => all.map(({ text }) => text)),
  "nodes.pools.<name>.image.id": fc.constant("ami-00000000"),
  "nodes.pools.<name>.release": fc.constantFrom("1.66.0-1a2b3c4d", "1.70.1-deadbeef"),

  "images[].mirror": fc.constantFrom("https://mirror.example.com/ubuntu", "https://ubuntu.example.org"),

  ...Object.fromEntries(
    Object.entries(pinned).map(([name, { version }]) => [`addons.versions.${name}`, fc.constant(version)]),
  ),

  "edge.hosts": fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
  "edge.zone.name": fc.constantFrom("example.com", "shop.example.org"),
  "edge.zone<mode: existing>.id": fc.constant("Z0123456789EXAMPLE"),
  "edge.exposure<to: internal>.from": fc.subarray(["10.0.0.0/8", "192.168.4.0/24"], { minLength: 1 }),
  "edge.exposure<to: internet>.from": publicBlocks,
  "edge.shield.responseTeam.contacts": fc.uniqueArray(contact, {
    minLength: 1,
    maxLength: 3,
    selector: ({ phone }) => phone,
  }),

  "runner.image": fc.stringMatching(/^[0-9a-f]{64}$/).map((digest) => `IMAGES/bulwark/runner@sha256:${digest}`),
  "runner.commit": fc.stringMatching(/^[0-9a-f]{40}$/),
  "runner.pipeline": fc.constantFrom(role("pipeline"), role("delivery/pipeline")),
  "runner.stateBucket": fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/),

  runners: fc.uniqueArray(runner, { maxLength: 3, selector: ({ cluster }) => cluster }),
};

/** The names that a map of objects may have. */
export const names: Readonly<Record<string, fc.Arbitrary<string>>> = { "nodes.pools": word };
