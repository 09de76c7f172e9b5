import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import { ACCOUNT } from "../layers/blueprints";
import { imageIds } from "./images";
import { subnetIds } from "./values";

type Tier = "public" | "private" | "intra";

/** A blueprint as somebody wrote it, as far as the account must hold something for it. */
export interface Written {
  readonly region: string;
  readonly network?: {
    readonly mode: string;
    readonly pods?: string;
    readonly subnets?: Partial<Record<Tier, unknown[]>>;
  };
  readonly karpenter?: object;
  readonly cluster?: { readonly name: string };
  readonly ebsEncryption?: { readonly managed: string };
  readonly imageBlockPublicAccess?: { readonly managed: string };
  readonly edge?: {
    readonly zone: { readonly mode: string; readonly name: string };
    readonly shield?: { readonly advanced: string };
  };
}

/**
 * An account that holds what the blueprint says is there: roles of people, a VPC of others, their zone, a subscription,
 * images. The blueprint's ids give way to those that the account gave.
 */
export async function accountFor<Raw extends Written>(written: Raw): Promise<{ account: Account; raw: Raw }> {
  const account = Account.open(undefined, { timeScale: 0, region: written.region });
  const { outputs } = await run(() => theirs(written), { account, stack: "theirs" });
  let text = JSON.stringify(written);
  for (const [placeholder, id] of Object.entries(outputs)) text = text.replaceAll(placeholder, String(id));
  return { account, raw: JSON.parse(text) as Raw };
}

/** Makes it all; answers the id behind each placeholder. */
function theirs(written: Written): Record<string, pulumi.Output<string>> {
  const ofOthers = [...JSON.stringify(written).matchAll(new RegExp(`${ACCOUNT}:role(/[\\w/-]*?/?)([\\w-]+)"`, "g"))];
  const roles = new Map(ofOthers.map(([, path = "/", name = ""]) => [name, path] as const));
  for (const [name, path] of roles)
    if (!/^\/aws-reserved/.test(path) && name !== "platform-admin" && !name.startsWith("bulwark-"))
      new aws.iam.Role(name, { name, path, assumeRolePolicy: TRUST });

  const { network, edge, ebsEncryption, imageBlockPublicAccess } = written;
  if (ebsEncryption?.managed === "import") new aws.ebs.EncryptionByDefault("theirs", { enabled: true });
  if (imageBlockPublicAccess?.managed === "import")
    new aws.ec2.ImageBlockPublicAccess("theirs", { state: "block-new-sharing" });
  if (edge?.shield?.advanced === "subscribed") new aws.shield.Subscription("organisation");
  return {
    ...imageIds(JSON.stringify(written)),
    ...(network?.mode === "existing" && vpc(written)),
    ...(edge?.zone.mode === "existing" && {
      Z0123456789EXAMPLE: new aws.route53.Zone("theirs", { name: edge.zone.name }).zoneId,
    }),
  };
}

/** A VPC with three subnets a tier, of which a blueprint names some. */
function vpc({ region, network, karpenter, cluster }: Written): Record<string, pulumi.Output<string>> {
  const six = network?.pods === "ipv6";
  const discovered = { tags: { "karpenter.sh/discovery": cluster?.name ?? "" } };
  const own = new aws.ec2.Vpc("theirs", {
    cidrBlock: "10.240.0.0/16",
    enableDnsHostnames: true,
    assignGeneratedIpv6CidrBlock: six,
  });
  const gateway = new aws.ec2.InternetGateway("theirs", { vpcId: own.id });
  const open = new aws.ec2.RouteTable("open", { vpcId: own.id });
  new aws.ec2.Route("open", { routeTableId: open.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });

  const tier = (of: Tier, offset: number) =>
    subnetIds(of, 3).map((placeholder, slot) => {
      const subnet = new aws.ec2.Subnet(`${of}-${slot}`, {
        vpcId: own.id,
        availabilityZone: `${region}${"abc"[slot] ?? ""}`,
        cidrBlock: `10.240.${offset + slot * 8}.0/21`,
        ...(of === "private" && karpenter !== undefined && discovered),
        ...(six && {
          ipv6CidrBlock: own.ipv6CidrBlock.apply((block) => block.replace(/00::\/56$/, `${offset + slot + 10}::/64`)),
          assignIpv6AddressOnCreation: true,
        }),
      });
      if (of === "public")
        new aws.ec2.RouteTableAssociation(`${of}-${slot}`, { routeTableId: open.id, subnetId: subnet.id });
      return [placeholder, subnet.id] as const;
    });
  return {
    "vpc-00000000": own.id,
    ...Object.fromEntries([...tier("public", 0), ...tier("private", 24), ...tier("intra", 48)]),
  };
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
