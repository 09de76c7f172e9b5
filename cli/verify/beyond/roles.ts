import type { Item } from "../../../policies/inventory";
import type { Answers } from "../../ask/question";
import type { Line } from "../../line";
import { answered, type Finding, foreign, type Look, ofType, textIn, textsIn } from "./finding";

const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const SUBJECT = "Who may do what";

const nameOf = ({ inputs }: Item): string => textIn(inputs, "name");

/** Whether a role of the stack has policies that the stack did not give it: rights that no review has seen. */
export const roles: Look = {
  questions: (held) =>
    ofType(held, ROLE).flatMap((role) => [
      {
        id: `attached to ${nameOf(role)}`,
        token: "aws:iam/getRolePolicyAttachments:getRolePolicyAttachments",
        args: { roleName: nameOf(role) },
      },
      {
        id: `within ${nameOf(role)}`,
        token: "aws:iam/getRolePolicies:getRolePolicies",
        args: { roleName: nameOf(role) },
      },
    ]),
  find: (held, answers): Finding => {
    const found = ofType(held, ROLE).map((role) => {
      const own = (type: string, property: string): readonly string[] =>
        ofType(held, type)
          .filter(({ inputs }) => textIn(inputs, "role") === nameOf(role))
          .map(({ inputs }) => textIn(inputs, property));
      const attached = strangers(answers, `attached to ${nameOf(role)}`, [
        ...own(ATTACHMENT, "policyArn"),
        ...textsIn(role.inputs, "managedPolicyArns"),
      ]);
      const within = strangers(answers, `within ${nameOf(role)}`, own(INLINE, "name"));
      return { role, attached, within, unread: attached === undefined || within === undefined };
    });
    const lines = found.flatMap(({ role, attached = [], within = [] }) =>
      [...attached, ...within].map((policy) => line(role, policy)),
    );
    const unread = found.filter((one) => one.unread).map(({ role }) => unknown(role, answers));
    const allIsWell: Line = {
      state: "ok",
      subject: SUBJECT,
      what: `policies of ${found.length} roles`,
      got: "those of this stack and no others",
    };
    const items = found.flatMap(({ role, attached = [] }) =>
      attached.map((policyArn) =>
        foreign(ATTACHMENT, `${nameOf(role)}/${policyArn}`, { role: nameOf(role), policyArn }),
      ),
    );
    const isWell = found.length > 0 && lines.length + unread.length === 0;
    return { lines: isWell ? [allIsWell] : [...lines, ...unread], items };
  },
};

/** Policies that AWS names and the stack does not; undefined where AWS did not answer. */
function strangers(answers: Answers, question: string, ours: readonly string[]): readonly string[] | undefined {
  const answer = answers.get(question);
  if (answer === undefined || !("value" in answer)) return undefined;
  const { attachedPolicies } = answer.value;
  const named = Array.isArray(attachedPolicies)
    ? (attachedPolicies as { readonly policyArn: string }[]).map(({ policyArn }) => policyArn)
    : textsIn(answer.value, "policyNames");
  return named.filter((name) => !ours.includes(name));
}

function unknown(role: Item, answers: Answers): Line {
  const what = `policies of role ${nameOf(role)}`;
  const said = [`attached to ${nameOf(role)}`, `within ${nameOf(role)}`]
    .map((question) => answered(answers.get(question), SUBJECT, what))
    .find((one) => "line" in one);
  return said !== undefined && "line" in said
    ? said.line
    : { state: "unknown", subject: SUBJECT, what, got: "no answer" };
}

function line(role: Item, policy: string): Line {
  return {
    state: "problem",
    subject: SUBJECT,
    what: `role ${nameOf(role)}`,
    got: `has ${policy}, given outside this stack`,
    needed: "only the policies of this stack",
    fix: "take it away again, or write it into the configuration where the controls can judge it",
  };
}
