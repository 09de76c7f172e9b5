import { from, type Question } from "../ask/question";
import { reason } from "../verify/beyond/finding";
import { type Check, valueIn } from "./check";

const SUBJECT = "Who you are";

/** Who calls, and the role or user behind the session: policies and the simulator name that one. */
const callerQuestions: readonly Question[] = [
  { id: "caller", token: "aws:index/getCallerIdentity:getCallerIdentity", args: {} },
  { id: "principal", token: "aws:iam/getSessionContext:getSessionContext", args: { arn: from("caller", "arn") } },
];

/** Whether the caller is among those who administer the keys: KMS refuses a key policy that locks its author out. */
export const caller: Check = {
  questions: () => callerQuestions,
  lines: ({ account, administrators }, answers) => {
    const said = answers.get("principal");
    const principal = valueIn(said, "issuerArn");
    if (typeof principal !== "string") {
      const why = said !== undefined && "error" in said ? reason(said.error) : "no answer";
      return [
        { state: "unknown", subject: SUBJECT, what: "role", got: why, fix: "allow iam:GetRole for your own role" },
      ];
    }
    const isAmong = administrators.some((one) => covers(one, principal));
    return [
      {
        state: isAmong ? "ok" : "problem",
        subject: SUBJECT,
        what: `account ${account}`,
        got: principal,
        needed: "one of access.administrators",
        fix: "add it to access.administrators, or run as one of them: a key policy must admit its author",
      },
    ];
  },
};

function covers(pattern: string, arn: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(arn);
}
