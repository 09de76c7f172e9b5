import type { Answer } from "../../cli/ask/question";
import { caller } from "../../cli/doctor/caller";
import { capacity } from "../../cli/doctor/capacity";
import { permission } from "../../cli/doctor/permission";
import { taken } from "../../cli/doctor/taken";
import { unasked } from "../../cli/doctor/unasked";
import { version } from "../../cli/doctor/version";
import permissions from "../../facts/permissions.json";
import { catalogue } from "../../twin/catalogue";
import { linesOf, planned, planOf } from "./plan";

const error = (words: string): Answer => ({ error: `invocation returned an error: 1 error occurred:\n\t* ${words}` });

describe("who calls", () => {
  const said = (issuerArn: string) => linesOf(caller, planOf(), { principal: { value: { issuerArn } } });

  it("must be among those who administer the keys", () => {
    expect(said("arn:aws:iam::111122223333:role/platform-admin")).toMatchObject([{ state: "ok" }]);
    expect(said("arn:aws:iam::111122223333:role/somebody")).toMatchObject([
      { state: "problem", needed: "one of access.administrators" },
    ]);
  });

  it("is unknown where AWS does not say it", () => {
    expect(linesOf(caller, planOf(), {})).toMatchObject([{ state: "unknown" }]);
  });
});

describe("permissions", () => {
  const plan = planOf(planned("aws:eks/cluster:Cluster", "main"), planned("aws:example/thing:Thing", "main"));
  const results = (denied: string) =>
    ["eks:CreateCluster", "eks:DescribeCluster"].map((actionName) => ({ actionName, allowed: actionName !== denied }));

  it("are simulated for what the planned types need, one question a service", () => {
    expect(permission.questions(plan)).toMatchObject([
      { id: "may eks", args: { actionNames: expect.arrayContaining(["eks:CreateCluster"]) as string[] } },
      { id: "may iam", args: { actionNames: expect.arrayContaining(["iam:PassRole"]) as string[] } },
      { id: "may kms" },
    ]);
  });

  it("that are missing are named, and a type nobody wrote down is not passed over in silence", () => {
    const lines = linesOf(permission, plan, { "may eks": { value: { results: results("eks:CreateCluster") } } });

    expect(lines).toMatchObject([
      { state: "problem", what: "eks", got: "denied: eks:CreateCluster" },
      { state: "unknown", what: "iam" },
      { state: "unknown", what: "kms" },
      { state: "unknown", got: "aws:example/thing:Thing" },
    ]);
  });

  it("are written down for types that exist", () => {
    const known = new Set(catalogue.map(({ token }) => token));

    expect(Object.keys(permissions.types).filter((type) => !known.has(type))).toEqual([]);
  });
});

describe("a name", () => {
  const role = planOf(planned("aws:iam/role:Role", "main", { name: "bulwark-production-nodes" }));
  const alias = planOf(planned("aws:kms/alias:Alias", "main", { name: "alias/x" }));
  const bucket = planOf(planned("aws:s3/bucket:Bucket", "main", { bucket: "mine" }));
  const bucketQuestion = "aws:s3/bucket:Bucket mine";

  it("is free where AWS knows nothing of it", () => {
    const list = { value: { names: ["bulwark-production-nodes-old"] } };

    expect(linesOf(taken, role, { "aws:iam/role:Role bulwark-production-nodes": list })).toMatchObject([
      { state: "ok" },
    ]);
    expect(
      linesOf(taken, alias, { "aws:kms/alias:Alias alias/x": error("NotFoundException: couldn't find") }),
    ).toMatchObject([{ state: "ok" }]);
  });

  it("is taken where AWS has it, also by another account", () => {
    const list = { value: { names: ["bulwark-production-nodes"] } };

    expect(linesOf(taken, role, { "aws:iam/role:Role bulwark-production-nodes": list })).toMatchObject([
      { state: "problem" },
    ]);
    expect(linesOf(taken, alias, { "aws:kms/alias:Alias alias/x": { value: {} } })).toMatchObject([
      { state: "problem" },
    ]);
    expect(linesOf(taken, bucket, { [bucketQuestion]: error("StatusCode: 403, Forbidden") })).toMatchObject([
      { state: "problem" },
    ]);
  });

  it("is neither where AWS does not say", () => {
    expect(linesOf(taken, bucket, { [bucketQuestion]: error("ThrottlingException: slow down") })).toMatchObject([
      { state: "unknown" },
    ]);
    expect(linesOf(taken, bucket, {})).toMatchObject([{ state: "unknown" }]);
  });

  it("of Pulumi's own making is not asked about, being another at every preview", () => {
    expect(taken.questions(planOf(planned("aws:iam/role:Role", "main", { name: "main-0a1b2c3" })))).toEqual([]);
  });
});

