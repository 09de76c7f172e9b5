import type { Properties } from "../../twin/behaviour";
import { encrypted, ids, vpc } from "./cluster-inputs";
import { Landscape } from "./landscape";

const CLUSTER = "aws:eks/cluster:Cluster";

type Change = (inputs: Properties, account: Landscape) => Properties | Promise<Properties>;

const careless: readonly (readonly [string, string, Change])[] = [
  [
    "a role that does not exist",
    "InvalidParameterException",
    (inputs) => ({ ...inputs, roleArn: "arn:aws:iam::111122223333:role/none" }),
  ],
  [
    "a role of another account",
    "AccessDeniedException",
    (inputs) => ({ ...inputs, roleArn: "arn:aws:iam::999999999999:role/x" }),
  ],
  [
    "a role for another service",
    "InvalidParameterException",
    async (inputs, account) => ({
      ...inputs,
      roleArn: await account.role("wrong", "ec2.amazonaws.com", "AmazonEKSClusterPolicy"),
    }),
  ],
  [
    "a role without the cluster policy",
    "InvalidParameterException",
    async (inputs, account) => ({ ...inputs, roleArn: await account.role("bare", "eks.amazonaws.com") }),
  ],
  ["no subnet", "InvalidParameterException", (inputs) => vpc(inputs, { subnetIds: [] })],
  ["subnets of one zone", "InvalidParameterException", (inputs) => vpc(inputs, { subnetIds: [ids(inputs)[0]] })],
  [
    "a subnet that does not exist",
    "InvalidParameterException",
    (inputs) => vpc(inputs, { subnetIds: [...ids(inputs), "subnet-none"] }),
  ],
  ["a version EKS does not offer", "InvalidParameterException", (inputs) => ({ ...inputs, version: "1.12" })],
  ["no endpoint at all", "InvalidParameterException", (inputs) => vpc(inputs, { endpointPublicAccess: false })],
  [
    "a log type there is not",
    "InvalidParameterException",
    (inputs) => ({ ...inputs, enabledClusterLogTypes: ["everything"] }),
  ],
  [
    "a key that does not exist",
    "NotFoundException",
    (inputs) => ({
      ...inputs,
      encryptionConfig: {
        resources: ["secrets"],
        provider: { keyArn: "arn:aws:kms:eu-central-1:111122223333:key/none" },
      },
    }),
  ],
  ["a key on its way out", "KMSInvalidStateException", (inputs, account) => encrypted(inputs, account, {}, true)],
  ["a disabled key", "DisabledException", (inputs, account) => encrypted(inputs, account, { isEnabled: false })],
];

describe("a cluster the twin refuses", () => {
  it.each(careless)("has %s: %s", async (_, code, change) => {
    const account = new Landscape();
    const inputs = await change(await account.clusterInputs(), account);
    await expect(account.make(CLUSTER, inputs)).rejects.toMatchObject({ code });
    expect(account.ids(CLUSTER)).toEqual([]);
  });

  it("has the name of one that is there", async () => {
    const account = new Landscape();
    const inputs = await account.clusterInputs();
    await account.make(CLUSTER, inputs);
    await expect(account.make(CLUSTER, inputs)).rejects.toMatchObject({ code: "ResourceInUseException" });
  });
});
