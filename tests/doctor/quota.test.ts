import { quota } from "../../cli/doctor/quota";
import { linesOf, planned, planOf } from "./plan";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const value = (amount: number) => ({ value: { value: amount } });
const used = (list: string, count: number) => ({
  value: { [list]: Array.from({ length: count }, (_, at) => `${at}`) },
});

describe("a quota", () => {
  const plan = planOf(planned(VPC, "main"));

  it("is asked for with AWS's own code, and what is used of it too", () => {
    expect(quota.questions(plan)).toEqual([
      {
        id: "quota vpcs",
        token: "aws:servicequotas/getServiceQuota:getServiceQuota",
        args: { serviceCode: "vpc", quotaCode: "L-F678F1CE" },
      },
      { id: "used vpcs", token: "aws:ec2/getVpcs:getVpcs", args: {} },
    ]);
  });

  it("of IAM is asked for where AWS tells it", () => {
    const [question] = quota.questions(planOf(planned("aws:iam/role:Role", "main")));

    expect(question?.args).toMatchObject({ serviceCode: "iam", region: "us-east-1" });
  });

  it("is enough to the last one, and not one further", () => {
    const line = (standing: number) =>
      linesOf(quota, plan, { "quota vpcs": value(5), "used vpcs": used("ids", standing) });

    expect(line(4)).toMatchObject([{ state: "ok", got: "5, 4 used, 1 needed" }]);
    expect(line(5)).toMatchObject([
      {
        state: "problem",
        got: "5, 5 used",
        needed: "1 more",
        fix: expect.stringContaining("--quota-code L-F678F1CE --desired-value 6 --region eu-central-1") as string,
      },
    ]);
  });

  it("is nothing anybody knows where AWS does not say it, or what is used of it", () => {
    const error = "1 error occurred:\n\t* AccessDeniedException: no";

    expect(linesOf(quota, plan, { "quota vpcs": { error } })).toMatchObject([
      { state: "unknown", got: "AccessDeniedException: no" },
    ]);
    expect(linesOf(quota, plan, { "quota vpcs": value(5) })).toMatchObject([
      { state: "unknown", got: "5, use not known" },
    ]);
  });

  it("whose use nobody can ask is enough only where the plan takes next to nothing of it", () => {
    const keys = planOf(planned("aws:kms/key:Key", "main"));

    expect(linesOf(quota, keys, { "quota keys": value(100) })).toMatchObject([{ state: "ok" }]);
    expect(linesOf(quota, keys, { "quota keys": value(99) })).toMatchObject([{ state: "unknown" }]);
  });
});

describe("what a plan needs of a quota", () => {
  const one = (plan: Parameters<typeof linesOf>[1], name: string) =>
    linesOf(quota, plan, { [`quota ${name}`]: value(1000), [`used ${name}`]: used("ids", 0) }).find(({ got }) =>
      got.startsWith("1000"),
    );

  it("is counted in the zone that has most: three gateways in three zones are one", () => {
    const zone = (letter: string) => [
      planned(SUBNET, letter, { availabilityZone: `eu-central-1${letter}` }),
      planned(NAT, letter, {}, { subnetId: [SUBNET, letter] }),
    ];

    expect(one(planOf(...["a", "b", "c"].flatMap(zone)), "natGateways")).toMatchObject({ needed: "1 more" });
    expect(
      one(planOf(...zone("a"), planned(NAT, "again", {}, { subnetId: [SUBNET, "a"] })), "natGateways"),
    ).toMatchObject({
      needed: "2 more",
    });
  });

  it("is counted in the security group that has most rules", () => {
    const rules = ["1", "2", "3"].map((name) =>
      planned(
        RULE,
        name,
        {},
        { securityGroupId: ["aws:ec2/securityGroup:SecurityGroup", name === "3" ? "other" : "main"] },
      ),
    );

    expect(one(planOf(...rules), "securityGroupRules")).toMatchObject({ needed: "2 more" });
  });
});

describe("vCPUs", () => {
  const pool = (capacityType: string) =>
    planned(NODE_GROUP, "system", {
      instanceTypes: ["m6i.large", "m6i.xlarge"],
      scalingConfig: { maxSize: 6 },
      capacityType,
    });
  const plan = planOf(pool("ON_DEMAND"));
  const vcpus = {
    "vcpus m6i.large": { value: { defaultVcpus: 2 } },
    "vcpus m6i.xlarge": { value: { defaultVcpus: 4 } },
  };
  const line = (said: object) =>
    linesOf(quota, plan, { ...vcpus, ...said }).find(({ what }) => what.includes("On-demand"));

  it("are those of the largest type in the largest size of each pool", () => {
    const idle = { value: { ids: [] } };

    expect(line({ "quota onDemand": value(24), instances: idle })).toMatchObject({
      state: "ok",
      got: "24 vCPUs, 0 used, 24 needed",
    });
    expect(line({ "quota onDemand": value(23), instances: idle })).toMatchObject({
      state: "problem",
      needed: "24 vCPUs more",
    });
  });

  it("are not known to suffice where instances run already", () => {
    expect(line({ "quota onDemand": value(64), instances: { value: { ids: ["i-1"] } } })).toMatchObject({
      state: "unknown",
    });
  });

  it("are not known where AWS does not know the type", () => {
    expect(line({ "quota onDemand": value(64), "vcpus m6i.large": { error: "no" } })).toMatchObject({
      state: "unknown",
    });
  });

  it("of spot instances have a quota of their own", () => {
    expect(quota.questions(planOf(pool("SPOT"))).map(({ id }) => id)).toContain("quota spot");
  });
});
