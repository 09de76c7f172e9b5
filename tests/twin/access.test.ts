import { Landscape } from "./landscape";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

async function opened() {
  const account = new Landscape();
  const inputs = { ...(await account.clusterInputs()), accessConfig: { authenticationMode: "API" } };
  const clusterName = await account.make("aws:eks/cluster:Cluster", inputs);
  return { account, entry: { clusterName, principalArn: await account.role("node", "ec2.amazonaws.com") } };
}

describe("an access entry of nodes", () => {
  it("gets the name of a node from EKS", async () => {
    const { account, entry } = await opened();
    const id = await account.make(ENTRY, { ...entry, type: "EC2_LINUX" });

    expect(account.read(ENTRY, id)).toMatchObject({ userName: "system:node:{{EC2PrivateDNSName}}" });
  });

  it.each([{ kubernetesGroups: ["bulwark:sre"] }, { userName: "admin" }])("takes no %j", async (more) => {
    const { account, entry } = await opened();

    await expect(account.make(ENTRY, { ...entry, type: "EC2_LINUX", ...more })).rejects.toMatchObject({
      code: "InvalidParameterException",
    });
  });

  it("takes no access policy", async () => {
    const { account, entry } = await opened();
    await account.make(ENTRY, { ...entry, type: "EC2_LINUX" });
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

    await expect(account.make(POLICY, { ...entry, policyArn, accessScope: { type: "cluster" } })).rejects.toMatchObject(
      { code: "InvalidRequestException" },
    );
  });
});
