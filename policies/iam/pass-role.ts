import { type Control, inventoryControl, item } from "../control";
import { covers, pinned } from "../iam-document";
import { granted, GRANTING, ROLE_POLICY } from "./permissions";

const node = "arn:aws:iam::111122223333:role/bulwark-production-karpenter-node";
const toEc2 = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };

/** Who may lend a role to a service. */
export const passRole: readonly Control[] = [
  inventoryControl({
    id: "iam-pass-role-pinned",
    title: "Whoever passes a role passes one named role to one named service",
    severity: "high",
    why: "a role that is passed works for whoever passed it, with all of its rights and not theirs",
    fix: "name the role's ARN to its end, and the service in a condition on `iam:PassedToService`",
    refs: { catalogue: "EKS-IAM-15" },
    about: GRANTING,
    *check(place) {
      for (const statement of granted(place).filter((one) => covers(one, "iam:PassRole"))) {
        const { resources } = statement;
        const vague = resources.filter((arn) => !/^arn:[\w-]+:iam::\d{12}:role\/[^*?]+$/.test(arn));
        if (vague.length > 0 || resources.length === 0) yield `the policy passes ${vague.join(", ") || "any role"}`;
        const services = pinned(statement, "iam:PassedToService");
        if (services.length === 0 || services.some((one) => /[*?]/.test(one)))
          yield "the policy passes a role to any service";
      }
    },
    good: [passing(node, toEc2), passing("*", {}, "iam:GetRole")],
    bad: [
      passing(node),
      passing("*", toEc2),
      passing("arn:aws:iam::111122223333:role/bulwark-*", toEc2),
      passing(node, { StringEqualsIfExists: { "iam:PassedToService": "ec2.amazonaws.com" } }),
      passing(node, { StringLike: { "iam:PassedToService": "*.amazonaws.com" } }),
      passing(node, {}, "iam:Pass*"),
    ],
  }),
];

function passing(Resource: string, Condition: object = {}, Action = "iam:PassRole") {
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource, Condition }] });
  return [item(ROLE_POLICY, "example", { role: "example", policy })];
}
