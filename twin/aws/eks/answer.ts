import type { Call, Properties } from "../../behaviour";
import { regionalArn } from "../arn";
import { kept } from "../kept";
import { objects, text, texts } from "../property";
import { subnetsOf } from "./subnets";
import { CLUSTER } from "./token";
import { DEFAULT_VERSION } from "./version";

const block = (inputs: Properties, path: string): Properties => objects(inputs, path)[0] ?? {};

/** What EKS reports of a cluster: AWS's own defaults are public, unlogged and without a key (EKS API reference, "Cluster"). */
export function answer(call: Call, id: string): Properties {
  const { world, inputs } = call;
  const digits = world.hex(32, "issuer").toUpperCase();
  return {
    arn: regionalArn(world, "eks", `cluster/${id}`),
    clusterId: "", // only a local cluster on an Outpost has one
    certificateAuthority: { data: certificate(world.hex(64, "authority")) },
    createdAt: kept(world, CLUSTER, id, "createdAt", world.now()),
    endpoint: `https://${digits}.gr7.${world.region}.eks.amazonaws.com`,
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${world.region}.amazonaws.com/id/${digits}` }] }],
    platformVersion: "eks.1",
    status: "ACTIVE",
    version: inputs["version"] ?? kept(world, CLUSTER, id, "version", DEFAULT_VERSION),
    upgradePolicy: { supportType: "EXTENDED", ...block(inputs, "upgradePolicy") },
    accessConfig: {
      authenticationMode: "CONFIG_MAP",
      bootstrapClusterCreatorAdminPermissions: true,
      ...block(inputs, "accessConfig"),
    },
    kubernetesNetworkConfig: serviceNetwork(call),
    vpcConfig: network(call),
    ...encryption(call, id),
  };
}

function network(call: Call): Properties {
  const { world, inputs } = call;
  return {
    endpointPrivateAccess: false,
    endpointPublicAccess: true,
    publicAccessCidrs: ["0.0.0.0/0"],
    controlPlaneEgressMode: "AWS_MANAGED",
    ...block(inputs, "vpcConfig"),
    clusterSecurityGroupId: securityGroupId(call),
    vpcId: subnetsOf(world, inputs)[0]?.properties["vpcId"],
  };
}

/** The id of the security group that EKS makes for the control plane and its nodes. */
export const securityGroupId = ({ world }: Call): string => `sg-${world.hex(17, "cluster security group")}`;

function serviceNetwork({ world, inputs }: Call): Properties {
  const vpc = world.find("aws:ec2/vpc:Vpc", String(subnetsOf(world, inputs)[0]?.properties["vpcId"]));
  // EKS takes the one of its two ranges that the network does not use.
  const ten = (text(vpc?.properties ?? {}, "cidrBlock") ?? "").startsWith("10.");
  const given = block(inputs, "kubernetesNetworkConfig");
  if (given["ipFamily"] === "ipv6") return { serviceIpv6Cidr: "fd00:10:96::/108", ...given };
  return {
    elasticLoadBalancing: { enabled: false },
    ipFamily: "ipv4",
    serviceIpv4Cidr: ten ? "172.20.0.0/16" : "10.100.0.0/16",
    ...given,
  };
}

// Another key for an encrypted cluster makes no API call: the cluster keeps the key it has.
function encryption({ world, inputs }: Call, id: string): Properties {
  const before = objects(world.find(CLUSTER, id)?.properties ?? {}, "encryptionConfig")[0];
  if (before !== undefined) return { encryptionConfig: before };
  return texts(inputs, "encryptionConfig.resources").length > 0 ? { encryptionConfig: inputs["encryptionConfig"] } : {};
}

function certificate(digits: string): string {
  const body = Buffer.from(digits, "hex").toString("base64");
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).toString("base64");
}
