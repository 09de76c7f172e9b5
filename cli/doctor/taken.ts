import type { Answer, Question } from "../ask/question";
import { words } from "../component";
import type { Line } from "../line";
import { reason } from "../verify/beyond/finding";
import { type Check, known, listIn, ofType } from "./check";
import type { Plan } from "./plan";

const SUBJECT = "Names";

/** A kind of name that AWS gives away once: which input holds it, and how to ask whether it is gone. */
interface Kind {
  readonly type: string;
  readonly property: string;
  /** The question about one name, or about all of them where the answer is a list. */
  readonly question: (name: string) => Omit<Question, "id">;
  /** The list of taken names in the answer; absent: any answer at all says that the name is taken. */
  readonly list?: string;
}

const KINDS: readonly Kind[] = [
  {
    type: "aws:eks/cluster:Cluster",
    property: "name",
    question: () => ({ token: "aws:eks/getClusters:getClusters", args: {} }),
    list: "names",
  },
  {
    type: "aws:iam/role:Role",
    property: "name",
    question: (name) => ({
      token: "aws:iam/getRoles:getRoles",
      args: { nameRegex: `^${name.replaceAll(".", "\\.")}$` },
    }),
    list: "names",
  },
  {
    type: "aws:iam/policy:Policy",
    property: "name",
    question: (name) => ({ token: "aws:iam/getPolicy:getPolicy", args: { name } }),
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    property: "name",
    question: (name) => ({ token: "aws:cloudwatch/getLogGroups:getLogGroups", args: { logGroupNamePrefix: name } }),
    list: "logGroupNames",
  },
  {
    type: "aws:kms/alias:Alias",
    property: "name",
    question: (name) => ({ token: "aws:kms/getAlias:getAlias", args: { name } }),
  },
  {
    type: "aws:s3/bucket:Bucket",
    property: "bucket",
    question: (name) => ({ token: "aws:s3/getBucket:getBucket", args: { bucket: name } }),
  },
];

/** Whether a name that the stack would take is taken already, by an older try or by somebody else. */
export const taken: Check = {
  questions: (plan) =>
    KINDS.flatMap((kind) =>
      namesOf(plan, kind).map((name) => ({ id: `${kind.type} ${name}`, ...kind.question(name) })),
    ),
  lines: (plan, answers) =>
    KINDS.flatMap((kind): Line[] => {
      const names = namesOf(plan, kind);
      const open = names.flatMap((name) => lineOf(kind, name, answers.get(`${kind.type} ${name}`)));
      if (names.length === 0 || open.length > 0) return open;
      const what = words(kind.type);
      return [{ state: "ok", subject: SUBJECT, what, got: `${names.length} free: ${shortened(names)}` }];
    }),
};

function namesOf(plan: Plan, { type, property }: Kind): readonly string[] {
  return ofType(plan, type).flatMap((one) => {
    const name = known(one, property);
    // Pulumi's own names end in seven random digits, other ones at every preview.
    return name === undefined || /-[0-9a-f]{7}$/.test(name) ? [] : [name];
  });
}

function lineOf(kind: Kind, name: string, answer: Answer | undefined): Line[] {
  const what = `${words(kind.type)} ${name}`;
  if (answer === undefined) return [{ state: "unknown", subject: SUBJECT, what, got: "no answer" }];
  if ("error" in answer) {
    if (/NotFound|NoSuch|couldn't find|empty result/i.test(answer.error)) return [];
    // S3 answers so for a bucket of another account: bucket names are one list for the whole world.
    const isForeign = /\b403\b|Forbidden|AccessDenied/.test(answer.error) && kind.property === "bucket";
    if (!isForeign) return [{ state: "unknown", subject: SUBJECT, what, got: reason(answer.error) }];
  } else if (kind.list !== undefined && listIn(answer, kind.list)?.includes(name) !== true) {
    return [];
  }
  const fix = "delete it if it is left over from an older try, else choose another name";
  return [{ state: "problem", subject: SUBJECT, what, got: "taken, and not by this stack", needed: "free", fix }];
}

function shortened(names: readonly string[]): string {
  const [first = "", second, ...rest] = names;
  return [first, ...(second === undefined ? [] : [second]), ...(rest.length > 0 ? [`${rest.length} more`] : [])].join(
    ", ",
  );
}
