import { speaksOf, type Statement, statementsOf } from "../../twin/aws/iam/document";
import type { Key, ResourcePolicy } from "../../twin/iam/holdings";
import { componentOf } from "../component";
import { actions, code, conditions, type Place, resources, short, table, who } from "./words";

// What an action of KMS is to a reader; the first action of each stands for it.
const USES: readonly (readonly [verb: string, actions: readonly string[]])[] = [
  ["administer", ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]],
  ["encrypt", ["kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptTo"]],
  ["decrypt", ["kms:Decrypt", "kms:ReEncryptFrom"]],
  ["hand it on", ["kms:CreateGrant"]],
];

/** Every key: who administers it, who encrypts and decrypts with it, who may hand it on by a grant, and when. */
export function keyTable(keys: readonly Key[], place: Place): string {
  const rows = keys.flatMap((key) =>
    statementsOf(key.policy).map((statement, index) => [
      index === 0 ? `${code(key.aliases[0] ?? key.name)}<br>${componentOf(key.urn)}` : "",
      who(statement, place),
      verbs(statement),
      conditions(statement, place),
    ]),
  );
  return table(["key", "who", "may", "when"], rows);
}

function verbs(statement: Statement): string {
  const said = USES.filter(([, all]) => all.some((action) => speaksOf(statement, action))).map(([verb]) => verb);
  const verb = said.length === 0 ? actions(statement) : said.join(", ");
  return statement.allows ? verb : `**never** ${verb}`;
}

/** The policies of buckets, topics, queues, secrets and log groups. */
export function resourceTable(policies: readonly ResourcePolicy[], place: Place): string {
  const rows = policies.flatMap(({ urn, of, policy }) =>
    statementsOf(withVersion(policy)).map((statement, index) => [
      index === 0 ? `${code(short(of, place))}<br>${componentOf(urn)}` : "",
      who(statement, place),
      `${statement.allows ? "" : "**never** "}${actions(statement)}`,
      resources(statement, place),
      conditions(statement, place),
    ]),
  );
  return table(["policy of", "who", "may", "on", "when"], rows);
}

/** Unlike IAM's, a resource's policy may leave out its version. */
function withVersion(policy: string): string {
  return JSON.stringify({ Version: "2008-10-17", ...(JSON.parse(policy) as object) });
}
