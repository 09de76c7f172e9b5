import type { Example } from "../../cli/iam/examples";
import { speaksOf, statementsOf } from "../../twin/aws/iam/document";
import type { Identity } from "../../twin/iam/caller";
import { decide } from "../../twin/iam/evaluate";
import type { Role } from "../../twin/iam/holdings";
import { document } from "./document";
import { identityOf } from "./managed";
import { ACCOUNT, CLUSTER, type Door, ENTERING, PASSING, type Target } from "./ways";

/** Something that a role can come to administer, and how. */
export interface Found {
  readonly role: string;
  readonly target: Target;
  /** `bulwark-production-nodes → bulwark-production-ebs-csi (eks-auth:AssumeRoleForPodIdentity) → account (…)`. */
  readonly path: string;
}

/** Everything that the roles of an example can come to administer, by whatever chain of other roles. */
export function reachOf(example: Example): readonly Found[] {
  return example.holdings.roles.flatMap((role) => walk(role, example));
}

function walk(start: Role, example: Example): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set([start.arn]);
  const waiting: { readonly role: Role; readonly path: string }[] = [{ role: start, path: start.name }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { role, path } = next;
    for (const { target, by } of administers(role, example))
      found.push({ role: start.name, target, path: `${path} → ${target} (${by})` });
    for (const { arn, by } of becomes(role, example)) {
      if (seen.has(arn)) continue;
      seen.add(arn);
      const other = example.holdings.roles.find((each) => each.arn === arn);
      const step = `${path} → ${arn.split("role/")[1] ?? arn} (${by})`;
      if (other !== undefined) waiting.push({ role: other, path: step });
      // A role of which nothing is known may be an administrator's.
      else found.push({ role: start.name, target: "account", path: `${step}, a role that nobody here knows` });
    }
  }
  return found;
}

function administers(
  role: Role,
  { place, holdings }: Example,
): readonly { readonly target: Target; readonly by: string }[] {
  const identity = identityOf(role);
  const objects = ["role/a", "user/a", "group/a", "policy/a", "oidc-provider/a", "saml-provider/a"];
  const about = [
    ...objects.map((name) => `arn:aws:iam::${place.account}:${name}`),
    ...holdings.roles.map(({ arn }) => arn),
  ];
  const account = ACCOUNT.filter((action) => may(identity, action, place, about));
  const cluster = CLUSTER.filter((set) => set.every((action) => may(identity, action, place))).map((set) =>
    set.join(" and "),
  );
  const entries = place.registrations.filter(
    ({ type, inputs }) =>
      type === "aws:eks/accessPolicyAssociation:AccessPolicyAssociation" && inputs["principalArn"] === role.arn,
  );
  const keys = ["kms:PutKeyPolicy", "kms:CreateGrant"].filter((action) =>
    mayWithKey(identity, action, { place, holdings }),
  );
  return [
    ...account.map((by) => ({ target: "account" as const, by })),
    ...[...cluster, ...entries.map(({ inputs }) => String(inputs["policyArn"]).split("/").at(-1) ?? "")].map((by) => ({
      target: "cluster" as const,
      by,
    })),
    ...keys.map((by) => ({ target: "keys" as const, by })),
  ];
}

/** Whether a role may do this to one of the program's keys, or to a key that leaves everything to IAM. */
function mayWithKey(
  identity: Identity,
  action: string,
  { place, holdings }: Pick<Example, "place" | "holdings">,
): boolean {
  const foreign = {
    arn: `arn:aws:kms:${place.region}:${place.account}:key/of-somebody-else`,
    policy: document({ Action: "kms:*", Principal: { AWS: place.account } }),
    aliases: ["alias/of-somebody-else"],
  };
  return [...holdings.keys, foreign].some(({ arn, policy, aliases }) => {
    // What AWS grants itself for a resource that it attaches is no handing on.
    const context = { "kms:ResourceAliases": aliases, "kms:GrantIsForAWSResource": "false" };
    return decide({ caller: identity, action, resource: { arn, policy }, context, unsaid: "unknown" }) !== "denied";
  });
}

interface Step {
  readonly arn: string;
  readonly by: string;
}

