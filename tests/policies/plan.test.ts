import { judgePlan, planIds, type PlanStep } from "../../policies/plan";
import { blocks } from "../../policies/verdict";
import type { InForce, Waiver } from "../../policies/waivers";

const urn = (type: string, name = "main") => `urn:pulumi:production::bulwark::bulwark:index:Cluster$${type}::${name}`;
const cluster: PlanStep = { op: "delete", urn: urn("aws:eks/cluster:Cluster") };
const waiver: Waiver = {
  control: "plan-keeps-cluster",
  resource: "main",
  owner: "platform@example.com",
  reason: "the cluster moves to another region",
  expiry: "2026-12-31",
};
const waivers = (...all: readonly Waiver[]): InForce => ({
  waivers: all,
  today: "2026-11-23",
  stack: "production",
  ids: planIds,
});

const found = (steps: readonly PlanStep[], all = waivers(), teardown?: Parameters<typeof judgePlan>[2]) =>
  judgePlan(steps, all, teardown).map(({ control, verdict }) => `${control} ${verdict}`);

describe("the guard", () => {
  it.each([
    ["aws:eks/cluster:Cluster", "plan-keeps-cluster"],
    ["aws:kms/key:Key", "plan-keeps-keys"],
    ["aws:ec2/vpc:Vpc", "plan-keeps-network"],
    ["aws:ec2/subnet:Subnet", "plan-keeps-network"],
    ["aws:cloudwatch/logGroup:LogGroup", "plan-keeps-logs"],
    ["aws:s3/bucket:Bucket", "plan-keeps-state"],
  ])("refuses to lose %s", (type, id) => {
    for (const op of ["delete", "replace", "create-replacement", "delete-replaced"]) {
      expect(found([{ op, urn: urn(type) }])).toEqual([`${id} violation`]);
    }
  });

  it("refuses to lose whatever is protected", () => {
    expect(found([{ op: "delete", urn: urn("aws:ec2/eip:Eip"), oldState: { protect: true } }])).toEqual([
      "plan-keeps-protected violation",
    ]);
  });

  it("says because of what something would be replaced", () => {
    const [verdict] = judgePlan([{ ...cluster, op: "replace", replaceReasons: ["name", "roleArn"] }], waivers());

    expect(verdict?.message).toContain("replace the cluster, because AWS cannot change name and roleArn in place");
  });

  it("says a replacement once", () => {
    expect(found(["create-replacement", "replace", "delete-replaced"].map((op) => ({ ...cluster, op })))).toEqual([
      "plan-keeps-cluster violation",
    ]);
  });

  it("lets everything else pass", () => {
    const steps = ["create", "same", "update", "refresh", "read"].map((op) => ({ ...cluster, op }));

    expect(found([...steps, { op: "delete", urn: urn("aws:ec2/eip:Eip") }])).toEqual(["plan-keeps-protected pass"]);
    expect(found([], waivers(waiver))).toEqual(["plan-keeps-protected pass"]);
  });

  it("lets pass what a waiver names, until it ends", () => {
    expect(found([cluster], waivers(waiver))).toEqual(["plan-keeps-cluster waived"]);
    const late = judgePlan([cluster], waivers({ ...waiver, expiry: "2026-11-22" }));

    expect(late.filter((one) => blocks(one, { strict: false })).map(({ control }) => control)).toEqual([
      "plan-keeps-cluster",
    ]);
  });

  it("is not waved through by the waiver of another resource or another loss", () => {
    expect(found([cluster], waivers({ ...waiver, resource: "other" }))).toContain("plan-keeps-cluster violation");
    expect(found([cluster], waivers({ ...waiver, control: "plan-keeps-keys" }))).toContain(
      "plan-keeps-cluster violation",
    );
  });

  it("takes a teardown that names reason, owner and last day for a waiver, until that day", () => {
    const teardown = { reason: "the cluster moves to another region", by: "platform@example.com", until: "2026-11-23" };

    expect(found([cluster], waivers(), teardown)).toEqual(["plan-keeps-cluster waived"]);
    expect(found([cluster], waivers(), { ...teardown, until: "2026-11-22" })).toEqual(["plan-keeps-cluster violation"]);
  });
});

describe("the guard of a control plane's zones", () => {
  const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const subnet = (id: string, zone: string, op = "same"): PlanStep => {
    const inputs = { availabilityZone: zone };
    const before = op === "create" ? {} : { oldState: { id, inputs } };
    return { op, urn: urn("aws:ec2/subnet:Subnet", id), ...before, newState: { inputs } };
  };
  const standing = [subnet("subnet-a", "eu-central-1a"), subnet("subnet-b", "eu-central-1b")];
  const moving = (from: unknown, to: unknown, ...subnets: readonly PlanStep[]) =>
    judgePlan(
      [
        ...subnets,
        {
          op: "update",
          urn: urn("aws:eks/cluster:Cluster"),
          oldState: { inputs: { vpcConfig: { subnetIds: from } } },
          newState: { inputs: { vpcConfig: { subnetIds: to } } },
        },
      ],
      waivers(),
    ).map(({ control, verdict, message }) => `${control} ${verdict}: ${message}`);
  const both = ["subnet-a", "subnet-b"];

  it("refuses a zone more, a zone less and another zone", () => {
    const added = moving(both, [...both, UNKNOWN], ...standing, subnet("new", "eu-central-1c", "create"));
    expect(added).toEqual([expect.stringContaining("plan-keeps-zones violation: this preview would move")]);
    expect(added[0]).toContain(
      "from the zones eu-central-1a, eu-central-1b to eu-central-1a, eu-central-1b, eu-central-1c",
    );
    expect(moving([...both, "subnet-c"], both, ...standing, subnet("subnet-c", "eu-central-1c"))).toHaveLength(1);
    expect(moving(both, ["subnet-a", UNKNOWN], ...standing, subnet("new", "eu-central-1c", "create"))).toHaveLength(1);
  });

  it("lets other subnets of the same zones pass, in whatever order", () => {
    const pass = [expect.stringContaining("plan-keeps-protected pass")];

    expect(moving(both, both.toReversed(), ...standing)).toEqual(pass);
    expect(moving(both, ["subnet-a", UNKNOWN], ...standing, subnet("new", "eu-central-1b", "create"))).toEqual(pass);
    expect(moving(both, both)).toEqual(pass);
  });

  it("says that it cannot tell where the subnets are not in the plan", () => {
    expect(moving(both, ["subnet-a", "subnet-z"])).toEqual([expect.stringContaining("plan-keeps-zones undetermined")]);
  });
});
