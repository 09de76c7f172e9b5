import type { Example } from "../../cli/iam/examples";
import type { Caller, Identity } from "../../twin/iam/caller";
import { EVERYTHING, identityOf } from "./managed";

const OTHER_ACCOUNT = "444455556666";

// Everything of AWS that could plausibly call KMS or a bucket on its own account.
const SERVICES = [
  "autoscaling",
  "backup",
  "cloudtrail",
  "cloudwatch",
  "codebuild",
  "config",
  "delivery.logs",
  "ec2",
  "eks",
  "events",
  "lambda",
  "logdelivery.elasticloadbalancing",
  "logging.s3",
  "logs.eu-central-1",
  "logs.us-east-1",
  "pods.eks",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "vpc-flow-logs",
];

/** Whoever might call, by a short name. */
export type Universe = ReadonlyMap<string, Caller>;

/**
 * Everybody whose hands a key or a role could fall into: the roles of all examples with their real policies, the roles that
 * key policies count on but others make (they may do everything in IAM; AWS's service-linked ones nothing), the root user,
 * two bystanders of the account, another account's namesakes, services, and nobody in particular.
 */
export function universeOf(examples: readonly Example[]): Universe {
  const [account = ""] = examples.map(({ place }) => place.account);
  const made = examples.flatMap(({ holdings }) => holdings.roles.map(identityOf));
  const arns = new Set(made.map(({ arn }) => arn));
  const expected = [...namedInPolicies(examples)].filter((arn) => !arns.has(arn) && arn.includes(":role/"));
  const identities: readonly Identity[] = [
    ...made,
    ...expected.map((arn) => ({ arn, policies: arn.includes("/aws-service-role/") ? [] : [EVERYTHING] })),
    { arn: `arn:aws:iam::${account}:root` },
    { arn: `arn:aws:iam::${account}:role/unrelated-administrator`, policies: [EVERYTHING] },
    { arn: `arn:aws:iam::${account}:role/unrelated` },
  ];
  const strangers = [
    "role/platform-admin",
    "role/bulwark-production-cluster",
    "role/bulwark-production-ebs-csi",
    "root",
  ];
  return new Map<string, Caller>([
    ...identities.map((identity) => [shortName(identity.arn), identity] as const),
    ...strangers.map((name) => stranger(name)),
    ...SERVICES.map((name) => [`service ${name}`, { service: `${name}.amazonaws.com` }] as const),
    ["anonymous", "anonymous"],
  ]);
}

/** `arn:aws:iam::111122223333:role/a/b` → `a/b`. */
export const shortName = (arn: string): string => arn.replace(/^arn:aws:iam::\d+:(role\/)?/, "");

function stranger(name: string): readonly [string, Identity] {
  return [`stranger ${name}`, { arn: `arn:aws:iam::${OTHER_ACCOUNT}:${name}`, policies: [EVERYTHING] }];
}

/** Every principal that a key policy names by its ARN. */
function namedInPolicies(examples: readonly Example[]): ReadonlySet<string> {
  const texts = examples.flatMap(({ holdings }) => holdings.keys.map(({ policy }) => policy));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/"(arn:aws:iam::\d{12}:[^"*]+)"/g)].map(([, arn = ""]) => arn)),
  );
}