function becomes(role: Role, { place, holdings }: Example): readonly Step[] {
  const identity = identityOf(role);
  const opens = (doors: readonly Door[]) =>
    doors.flatMap(({ service, opened }) =>
      opened.filter((set) => set.every((action) => may(identity, action, place))).map((set) => ({ service, set })),
    );
  const known = holdings.roles.map(({ arn, trust }) => ({ arn, trust }));
  const others = samples(identity, place)
    .filter((arn) => arn.includes(":role/") && !known.some((each) => each.arn === arn))
    .map((arn) => ({ arn, trust: undefined }));

  const assumed = [...known, ...others].filter(({ arn, trust }) => {
    const resource = trust === undefined ? { arn } : { arn, policy: trust };
    return decide({ caller: identity, action: "sts:AssumeRole", resource, unsaid: "unknown" }) !== "denied";
  });
  const passed = opens(PASSING).flatMap(({ service, set }) =>
    [...known, ...others]
      .filter(({ arn, trust }) => trusts(trust, service, place) && may(identity, "iam:PassRole", place, [arn], [arn]))
      .map(({ arn }) => ({ arn, by: ["iam:PassRole", ...set].join(" and ") })),
  );
  const entered = opens(ENTERING).flatMap(({ service, set }) =>
    known.filter(({ trust }) => trusts(trust, service, place)).map(({ arn }) => ({ arn, by: set.join(" and ") })),
  );
  return [...assumed.map(({ arn }) => ({ arn, by: "sts:AssumeRole" })), ...passed, ...entered].filter(
    ({ arn }) => arn !== role.arn,
  );
}

/** Whether a role lets a service of this account have it; of a role that nobody knows that is assumed. */
function trusts(trust: string | undefined, service: string, { account }: Example["place"]): boolean {
  if (trust === undefined) return true;
  const resource = { arn: `arn:aws:iam::${account}:role/a`, policy: trust };
  const caller = { service: `${service}.amazonaws.com` };
  const context = { "aws:SourceAccount": account };
  return decide({ caller, action: "sts:AssumeRole", resource, context, unsaid: "unknown" }) !== "denied";
}

/** Whether an action could go through on anything, under whatever circumstances. */
function may(
  identity: Identity,
  action: string,
  place: Example["place"],
  more: readonly string[] = [],
  about: readonly string[] = ["*", ...samples(identity, place), ...more],
): boolean {
  // Most actions are in no policy at all, which costs less to see than an evaluation.
  const documents = identity.policies ?? [];
  if (!documents.flatMap(statementsOf).some((statement) => statement.allows && speaksOf(statement, action)))
    return false;
  return about.some((arn) => {
    const resource = { arn, account: place.account };
    return decide({ caller: identity, action, resource, unsaid: "unknown" }) !== "denied";
  });
}

/** One resource for each pattern in an identity's policies, of the example's own account and region where it can be. */
function samples({ policies = [], boundary }: Identity, { account, region }: Example["place"]): readonly string[] {
  const patterns = [...policies, ...(boundary === undefined ? [] : [boundary])]
    .flatMap(statementsOf)
    .flatMap(({ resources }) => resources)
    .filter((pattern) => pattern !== "*");
  return [...new Set(patterns)].map((pattern) => {
    const [arn = "", partition = "", service = "", where = "", whose = "", ...rest] = pattern.split(":");
    const of = (part: string, own: string) => (part === "*" ? own : part);
    const parts = [arn, of(partition, "aws"), service, of(where, region), of(whose, account), rest.join(":")];
    return parts.join(":").replaceAll("*", "x").replaceAll("?", "x");
  });
}

/** The same example with a role that was given more. */
export function widened(
  example: Example,
  name: string,
  change: { readonly policy: string; readonly boundary?: "none" },
): Example {
  const roles = example.holdings.roles.map((role) => {
    if (role.name !== name) return role;
    const { boundary, ...rest } = { ...role, own: [...role.own, { name: "more", document: change.policy }] };
    return change.boundary === "none" || boundary === undefined ? rest : { ...rest, boundary };
  });
  return { ...example, holdings: { ...example.holdings, roles } };
}
