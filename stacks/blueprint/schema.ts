import { z } from "zod";

/** An IAM role in some account: `arn:aws:iam::<12 digits>:role/<path and name>`, `*` allowed after the first letter of the name. */
const roleArn = z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-][\w+=,.@/*-]*$/);

const reason = z.string().min(15);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const common = {
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  owner: z.email(),
  dataClassification: z.enum(["public", "internal", "confidential", "restricted"]).default("confidential"),
  tags: z.record(z.string(), z.string()).default({}),
  access: z.strictObject({
    administrators: z.array(roleArn).min(1),
    breakGlass: roleArn,
  }),
};

const setting = z
  .discriminatedUnion("managed", [
    z.strictObject({ managed: z.literal("here") }),
    z.strictObject({ managed: z.literal("import"), id: z.string().min(1) }),
    z.strictObject({ managed: z.literal("organisation"), by: z.string().min(3) }),
    z.strictObject({ managed: z.literal("off"), reason, by: z.email(), until: day }),
  ])
  .default({ managed: "here" });

const endpoint = z
  .discriminatedUnion("access", [
    z.strictObject({ access: z.literal("private") }),
    z.strictObject({ access: z.literal("public"), from: z.array(z.string()).min(1), reason }),
  ])
  .default({ access: "private" });

const zone = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/);

const createdNetwork = z.strictObject({
  mode: z.literal("create"),
  cidr: z.string(),
  zones: z.array(zone).min(2).max(3),
  pods: z.enum(["ipv4", "ipv6"]).default("ipv4"),
  nat: z.enum(["per-zone", "one", "none"]).default("per-zone"),
  allowedDomains: z.array(z.string()).default([]),
  firewall: z.enum(["none", "network-firewall"]).default("none"),
});

const existingNetwork = z.strictObject({
  mode: z.literal("existing"),
  vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/),
  subnets: z.strictObject({
    public: z.array(z.string()).default([]),
    private: z.array(z.string()).min(2),
    intra: z.array(z.string()).min(2),
  }),
  pods: z.enum(["ipv4", "ipv6"]).default("ipv4"),
  allowedDomains: z.array(z.string()).default([]),
});

export const accountLayer = z.strictObject({
  layer: z.literal("account"),
  ...common,
  ebsEncryption: setting,
  instanceMetadata: setting,
  imageBlockPublicAccess: setting,
});

export const clusterLayer = z.strictObject({
  layer: z.literal("cluster"),
  environment: z.enum(["development", "staging", "production"]),
  ...common,
  network: z.discriminatedUnion("mode", [createdNetwork, existingNetwork]),
  cluster: z.strictObject({
    name: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9-]{0,40}$/),
    version: z.string().regex(/^1\.\d+$/).default("1.36"),
    endpoint,
    serviceCidr: z.string().optional(),
  }),
  logs: z.strictObject({ retentionDays: z.literal([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]).default(400) }).default({ retentionDays: 400 }),
  teardown: z.strictObject({ reason, by: z.email(), until: day }).optional(),
});

export const blueprint = z.discriminatedUnion("layer", [accountLayer, clusterLayer]);

/** The account layer's configuration: what AWS has one of in an account and region. */
export type AccountBlueprint = z.infer<typeof accountLayer>;
/** The cluster layer's configuration: network, keys and EKS of one cluster. */
export type ClusterBlueprint = z.infer<typeof clusterLayer>;
/** The whole configuration of one stack. */
export type Blueprint = z.infer<typeof blueprint>;
