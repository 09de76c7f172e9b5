import type { Item } from "../../../policies/inventory";
import type { Answers, Question } from "../../ask/question";
import type { Line } from "../../line";
import type { Held } from "../inventory";
import type { Properties } from "../reading";
import { answered, type Finding, foreign, type Look, ofType, outputsOf, textIn, textsIn } from "./finding";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const CLUSTER = "aws:eks/cluster:Cluster";
const RULES = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;
const SUBJECT = "What may flow";
const ASKED = "security group rules";

/** The group that EKS makes itself: it is in no state, and every node group without a template of its own is in it. */
function eksGroups(held: Held): readonly string[] {
  return ofType(held, CLUSTER).flatMap((cluster) => {
    const { vpcConfig } = outputsOf(held, cluster);
    const id = textIn((vpcConfig ?? {}) as Properties, "clusterSecurityGroupId");
    return id === "" ? [] : [id];
  });
}

const idOf = ({ ids }: Item): string => ids?.[0] ?? "";

/** The rules of the stack's security groups and of EKS's own, by their ids. */
function ruleQuestions(held: Held): readonly Question[] {
  const groups = [...ofType(held, GROUP).map(idOf), ...eksGroups(held)];
  if (groups.length === 0) return [];
  const filters = [{ name: "group-id", values: groups }];
  return [{ id: ASKED, token: "aws:vpc/getSecurityGroupRules:getSecurityGroupRules", args: { filters } }];
}

/** One question for each rule that the stack did not make; asked only when there are any. */
export function strangerQuestions(held: Held, answers: Answers): readonly Question[] {
  return strangers(held, answers).map((id) => ({
    id: `rule ${id}`,
    token: "aws:vpc/getSecurityGroupRule:getSecurityGroupRule",
    args: { securityGroupRuleId: id },
  }));
}

/** Whether somebody opened a security group of the stack; the rule is judged by every control that is about rules. */
export const rules: Look = {
  questions: ruleQuestions,
  find: (held, answers): Finding => {
    if (ruleQuestions(held).length === 0) return { lines: [], items: [] };
    const said = answered(answers.get(ASKED), SUBJECT, ASKED);
    if ("line" in said) return { lines: [said.line], items: [] };
    const read = strangers(held, answers).map((id) => answered(answers.get(`rule ${id}`), SUBJECT, `rule ${id}`));
    const unread = read.flatMap((one) => ("line" in one ? [one.line] : []));
    const opened = read.flatMap((one) => ("value" in one ? [one.value] : [])).filter((rule) => !isEksOwn(held, rule));
    const count = textsIn(said.value, "ids").length;
    const allIsWell: Line = {
      state: "ok",
      subject: SUBJECT,
      what: `${count} ${ASKED}`,
      got: "those of this stack and EKS's own",
    };
    return {
      lines: opened.length + unread.length === 0 ? [allIsWell] : [...opened.map(line), ...unread],
      items: opened.map((rule) =>
        foreign(rule["isEgress"] === true ? RULES.egress : RULES.ingress, textIn(rule, "id"), inputs(rule)),
      ),
    };
  },
};

function strangers(held: Held, answers: Answers): readonly string[] {
  const answer = answers.get(ASKED);
  if (answer === undefined || !("value" in answer)) return [];
  const ours = Object.values(RULES).flatMap((type) => ofType(held, type).map(idOf));
  return textsIn(answer.value, "ids").filter((id) => !ours.includes(id));
}

/** EKS lets its own group talk to itself and out (EKS user guide, "View Amazon EKS security group requirements for clusters"). */
function isEksOwn(held: Held, rule: Properties): boolean {
  const group = textIn(rule, "securityGroupId");
  if (!eksGroups(held).includes(group)) return false;
  return rule["isEgress"] === true || textIn(rule, "referencedSecurityGroupId") === group;
}

/** The rule as a program would have asked for it: the provider answers empty text where AWS answers nothing. */
function inputs(rule: Properties): Properties {
  return Object.fromEntries(
    Object.entries(rule).filter(([property, value]) => value !== "" && !["id", "isEgress"].includes(property)),
  );
}

function line(rule: Properties): Line {
  const way = rule["isEgress"] === true ? "to" : "from";
  const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"].map((peer) => textIn(rule, peer));
  const ports =
    rule["ipProtocol"] === "-1"
      ? "everything"
      : `${textIn(rule, "ipProtocol")} ${String(rule["fromPort"])}–${String(rule["toPort"])}`;
  return {
    state: "problem",
    subject: SUBJECT,
    what: `group ${textIn(rule, "securityGroupId")}`,
    got: `${ports} ${way} ${peers.find((peer) => peer !== "") ?? "?"} (${textIn(rule, "id")}), opened outside this stack`,
    needed: "only the flows of the configuration",
    fix: `aws ec2 revoke-security-group-${rule["isEgress"] === true ? "egress" : "ingress"} --group-id ${textIn(rule, "securityGroupId")} --security-group-rule-ids ${textIn(rule, "id")}`,
  };
}
