import facts from "../../facts/service-quotas.json";
import type { Answer, Question } from "../ask/question";
import type { Line } from "../line";
import { reason } from "../verify/beyond/finding";
import { type Check, listIn, valueIn } from "./check";
import { count, most, named, zoneOf } from "./need";
import type { Plan } from "./plan";
import { vcpu } from "./vcpu";

const SUBJECT = "Quotas";

/** One quota: how much of it a plan needs, and how to ask what is used of it already. */
interface Rule {
  readonly quota: keyof typeof facts.quotas;
  readonly needs: (plan: Plan) => number;
  /** A look-up whose list is as long as what is used; absent where what counts is made by this plan alone. */
  readonly used?: Omit<Question, "id"> & { readonly list: string; readonly isMeant?: (one: string) => boolean };
  /** True where the provider cannot list what is used. */
  readonly unasked?: true;
}

const VPC = "aws:ec2/vpc:Vpc";
const rules = ["Ingress", "Egress"].map((way) => `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`);
const isInterface = ({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }): boolean =>
  inputs["vpcEndpointType"] === "Interface";

const RULES: readonly Rule[] = [
  { quota: "vpcs", needs: count(VPC), used: { token: "aws:ec2/getVpcs:getVpcs", args: {}, list: "ids" } },
  { quota: "subnets", needs: most(["aws:ec2/subnet:Subnet"], named("vpcId")) },
  {
    quota: "addresses",
    needs: count("aws:ec2/eip:Eip"),
    used: { token: "aws:ec2/getEips:getEips", args: {}, list: "allocationIds" },
  },
  {
    // All that stand already could stand in one zone; the zones of them are not asked.
    quota: "natGateways",
    needs: most(["aws:ec2/natGateway:NatGateway"], zoneOf("subnetId")),
    used: { token: "aws:ec2/getNatGateways:getNatGateways", args: {}, list: "ids" },
  },
  { quota: "interfaceEndpoints", needs: most(["aws:ec2/vpcEndpoint:VpcEndpoint"], named("vpcId"), isInterface) },
  {
    quota: "securityGroups",
    needs: count("aws:ec2/securityGroup:SecurityGroup"),
    used: { token: "aws:ec2/getSecurityGroups:getSecurityGroups", args: {}, list: "ids" },
  },
  { quota: "securityGroupRules", needs: most(rules, named("securityGroupId")) },
  {
    quota: "networkAclRules",
    needs: most(
      ["aws:ec2/networkAclRule:NetworkAclRule"],
      (rule) => `${named("networkAclId")(rule)} ${String(rule.inputs["egress"] === true)}`,
    ),
  },
  {
    quota: "clusters",
    needs: count("aws:eks/cluster:Cluster"),
    used: { token: "aws:eks/getClusters:getClusters", args: {}, list: "names" },
  },
  { quota: "nodeGroups", needs: most(["aws:eks/nodeGroup:NodeGroup"], named("clusterName")) },
  {
    quota: "loadBalancers",
    needs: count("aws:lb/loadBalancer:LoadBalancer"),
    used: {
      token: "aws:lb/getLbs:getLbs",
      args: {},
      list: "arns",
      isMeant: (arn) => arn.includes(":loadbalancer/app/"),
    },
  },
  { quota: "keys", needs: count("aws:kms/key:Key"), unasked: true },
  {
    quota: "roles",
    needs: count("aws:iam/role:Role"),
    used: { token: "aws:iam/getRoles:getRoles", args: {}, list: "names" },
  },
  { quota: "policies", needs: count("aws:iam/policy:Policy"), unasked: true },
  { quota: "policiesPerRole", needs: most(["aws:iam/rolePolicyAttachment:RolePolicyAttachment"], named("role")) },
  { quota: "identityProviders", needs: count("aws:iam/openIdConnectProvider:OpenIdConnectProvider"), unasked: true },
];

/** Whether each of AWS's quotas holds what the plan would make, besides what stands already. */
export const quota: Check = {
  questions: (plan) => [
    ...needed(plan).flatMap(({ rule }): Question[] => [
      quotaQuestion(rule.quota),
      ...(rule.used === undefined ? [] : [{ id: `used ${rule.quota}`, token: rule.used.token, args: rule.used.args }]),
    ]),
    ...vcpu.questions(plan),
  ],
  lines: (plan, answers) => [
    ...needed(plan).map(({ rule, needs }) => {
      const used = usedOf(rule, answers.get(`used ${rule.quota}`));
      return quotaLine(plan, rule.quota, answers.get(`quota ${rule.quota}`), { needs, used });
    }),
    ...vcpu.lines(plan, answers),
  ],
};

/** The question for a quota's value; IAM's are told in us-east-1 only. */
export function quotaQuestion(quotaName: Rule["quota"]): Question {
  const { service, code, ...more } = facts.quotas[quotaName];
  return {
    id: `quota ${quotaName}`,
    token: "aws:servicequotas/getServiceQuota:getServiceQuota",
    args: { serviceCode: service, quotaCode: code, ...("global" in more && { region: "us-east-1" }) },
  };
}

/** What is needed of a quota and what is used of it: a number, "nobody knows", or "the provider cannot ask". */
export interface Demand {
  readonly needs: number;
  readonly used: number | "unknown" | "unasked";
  readonly unit?: string;
}

/** The line of one quota. */
export function quotaLine(
  { region }: Plan,
  quotaName: Rule["quota"],
  answer: Answer | undefined,
  demand: Demand,
): Line {
  const { service, code, name, ...more } = facts.quotas[quotaName];
  const { needs, used, unit = "" } = demand;
  const base = { subject: SUBJECT, what: name, needed: `${needs}${unit} more` };
  const value = valueIn(answer, "value");
  if (typeof value !== "number") {
    const got = answer !== undefined && "error" in answer ? reason(answer.error) : "no answer";
    return {
      ...base,
      state: "unknown",
      got,
      fix: `allow servicequotas:GetServiceQuota, or look up ${service} ${code}`,
    };
  }
  const where = "global" in more ? "us-east-1" : region;
  const raised = Math.max(value + needs, needs + (typeof used === "number" ? used : 0));
  const fix = `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${raised} --region ${where}`;
  const told = typeof used === "number" ? `${used} used` : used === "unasked" ? "use not asked" : "use not known";
  const got = `${value}${unit}, ${told}`;
  if (needs + (typeof used === "number" ? used : 0) > value) return { ...base, state: "problem", got, fix };
  // Where a plan takes next to nothing of a quota, what else is used hardly decides; else nobody knows.
  const isSmall = used === "unasked" && needs * 100 <= value;
  return typeof used === "number" || isSmall
    ? { ...base, state: "ok", got: `${got}, ${needs} needed` }
    : { ...base, state: "unknown", got, fix: `see that ${needs} more are left, or raise it: ${fix}` };
}

function needed(plan: Plan): { readonly rule: Rule; readonly needs: number }[] {
  return RULES.map((rule) => ({ rule, needs: rule.needs(plan) })).filter(({ needs }) => needs > 0);
}

function usedOf({ used, unasked }: Rule, answer: Answer | undefined): Demand["used"] {
  if (unasked === true) return "unasked";
  if (used === undefined) return 0;
  return listIn(answer, used.list)?.filter(used.isMeant ?? (() => true)).length ?? "unknown";
}