describe("the region", () => {
  const subnet = planned("aws:ec2/subnet:Subnet", "a", { availabilityZone: "us-east-1e" });
  const nodes = planned("aws:eks/nodeGroup:NodeGroup", "system", { instanceTypes: ["m6i.large"] });
  const zones = (names: readonly string[], zoneIds: readonly string[]) => ({ zones: { value: { names, zoneIds } } });
  const offered = (locations: readonly string[]) => ({ "offers m6i.large": { value: { locations } } });

  it("has the zone and offers the type in it", () => {
    const lines = linesOf(capacity, planOf(subnet, nodes), {
      ...zones(["us-east-1e"], ["use1-az5"]),
      ...offered(["us-east-1e"]),
    });

    expect(lines.map(({ state }) => state)).toEqual(["ok", "ok"]);
  });

  it("lacks a zone, or has one in which EKS places no control plane", () => {
    expect(linesOf(capacity, planOf(subnet), zones(["us-east-1a"], ["use1-az1"]))).toMatchObject([
      { state: "problem" },
    ]);
    expect(linesOf(capacity, planOf(subnet), zones(["us-east-1e"], ["use1-az3"]))).toMatchObject([
      { state: "problem" },
    ]);
    expect(linesOf(capacity, planOf(subnet), {})).toMatchObject([{ state: "unknown" }]);
  });

  it("does not offer a type in every zone", () => {
    const lines = linesOf(capacity, planOf(subnet, nodes), {
      ...zones(["us-east-1e"], ["use1-az5"]),
      ...offered(["us-east-1a"]),
    });

    expect(lines[1]).toMatchObject({ state: "problem", got: "not offered in us-east-1e" });
  });
});

describe("versions", () => {
  const cluster = planned("aws:eks/cluster:Cluster", "main", { version: "1.36" });
  const addon = planned("aws:eks/addon:Addon", "cni", { addonName: "vpc-cni", addonVersion: "v1.22.4-eksbuild.3" });
  const status = (versionStatus?: string) => ({
    "kubernetes 1.36": { value: { clusterVersions: versionStatus === undefined ? [] : [{ versionStatus }] } },
  });
  const tells = (usual: string, newest: string) => ({
    "default vpc-cni": { value: { version: usual } },
    "newest vpc-cni": { value: { version: newest } },
  });
  const state = (said: Readonly<Record<string, Answer>>) =>
    linesOf(version, planOf(cluster, addon), { ...status("STANDARD_SUPPORT"), ...said })[1]?.state;

  it.each([
    ["STANDARD_SUPPORT", "ok"],
    ["EXTENDED_SUPPORT", "problem"],
    [undefined, "problem"],
  ])("of Kubernetes in %s are %s", (told, expected) => {
    expect(linesOf(version, planOf(cluster), status(told))).toMatchObject([{ state: expected }]);
  });

  it("of an add-on are offered when AWS names them, not offered beyond the newest, and open between", () => {
    expect(state(tells("v1.22.4-eksbuild.3", "v1.23.0-eksbuild.1"))).toBe("ok");
    expect(state(tells("v1.21.0-eksbuild.1", "v1.22.4-eksbuild.2"))).toBe("problem");
    expect(state(tells("v1.22.3-eksbuild.1", "v1.22.10-eksbuild.1"))).toBe("unknown");
    expect(state({})).toBe("unknown");
  });
});

describe("what the provider has no question for", () => {
  it("is said, with the command that tells it", () => {
    expect(linesOf(unasked, planOf(planned("aws:shield/subscription:Subscription", "main")), {})).toMatchObject([
      { state: "unknown", fix: "aws shield get-subscription-state" },
    ]);
  });
});
