import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, pinned } from "../iam-document";
import type { Inventory, Item, Subject } from "../inventory";
import { isSet } from "../unknown";
import { ENTRY, role, trusting } from "./example";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const RULE = token<aws.cloudwatch.EventRuleArgs>("aws:cloudwatch/eventRule:EventRule");
const TARGET = token<aws.cloudwatch.EventTargetArgs>("aws:cloudwatch/eventTarget:EventTarget");
const TOPIC = token<aws.sns.TopicArgs>("aws:sns/topic:Topic");
const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");

/** The only state in which a rule sees that somebody becomes a role ("Receiving read-only management events"). */
const SEES_READING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const SINGLE_SIGN_ON = /:role\/aws-reserved\/sso\.amazonaws\.com\//;

const account = { Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" };
const people = (...arns: string[]) => ({ ArnEquals: { "aws:PrincipalArn": arns } });
const factor = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const trust = trusting({ ...account, Condition: { ...people(role("on-call")), ...factor } });

/** The role for the day on which nothing else works: short, guarded, and never used in silence. */
export const breakGlass: readonly Control[] = [
  inventoryControl({
    id: "identity-break-glass-session",
    title: "A break-glass session ends after an hour",
    severity: "high",
    why: "a session that outlives the incident is an administrator whom nobody remembers",
    fix: "set `maxSessionDuration: 3600`",
    refs: { catalogue: "EKS-IAM-3" },
    about: [ENTRY],
    *check(entry, inventory) {
      for (const { name, inputs } of rolesOf(entry, inventory))
        if ((inputs.maxSessionDuration ?? 3600) > 3600)
          yield `sessions of role ${name} last ${inputs.maxSessionDuration ?? 0} seconds`;
    },
    good: [[reserve(), roleWith({ maxSessionDuration: 3600 })], [reserve()]],
    bad: [[reserve(), roleWith({ maxSessionDuration: 43200 })]],
  }),

  inventoryControl({
    id: "identity-break-glass-mfa",
    title: "Only named people with a second factor become break-glass",
    severity: "critical",
    why: "one stolen key would be the whole cluster",
    fix: "name the principals and ask for `aws:MultiFactorAuthPresent`; for roles of IAM Identity Center, whose second factor AWS does not see, name nobody else",
    refs: { catalogue: "EKS-IAM-3" },
    about: [ENTRY],
    *check(entry, inventory) {
      for (const { name, inputs } of rolesOf(entry, inventory)) {
        for (const statement of allowsOf(inputs.assumeRolePolicy)) {
          const named = [
            ...pinned(statement, "aws:PrincipalArn"),
            ...statement.principals.map(({ value }) => value).filter((value) => !value.endsWith(":root")),
          ];
          const guarded = statement.conditions.some(
            ({ operator, key, values }) =>
              operator === "Bool" && key === "aws:multifactorauthpresent" && values.join() === "true",
          );
          if (named.length === 0 || named.some((arn) => /[*?]/.test(arn)))
            yield `the trust of role ${name} names nobody to their end`;
          else if (!guarded && !named.every((arn) => SINGLE_SIGN_ON.test(arn)))
            yield `the trust of role ${name} asks for no second factor`;
        }
      }
    },
    good: [
      [reserve(), roleWith({ assumeRolePolicy: trust })],
      [
        reserve(),
        roleWith({
          assumeRolePolicy: trusting({
            ...account,
            Condition: people(role("aws-reserved/sso.amazonaws.com/AWSReservedSSO_OnCall_0123456789abcdef")),
          }),
        }),
      ],
    ],
    bad: [
      [reserve(), roleWith({ assumeRolePolicy: trusting({ ...account, Condition: people(role("on-call")) }) })],
      [reserve(), roleWith({ assumeRolePolicy: trusting({ ...account, Condition: factor }) })],
      [
        reserve(),
        roleWith({ assumeRolePolicy: trusting({ ...account, Condition: { ...people(role("*")), ...factor } }) }),
      ],
      [
        reserve(),
        roleWith({
          assumeRolePolicy: trusting({
            ...account,
            Condition: { ...people(role("on-call")), BoolIfExists: factor.Bool },
          }),
        }),
      ],
    ],
  }),

  inventoryControl({
    id: "identity-break-glass-alarm",
    title: "Nobody becomes break-glass in silence",
    severity: "high",
    why: "a reserve that can be used unseen is a back door",
    fix: "let an EventBridge rule on AssumeRole, in the state that sees read-only calls, publish to a topic encrypted with a key of our own",
    refs: {},
    about: [ENTRY],
    *check(entry, inventory) {
      if (!isReserve(entry)) return;
      const { principalArn } = entry.inputs;
      const watching = inventory.all(RULE).filter(({ inputs }) => watches(inputs.eventPattern, principalArn));
      if (watching.length === 0) yield "no rule matches somebody who becomes the role";
      for (const rule of watching) {
        if (rule.inputs.state !== SEES_READING)
          yield `rule ${rule.name} does not see calls that AWS counts as reading, and this is one`;
        const targets = inventory.linking(TARGET, "rule", rule);
        const topics = targets.flatMap((target) => inventory.linked(target, "arn", TOPIC));
        for (const target of targets.filter(({ inputs }) => !isSet(inputs, "roleArn")))
          yield `target ${target.name} publishes under no role, and SNS supports no condition on EventBridge itself`;
        if (topics.length === 0) yield `rule ${rule.name} tells nobody`;
        for (const topic of topics)
          if (!isSet(topic.inputs, "kmsMasterKeyId") || inventory.linked(topic, "kmsMasterKeyId", KEY).length === 0)
            yield `topic ${topic.name} is not encrypted with a key of this stack, and AWS's own key admits no EventBridge`;
      }
    },
    good: [[reserve(), ...alarm()]],
    bad: [
      [reserve()],
      [reserve(), ...alarm({ state: "ENABLED" })],
      [reserve(), ...alarm({ watched: role("another") })],
      [reserve(), ...alarm({ key: "alias/aws/sns" })],
      [reserve(), ...alarm({ publisher: {} })],
      [reserve(), ...alarm().slice(0, 1)],
    ],
  }),
];

type Entry = Subject<(typeof ENTRY)["inputs"] & object>;

function isReserve({ inputs }: Entry): boolean {
  return inputs.tags?.["bulwark:purpose"] === "break-glass";
}

/** The role behind the break-glass entry, if this stack makes it. */
function rolesOf(entry: Entry, inventory: Inventory) {
  if (!isReserve(entry)) return [];
  const name = entry.inputs.principalArn.split("/").at(-1);
  return inventory.all(ROLE).filter(({ inputs }) => isSet(inputs, "name") && inputs.name === name);
}

function watches(pattern: string | undefined, roleArn: string): boolean {
  const { detail = {} } = JSON.parse(pattern ?? "{}") as {
    readonly detail?: {
      readonly eventName?: readonly string[];
      readonly requestParameters?: { readonly roleArn?: readonly string[] };
    };
  };
  return (
    detail.eventName?.includes("AssumeRole") === true && detail.requestParameters?.roleArn?.includes(roleArn) === true
  );
}

function reserve(): Item {
  return item(ENTRY, "break-glass", {
    clusterName: "production",
    principalArn: role("bulwark-production-break-glass"),
    tags: { "bulwark:purpose": "break-glass" },
  });
}

function roleWith(inputs: Partial<(typeof ROLE)["inputs"] & object>): Item {
  return item(ROLE, "break-glass", { name: "bulwark-production-break-glass", assumeRolePolicy: trust, ...inputs });
}

function alarm({
  state = SEES_READING,
  watched = role("bulwark-production-break-glass"),
  key = "",
  publisher = { roleArn: role("publisher") },
}: {
  readonly state?: string;
  readonly watched?: string;
  readonly key?: string;
  readonly publisher?: { readonly roleArn?: string };
} = {}): Item[] {
  const detail = { eventName: ["AssumeRole"], requestParameters: { roleArn: [watched] } };
  const rule = item(RULE, "break-glass", { eventPattern: JSON.stringify({ detail }), state });
  const own = item(KEY, "alarms", {});
  const links = key === "" ? { kmsMasterKeyId: [own] } : {};
  const topic = item(TOPIC, "alarms", { kmsMasterKeyId: key || "k" }, { links });
  const target = item(
    TARGET,
    "break-glass",
    { rule: "r", arn: "t", ...publisher },
    { links: { rule: [rule], arn: [topic] } },
  );
  return [rule, own, topic, target];
}
