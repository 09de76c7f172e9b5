import type { Properties } from "../../twin/behaviour";
import { Landscape, trust } from "./landscape";

const ACL = "aws:wafv2/webAcl:WebAcl";
const LB = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";
const PROTECTION = "aws:shield/protection:Protection";
const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const FIREWALL_POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";

const acl = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: {} };
const rule = { name: "x", priority: 1, action: { block: {} }, statement: {} };

const subnetsOf = async (account: Landscape): Promise<string[]> => {
  const { vpcConfig } = await account.clusterInputs();
  return (vpcConfig as { subnetIds: string[] }).subnetIds;
};

describe("what the services at the edge refuse", () => {
  it.each([
    ["a rule without action", ACL, { ...acl, rules: [{ name: "x", priority: 1 }] }, "WAFInvalidParameterException"],
    ["two rules of one priority", ACL, { ...acl, rules: [rule, rule] }, "WAFInvalidParameterException"],
    [
      "a web ACL for CloudFront outside us-east-1",
      ACL,
      { ...acl, scope: "CLOUDFRONT" },
      "WAFInvalidParameterException",
    ],
    [
      "a web ACL that is not there",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      { webAclArn: "arn:none", resourceArn: "arn:x" },
      "WAFNonexistentItemException",
    ],
    [
      "Shield without subscription",
      PROTECTION,
      { resourceArn: "arn:aws:route53:::hostedzone/Z1" },
      "ResourceNotFoundException",
    ],
    [
      "a record in no zone",
      RECORD,
      { zoneId: "Z1", name: "a", type: "A", records: ["192.0.2.1"], ttl: 60 },
      "NoSuchHostedZone",
    ],
    ["a load balancer without subnets", LB, { internal: true }, "ValidationError"],
    [
      "a listener of no load balancer",
      LISTENER,
      { loadBalancerArn: "arn:none", defaultActions: [] },
      "LoadBalancerNotFound",
    ],
    ["a firewall without policy", FIREWALL, { firewallPolicyArn: "arn:none" }, "ResourceNotFoundException"],
  ])("%s", async (_, type, inputs, code) => {
    await expect(new Landscape().make(type, inputs)).rejects.toMatchObject({ code });
  });
});

describe("a certificate", () => {
  const prove = async (account: Landscape, arn: string, zoneId: string): Promise<void> => {
    const [option] = account.read(CERTIFICATE, arn)["domainValidationOptions"] as Properties[];
    const { resourceRecordName, resourceRecordType, resourceRecordValue } = option ?? {};
    await account.make(RECORD, {
      zoneId,
      name: resourceRecordName,
      type: resourceRecordType,
      records: [resourceRecordValue],
      ttl: 60,
    });
  };

  it("is issued once its records exist in a public zone, and then serves a listener", async () => {
    const account = new Landscape();
    const certificateArn = await account.make(CERTIFICATE, {
      domainName: "example.com",
      subjectAlternativeNames: ["*.example.com"],
      validationMethod: "DNS",
    });
    const zoneId = await account.make(ZONE, { name: "example.com" });
    await expect(account.make(VALIDATION, { certificateArn })).rejects.toMatchObject({ code: "RequestTimeout" });
    const loadBalancerArn = await account.make(LB, { internal: true, subnets: await subnetsOf(account) });
    const https = { loadBalancerArn, certificateArn, protocol: "HTTPS", port: 443, defaultActions: [] };
    await expect(account.make(LISTENER, https)).rejects.toMatchObject({ code: "UnsupportedCertificate" });
    await prove(account, certificateArn, zoneId);
    await account.make(VALIDATION, { certificateArn });
    const listener = await account.make(LISTENER, https);
    await expect(account.remove(CERTIFICATE, certificateArn)).rejects.toMatchObject({ code: "ResourceInUseException" });
    await account.remove(LISTENER, listener);
    await account.remove(CERTIFICATE, certificateArn);
  });
});

describe("a zone", () => {
  it("goes only when nothing but its own records is left", async () => {
    const account = new Landscape();
    const zoneId = await account.make(ZONE, { name: "example.com" });
    const inputs = { zoneId, name: "a", type: "A", records: ["192.0.2.1"], ttl: 60 };
    const record = await account.make(RECORD, inputs);
    expect(account.read(RECORD, record)["fqdn"]).toBe("a.example.com");
    await expect(account.make(RECORD, inputs)).rejects.toMatchObject({ code: "InvalidChangeBatch" });
    await expect(account.remove(ZONE, zoneId)).rejects.toMatchObject({ code: "HostedZoneNotEmpty" });
    await account.remove(RECORD, record);
    await account.remove(ZONE, zoneId);
    expect(account.ids(RECORD)).toEqual([]);
  });
});

