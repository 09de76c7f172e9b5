import { type Example, runExamples } from "../../cli/iam/examples";
import { document } from "./document";
import { EVERYTHING } from "./managed";
import { reachOf, widened } from "./reach";
import type { Target } from "./ways";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

let examples: readonly Example[];
beforeAll(async () => {
  examples = await runExamples();
});

/** Who administers what because that is what the role is for, by the purpose that its access entry is marked with. */
const EXCEPTIONS: readonly { readonly purpose: string; readonly may: readonly Target[]; readonly why: string }[] = [
  {
    purpose: "break-glass",
    may: ["cluster", "keys"],
    why: "mends a cluster and its keys when nobody else can; alarmed",
  },
  { purpose: "deployer", may: ["cluster"], why: "applies the platform layer, which needs every right in the cluster" },
];

function purposeOf({ place, holdings }: Example, name: string): string | undefined {
  const arn = holdings.roles.find((role) => role.name === name)?.arn;
  const entries = place.registrations.filter(({ type }) => type === "aws:eks/accessEntry:AccessEntry");
  const tags = entries.find(({ inputs }) => inputs["principalArn"] === arn)?.inputs["tags"];
  return (tags as Readonly<Record<string, string>> | undefined)?.["bulwark:purpose"];
}

/** The paths that no exception allows. */
function escalations(example: Example): readonly string[] {
  return reachOf(example)
    .filter(({ role, target }) => {
      const purpose = purposeOf(example, role);
      return !EXCEPTIONS.some((each) => each.purpose === purpose && each.may.includes(target));
    })
    .map(({ path }) => path);
}

const production = (): Example => {
  const found = examples.find(({ stack }) => stack === "production");
  if (found === undefined) throw new Error("there is no production example");
  return found;
};

describe("the roles of the examples", () => {
  it("reach no more rights than they are given, by whatever chain", () => {
    expect(examples.flatMap(({ holdings }) => holdings.roles).length).toBeGreaterThan(5);
    expect(examples.flatMap(escalations)).toEqual([]);
  });

  it("are let through only as far as an exception says", () => {
    const reached = reachOf(production()).filter(({ role }) => role === "bulwark-production-break-glass");

    expect([...new Set(reached.map(({ target }) => target))].sort()).toEqual(["cluster", "keys"]);
  });
});

const [NODES, CSI, FLOW_LOGS] = [
  "bulwark-production-nodes",
  "bulwark-production-ebs-csi",
  "bulwark-production-flow-logs",
];
const rewrites = document({ Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::111122223333:role/bulwark-*" });

describe("a role that was given more is reported with the way it takes", () => {
  it.each<readonly [string, string, object, string]>([
    ["rewrites a policy", NODES, { Action: "iam:CreatePolicyVersion" }, `${NODES} → account (iam:CreatePolicyVersion)`],
    ["hides it in a wildcard", NODES, { Action: "iam:Put*" }, `${NODES} → account (iam:PutRolePolicy)`],
    ["leaves it out of a NotAction", NODES, { NotAction: "s3:*" }, `${NODES} → account (iam:AttachRolePolicy)`],
    [
      "becomes any role",
      NODES,
      { Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/*" },
      `${NODES} → x (sts:AssumeRole), a role that nobody here knows`,
    ],
    [
      "becomes any role on a condition that may come true",
      NODES,
      {
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/*",
        Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } },
      },
      `${NODES} → x (sts:AssumeRole), a role that nobody here knows`,
    ],
    [
      "passes any role to a function",
      FLOW_LOGS,
      {
        Action: ["iam:PassRole", "lambda:CreateFunction"],
        Resource: ["arn:aws:iam::111122223333:role/*", "arn:aws:lambda:*:*:*"],
      },
      `${FLOW_LOGS} → x (iam:PassRole and lambda:CreateFunction), a role that nobody here knows`,
    ],
    [
      "lets itself into the cluster",
      NODES,
      { Action: "eks:*AccessPolicy" },
      `${NODES} → cluster (eks:AssociateAccessPolicy)`,
    ],
    ["hands keys on", FLOW_LOGS, { Action: "kms:CreateGrant" }, `${FLOW_LOGS} → keys (kms:CreateGrant)`],
  ])("%s", (_, role, statement, path) => {
    expect(escalations(widened(production(), role, { policy: document(statement) }))).toContain(path);
  });

  it("over roles in between, each with the way to it", () => {
    const paths = escalations(widened(production(), CSI, { policy: rewrites, boundary: "none" }));

    expect(paths).toContain(`${CSI} → account (iam:PutRolePolicy)`);
    expect(paths).toContain(`${NODES} → ${CSI} (eks-auth:AssumeRoleForPodIdentity) → account (iam:PutRolePolicy)`);
  });

  it("over instances that it may enter", () => {
    const nodes = widened(production(), NODES, { policy: rewrites });
    const both = widened(nodes, FLOW_LOGS, { policy: document({ Action: "ssm:SendCommand" }) });

    expect(escalations(both)).toContain(`${FLOW_LOGS} → ${NODES} (ssm:SendCommand) → account (iam:PutRolePolicy)`);
  });
});

describe("a role stays where it is", () => {
  it("when its boundary ends before what it was given", () => {
    expect(escalations(widened(production(), CSI, { policy: EVERYTHING }))).toEqual([]);
  });

  it("when it passes a role that its service does not lend", () => {
    const policy = document({
      Action: ["iam:PassRole", "lambda:CreateFunction"],
      Resource: ["arn:aws:iam::111122223333:role/bulwark-production-cluster", "arn:aws:lambda:*:*:*"],
    });

    expect(escalations(widened(production(), FLOW_LOGS, { policy }))).toEqual([]);
  });
});
