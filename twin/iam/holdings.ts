import type { Properties } from "../behaviour";
import type { Leftover } from "../request";
import type { Registration } from "../registration";

/** A policy document and what it is called. */
interface Named {
  readonly name: string;
  readonly document: string;
}

/** A role as a program makes it, with everything that was given to it. */
export interface Role {
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  /** The document that says who may assume it. */
  readonly trust: string;
  readonly sessionSeconds: number;
  /** The most that it may ever do; without a document where the program does not make the policy itself. */
  readonly boundary?: { readonly name: string; readonly document?: string };
  /** Policies of the program's own, inline or attached. */
  readonly own: readonly Named[];
  /** The ARNs of policies that others keep, AWS's for the most part. */
  readonly managed: readonly string[];
}

/** A KMS key as a program makes it. */
export interface Key {
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  readonly aliases: readonly string[];
  readonly policy: string;
}

/** The policy of any other resource: a bucket, a topic, a queue, a secret, CloudWatch Logs. */
export interface ResourcePolicy {
  readonly urn: string;
  readonly type: string;
  /** The resource's name or ARN, as the program wrote it. */
  readonly of: string;
  readonly policy: string;
}

/** Everything in a program that says who may do what. */
export interface Holdings {
  readonly roles: readonly Role[];
  readonly keys: readonly Key[];
  readonly resourcePolicies: readonly ResourcePolicy[];
}

/** Where a run happened, and what it left. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly registrations: readonly Registration[];
  /** What the account holds: the ids that AWS chose. */
  readonly made: readonly Leftover[];
}

// Where a resource's policy stands: the type, the input that names the resource, the input that holds the policy.
const POLICIES = [
  ["aws:s3/bucketPolicy:BucketPolicy", "bucket", "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", "arn", "policy"],
  ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl", "policy"],
  ["aws:sqs/queue:Queue", "name", "policy"],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn", "policy"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy", "repository", "policy"],
  ["aws:backup/vaultPolicy:VaultPolicy", "backupVaultName", "policy"],
  ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyName", "policyDocument"],
] as const;

/** Collects from a run who may do what, sorted by name. */
export function holdingsOf(place: Place): Holdings {
  return {
    roles: ofType(place, "aws:iam/role:Role").map((role) => readRole(role, place)),
    keys: ofType(place, "aws:kms/key:Key").map((key) => readKey(key, place)),
    resourcePolicies: POLICIES.flatMap(([type, of, policy]) =>
      ofType(place, type)
        .filter(({ inputs }) => inputs[policy] !== undefined)
        .map(({ urn, inputs }) => ({ urn, type, of: text(inputs, of), policy: text(inputs, policy) })),
    ),
  };
}

function readRole({ urn, inputs }: Registration, place: Place): Role {
  const name = idOf(urn, place);
  const attached = ofType(place, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter((each) => each.inputs["role"] === name)
    .map((each) => text(each.inputs, "policyArn"));
  const arns = [...attached, ...list(inputs["managedPolicyArns"]).map(String)];
  const policies = new Map(
    ofType(place, "aws:iam/policy:Policy").map((policy) => [idOf(policy.urn, place), readPolicy(policy)] as const),
  );
  const inline = ofType(place, "aws:iam/rolePolicy:RolePolicy").filter((each) => each.inputs["role"] === name);
  const within = list(inputs["inlinePolicies"]).map((each) => each as Properties);
  const boundary = inputs["permissionsBoundary"] === undefined ? undefined : text(inputs, "permissionsBoundary");
  return {
    urn,
    name,
    arn: `arn:aws:iam::${place.account}:role${inputs["path"] === undefined ? "/" : text(inputs, "path")}${name}`,
    trust: text(inputs, "assumeRolePolicy"),
    sessionSeconds: Number(inputs["maxSessionDuration"] ?? 3600),
    ...(boundary === undefined ? {} : { boundary: policies.get(boundary) ?? { name: boundary } }),
    own: [
      ...inline.map(readPolicy),
      ...within.map((each) => ({ name: text(each, "name"), document: text(each, "policy") })),
      ...arns.flatMap((arn) => policies.get(arn) ?? []),
    ],
    managed: arns.filter((arn) => !policies.has(arn)).sort(),
  };
}

function readPolicy({ name, inputs }: Registration): Named {
  return { name: inputs["name"] === undefined ? name : text(inputs, "name"), document: text(inputs, "policy") };
}

function readKey({ urn, name, inputs }: Registration, place: Place): Key {
  const id = idOf(urn, place);
  const aliases = ofType(place, "aws:kms/alias:Alias").filter((alias) => alias.inputs["targetKeyId"] === id);
  return {
    urn,
    name,
    arn: `arn:aws:kms:${place.region}:${place.account}:key/${id}`,
    aliases: aliases.map((alias) => text(alias.inputs, "name")),
    policy: text(inputs, "policy"),
  };
}

const ofType = ({ registrations }: Place, type: string): readonly Registration[] =>
  registrations.filter((each) => each.type === type).sort((one, other) => (one.name < other.name ? -1 : 1));

function idOf(urn: string, { made }: Place): string {
  const found = made.find((each) => each.urn === urn);
  if (found === undefined) throw new Error(`the account holds no ${urn}`);
  return found.id;
}

function text(inputs: Properties, name: string): string {
  const value = inputs[name];
  return typeof value === "string" ? value : "";
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