describe("a load balancer", () => {
  it("stays while it is protected, and faces the internet only with a gateway", async () => {
    const account = new Landscape();
    const subnets = await subnetsOf(account);
    await expect(account.make(LB, { subnets })).rejects.toMatchObject({ code: "InvalidSubnet" });
    const arn = await account.make(LB, { subnets, internal: true, enableDeletionProtection: true });
    await expect(account.remove(LB, arn)).rejects.toMatchObject({ code: "OperationNotPermitted" });
  });
});

describe("a web ACL", () => {
  it("goes after what it guards lets go of it", async () => {
    const account = new Landscape();
    const id = await account.make(ACL, acl);
    const resourceArn = await account.make(LB, { internal: true, subnets: await subnetsOf(account) });
    const webAclArn = account.read(ACL, id)["arn"];
    await account.make("aws:wafv2/webAclAssociation:WebAclAssociation", { webAclArn, resourceArn });
    await expect(account.remove(ACL, id)).rejects.toMatchObject({ code: "WAFAssociatedItemException" });
  });
});

describe("Shield", () => {
  it("protects what is there, once, and keeps the subscription", async () => {
    const account = new Landscape();
    const subscription = await account.make("aws:shield/subscription:Subscription", {});
    const zone = await account.make(ZONE, { name: "example.com" });
    const inputs = { resourceArn: `arn:aws:route53:::hostedzone/${zone}` };
    await account.make(PROTECTION, inputs);
    await expect(account.make(PROTECTION, inputs)).rejects.toMatchObject({ code: "ResourceAlreadyExistsException" });
    await account.remove("aws:shield/subscription:Subscription", subscription);
    expect(account.ids("aws:shield/subscription:Subscription")).toEqual([subscription]);
  });
});

describe("Shield's response team", () => {
  const ROLE = "aws:iam/role:Role";
  const ACCESS = "aws:shield/drtAccessRoleArnAssociation:DrtAccessRoleArnAssociation";
  const ENGAGEMENT = "aws:shield/proactiveEngagement:ProactiveEngagement";

  it("gets a role only with its own trust and policy", async () => {
    const account = new Landscape();
    await account.make("aws:shield/subscription:Subscription", {});
    await account.make(ROLE, { name: "team", assumeRolePolicy: trust("drt.shield.amazonaws.com") });
    const inputs = { roleArn: "arn:aws:iam::111122223333:role/team" };
    await expect(account.make(ACCESS, inputs)).rejects.toThrow("AWSShieldDRTAccessPolicy");
    const policyArn = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy";
    await account.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "team", policyArn });
    await account.make(ACCESS, inputs);
  });

  it.each([
    ["nobody", []],
    ["people without a phone", [{ emailAddress: "a@example.com" }]],
    ["a phone that is not of the world", [{ emailAddress: "a@example.com", phoneNumber: "030 123456" }]],
    ["a crowd", Array.from({ length: 11 }, () => ({ emailAddress: "a@example.com", phoneNumber: "+4930123456" }))],
  ])("calls %s not", async (_who, emergencyContacts) => {
    const account = new Landscape();
    await account.make("aws:shield/subscription:Subscription", {});
    await expect(account.make(ENGAGEMENT, { enabled: true, emergencyContacts })).rejects.toMatchObject({
      code: "InvalidParameterException",
    });
  });

  it("reads no bucket that is not there", async () => {
    const account = new Landscape();
    await account.make("aws:shield/subscription:Subscription", {});
    const type = "aws:shield/drtAccessLogBucketAssociation:DrtAccessLogBucketAssociation";
    await expect(account.make(type, { logBucket: "logs", roleArnAssociationId: "111122223333" })).rejects.toMatchObject(
      {
        code: "InvalidParameterException",
      },
    );
  });
});

describe("a network firewall", () => {
  it("holds its policy and its subnets until it goes", async () => {
    const account = new Landscape();
    const subnets = await subnetsOf(account);
    const [vpcId] = account.ids("aws:ec2/vpc:Vpc");
    const firewallPolicy = { statelessDefaultActions: ["aws:pass"], statelessFragmentDefaultActions: ["aws:drop"] };
    const firewallPolicyArn = await account.make(FIREWALL_POLICY, { firewallPolicy });
    const subnetMappings = subnets.map((subnetId) => ({ subnetId }));
    const id = await account.make(FIREWALL, { firewallPolicyArn, vpcId, subnetMappings, deleteProtection: true });
    await expect(account.remove(FIREWALL_POLICY, firewallPolicyArn)).rejects.toMatchObject({
      code: "InvalidOperationException",
    });
    await expect(account.remove(FIREWALL, id)).rejects.toMatchObject({ code: "InvalidOperationException" });
    await account.update(FIREWALL, id, { deleteProtection: false });
    await account.remove(FIREWALL, id);
    expect(account.ids("aws:ec2/vpcEndpoint:VpcEndpoint")).toEqual([]);
  });
});
