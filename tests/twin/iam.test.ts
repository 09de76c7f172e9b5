import { trusts } from "../../twin/aws/iam/trust";
import { Landscape, trust } from "./landscape";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const reading = document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

describe("what IAM refuses", () => {
  it.each([
    ["a trust policy that is no JSON", ROLE, { assumeRolePolicy: "{" }, "MalformedPolicyDocument"],
    [
      "a trust policy without principal",
      ROLE,
      { assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole" }) },
      "MalformedPolicyDocument",
    ],
    [
      "a trusted role that does not exist",
      ROLE,
      {
        assumeRolePolicy: document({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:role/none" },
          Action: "sts:AssumeRole",
        }),
      },
      "MalformedPolicyDocument",
    ],
    [
      "a session of a day",
      ROLE,
      { assumeRolePolicy: trust("eks.amazonaws.com"), maxSessionDuration: 86400 },
      "ValidationError",
    ],
    [
      "a policy with a principal",
      POLICY,
      { policy: document({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }) },
      "MalformedPolicyDocument",
    ],
    [
      "a policy without resources",
      POLICY,
      { policy: document({ Effect: "Allow", Action: "s3:*" }) },
      "MalformedPolicyDocument",
    ],
    [
      "a policy of an unknown version",
      POLICY,
      { policy: JSON.stringify({ Version: "2020-01-01", Statement: [] }) },
      "MalformedPolicyDocument",
    ],
    ["an inline policy of no role", "aws:iam/rolePolicy:RolePolicy", { role: "none", policy: reading }, "NoSuchEntity"],
    [
      "a role that exists no more in a profile",
      "aws:iam/instanceProfile:InstanceProfile",
      { role: "none" },
      "NoSuchEntity",
    ],
  ])("%s", async (_, type, inputs, code) => {
    await expect(new Landscape().make(type, inputs)).rejects.toMatchObject({ code });
  });

  it("a second role of the same name in other letters", async () => {
    const account = new Landscape();
    await account.role("reader", "eks.amazonaws.com");
    await expect(account.role("Reader", "eks.amazonaws.com")).rejects.toMatchObject({ code: "EntityAlreadyExists" });
  });

  it("to delete a role or a policy that are attached to each other", async () => {
    const account = new Landscape();
    await account.role("reader", "eks.amazonaws.com");
    const policyArn = await account.make(POLICY, { name: "read", policy: reading });
    const attachment = await account.make(ATTACHMENT, { role: "reader", policyArn });
    await expect(account.remove(ROLE, "reader")).rejects.toMatchObject({ code: "DeleteConflict" });
    await expect(account.remove(POLICY, policyArn)).rejects.toMatchObject({ code: "DeleteConflict" });
    await account.remove(ATTACHMENT, attachment);
    await account.remove(POLICY, policyArn);
    await account.remove(ROLE, "reader");
  });

  it("more inline policies on one role than 10 240 characters, though each is small enough", async () => {
    const account = new Landscape();
    await account.role("reader", "eks.amazonaws.com");
    const long = (name: string) => ({ role: "reader", name, policy: reading.replace("*", "x".repeat(6000)) });
    await account.make("aws:iam/rolePolicy:RolePolicy", long("one"));
    await account.make("aws:iam/rolePolicy:RolePolicy", long("one"), "again");
    const second = account.make("aws:iam/rolePolicy:RolePolicy", long("two"));

    await expect(second).rejects.toMatchObject({ code: "LimitExceeded" });
    await expect(account.make(POLICY, { policy: reading.replace("*", "x".repeat(6144)) })).rejects.toMatchObject({
      code: "LimitExceeded",
    });
  });

  it("a second identity provider of one URL", async () => {
    const account = new Landscape();
    const inputs = { url: "https://example.com/id", clientIdLists: ["sts.amazonaws.com"] };
    const id = await account.make("aws:iam/openIdConnectProvider:OpenIdConnectProvider", inputs);
    expect(account.read("aws:iam/openIdConnectProvider:OpenIdConnectProvider", id)).toMatchObject({
      url: "example.com/id",
    });
    const again = account.make("aws:iam/openIdConnectProvider:OpenIdConnectProvider", inputs);
    await expect(again).rejects.toMatchObject({ code: "EntityAlreadyExists" });
  });
});

describe("a trust policy that names who may call", () => {
  it.each([
    ["111122223333", true],
    ["999999999999", false],
  ])("is for the account %s: %s", async (number, expected) => {
    const account = new Landscape();
    const Condition = {
      StringEquals: { "aws:SourceAccount": number },
      ArnLike: { "aws:SourceArn": `arn:aws:ec2:*:${number}:*` },
    };
    const statement = {
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition,
    };
    await account.make(ROLE, { name: "logs", assumeRolePolicy: document(statement) });
    const role = account.store.get(ROLE, "logs");
    expect(role && trusts(role, "vpc-flow-logs.amazonaws.com")).toBe(expected);
  });
});
