import * as aws from "@pulumi/aws";

import { Account } from "../../twin/account";
import type { ProviderError } from "../../twin/provider-error";
import { run } from "../../twin/mocks";

const vpc = (more: Partial<aws.ec2.VpcArgs> = {}) => new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", ...more });
const subnet = (name: string, { id }: aws.ec2.Vpc, cidrBlock: string, more: Partial<aws.ec2.SubnetArgs> = {}) =>
  new aws.ec2.Subnet(name, { vpcId: id, cidrBlock, availabilityZone: "eu-central-1a", ...more });
it("refuses an input that the SDK's constructor would have demanded", () => {
  const account = Account.open();
  const { failures } = account.check({ urn: "urn:x::main", type: "aws:ec2/subnet:Subnet", name: "main", news: {} });
  expect(failures).toMatchObject([
    { property: "vpcId", reason: expect.stringContaining("Missing required argument") as string },
  ]);
});

it("refuses an input that the SDK's constructor would have dropped in silence", () => {
  const news = { cidrBlock: "10.0.0.0/16", cidr: "10.0.0.0/16" };
  const { failures } = Account.open().check({ urn: "urn:x::main", type: "aws:ec2/vpc:Vpc", name: "main", news });
  expect(failures).toMatchObject([
    { property: "cidr", reason: expect.stringContaining("Unsupported argument") as string },
  ]);
});

it("words an error as the provider does", async () => {
  const error = await run(() => subnet("a", vpc(), "10.1.0.0/24")).catch((thrown: unknown) => thrown as ProviderError);
  expect(error).toMatchObject({
    code: "InvalidSubnet.Range",
    message: expect.stringMatching(
      /^sdk-v2\/provider2\.go:\d+: sdk\.helper_schema: creating EC2 Subnet \(.*\): operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidSubnet\.Range: .*: provider=aws@7\.48\.0$/,
    ) as string,
  });
});
