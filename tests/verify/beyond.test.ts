import type { Answer, Answers } from "../../cli/ask/question";
import { findings, questionsAbout, strangerQuestions } from "../../cli/verify/beyond";
import { type Part, stackOf } from "./stack";

const cluster: Part = {
  type: "aws:eks/cluster:Cluster",
  asked: { name: "production", version: "1.36" },
  now: { name: "production", version: "1.36", status: "ACTIVE", vpcConfig: { clusterSecurityGroupId: "sg-eks" } },
};
const role: Part = { type: "aws:iam/role:Role", asked: { name: "bulwark-production-nodes" } };
const group: Part = { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1", asked: {} };
const acl: Part = {
  type: "aws:wafv2/webAclAssociation:WebAclAssociation",
  asked: { resourceArn: "arn:lb", webAclArn: "arn:ours" },
};

/** Answers as AWS gives them when all is well, but for what a test says. */
function answers(more: Readonly<Record<string, Answer>> = {}): Answers {
  const said: Record<string, Answer> = {
    "cluster production": { value: { status: "ACTIVE", version: "1.36" } },
    "node groups production": { value: { names: [] } },
    "attached to bulwark-production-nodes": { value: { attachedPolicies: [] } },
    "within bulwark-production-nodes": { value: { policyNames: [] } },
    "security group rules": { value: { ids: [] } },
    [ASSOCIATION]: { value: { arn: "arn:ours" } },
    ...more,
  };
  return new Map(Object.entries(said));
}

const ASSOCIATION = `web ACL urn:pulumi:production::bulwark::${acl.type}::main`;
const held = stackOf(cluster, role, group, acl);
const wrong = (more: Readonly<Record<string, Answer>>) =>
  findings(held, answers(more)).lines.filter(({ state }) => state !== "ok");

describe("what AWS is asked besides the resources of a stack", () => {
  it("is answered by somebody for every question", () => {
    expect(
      questionsAbout(held)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([...answers().keys()].toSorted());
  });

  it("leaves nothing to complain of where all is as the stack made it", () => {
    expect(wrong({})).toEqual([]);
  });

  it.each([
    [
      "a cluster that is not up",
      "cluster production",
      { status: "FAILED", version: "1.36" },
      "FAILED, Kubernetes 1.36",
    ],
    [
      "a version raised by hand",
      "cluster production",
      { status: "ACTIVE", version: "1.37" },
      "ACTIVE, Kubernetes 1.37",
    ],
    [
      "a node group of somebody else",
      "node groups production",
      { names: ["byhand"] },
      "byhand, made outside this stack",
    ],
    ["another web ACL before the load balancer", ASSOCIATION, { arn: "arn:theirs" }, "arn:theirs"],
    [
      "a policy within a role",
      "within bulwark-production-nodes",
      { policyNames: ["sneaked"] },
      "has sneaked, given outside this stack",
    ],
  ])("finds %s", (_, question, value, got) => {
    expect(wrong({ [question]: { value } })).toMatchObject([
      { state: "problem", got, fix: expect.any(String) as string },
    ]);
  });

  it("hands a policy attached outside to the controls", () => {
    const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const value = { attachedPolicies: [{ policyArn, policyName: "AdministratorAccess" }] };
    const { items } = findings(held, answers({ "attached to bulwark-production-nodes": { value } }));

    expect(items).toMatchObject([{ inputs: { role: "bulwark-production-nodes", policyArn } }]);
  });

  it("says that nobody knows where AWS does not answer", () => {
    const error = "invocation returned an error: 1 error occurred:\n\t* AccessDenied: not allowed to list";

    expect(wrong({ "security group rules": { error } })).toMatchObject([
      { state: "unknown", got: "AccessDenied: not allowed to list" },
    ]);
  });

  it("reports what has a state and is not at work", () => {
    const failed = stackOf({ type: "aws:eks/nodeGroup:NodeGroup", asked: {}, now: { status: "DEGRADED" } });

    expect(findings(failed, new Map()).lines).toMatchObject([{ state: "problem", got: "DEGRADED", needed: "ACTIVE" }]);
  });
});

describe("a security group's rule that the stack did not make", () => {
  const rule = { id: "sgr-1", securityGroupId: "sg-1", isEgress: false, ipProtocol: "tcp", fromPort: 22, toPort: 22 };
  const listed = { "security group rules": { value: { ids: ["sgr-1"] } } };

  it("is asked about by itself, and reported with how to take it away", () => {
    expect(strangerQuestions(held, answers(listed))).toMatchObject([{ args: { securityGroupRuleId: "sgr-1" } }]);
    const found = { ...rule, cidrIpv4: "0.0.0.0/0", cidrIpv6: "" };

    expect(wrong({ ...listed, "rule sgr-1": { value: found } })).toMatchObject([
      {
        got: "tcp 22–22 from 0.0.0.0/0 (sgr-1), opened outside this stack",
        fix: expect.stringContaining("revoke") as string,
      },
    ]);
  });

  it("is EKS's own where EKS's group talks to itself, and nobody's where it admits others", () => {
    const own = { ...rule, securityGroupId: "sg-eks", referencedSecurityGroupId: "sg-eks" };
    const others = { ...rule, securityGroupId: "sg-eks", cidrIpv4: "10.0.0.0/8" };

    expect(wrong({ ...listed, "rule sgr-1": { value: own } })).toEqual([]);
    expect(wrong({ ...listed, "rule sgr-1": { value: others } })).toHaveLength(1);
  });
});
