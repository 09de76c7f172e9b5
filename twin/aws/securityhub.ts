import type { Behaviour, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { text } from "./property";

const HUB = "aws:securityhub/account:Account";
const SUBSCRIPTION = "aws:securityhub/standardsSubscription:StandardsSubscription";

/** What a new hub subscribes to unless told not to: CIS 1.2 and the AWS Foundational Security Best Practices. */
const defaultStandards = ({ region }: World): readonly string[] => [
  "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0",
  `arn:aws:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
];

const hub: Behaviour = {
  token: HUB,
  service: "SecurityHub",
  words: "Security Hub Account",
  replaces: ["enableDefaultStandards"],
  minutes: { create: 0.2, update: 0.1, delete: 0.2 },
  defaults: () => ({
    autoEnableControls: true,
    controlFindingGenerator: "SECURITY_CONTROL",
    enableDefaultStandards: true,
  }),
  refuseCreate: ({ world }) => {
    if (world.find(HUB, world.accountId))
      throw new AwsError("ResourceConflictException", "Account is already subscribed to Security Hub", 409);
  },
  id: ({ world }) => world.accountId,
  outputs: ({ world }) => ({ arn: regionalArn(world, "securityhub", "hub/default") }),
  afterCreate: ({ world, inputs }) => {
    if (inputs["enableDefaultStandards"] === false) return;
    for (const standardsArn of defaultStandards(world)) {
      const id = subscriptionArn(world, standardsArn);
      const note = "Security Hub subscribes a new account to this standard unless enableDefaultStandards is false";
      world.makeBehindTheBack({ type: SUBSCRIPTION, id, properties: { arn: id, standardsArn }, note });
    }
  },
  // A hub takes its subscriptions along.
  afterDelete: ({ world }) => {
    for (const { id } of world.all(SUBSCRIPTION)) world.takeAway(SUBSCRIPTION, id);
  },
};

const subscription: Behaviour = {
  token: SUBSCRIPTION,
  service: "SecurityHub",
  words: "Security Hub Standards Subscription",
  replaces: ["standardsArn"],
  minutes: { create: 1, delete: 1 },
  refuseCreate: ({ world, inputs }) => {
    if (!world.find(HUB, world.accountId))
      throw new AwsError(
        "InvalidAccessException",
        `Account ${world.accountId} is not subscribed to AWS Security Hub`,
        401,
      );
    const arn = text(inputs, "standardsArn") ?? "";
    if (!/^arn:aws:securityhub:[^:]*::(standards|ruleset)\/[^/]+\/v\/[\d.]+$/.test(arn))
      throw new AwsError("InvalidInputException", `Invalid standards ARN: ${arn}`); // wording not verified
  },
  id: ({ world, inputs }) => subscriptionArn(world, text(inputs, "standardsArn") ?? ""),
  outputs: (_, id) => ({ arn: id }),
};

function subscriptionArn(world: World, standardsArn: string): string {
  return regionalArn(world, "securityhub", `subscription/${standardsArn.replace(/^.*::(standards|ruleset)\//, "")}`);
}

/** AWS Security Hub (Terraform provider source; rule J50). */
export const securityhub: readonly Behaviour[] = [hub, subscription];
