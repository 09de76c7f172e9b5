import type { ClusterBlueprint } from "../blueprint/schema";
import { clusterArn } from "../identity/trust";
import { ALIASES, defaultBucket, lockKeys, platformOf, readKeys, type Stack, writtenKeys } from "../state/layout";
import { archiveOf, ARCHIVES, keyAlias, logGroupName, projectArn, type RunnerBlueprint, sourceBucket } from "./name";
import { networkStatements } from "./network-permissions";
import { allow, document, type Permission } from "./permission";

/** What the runner's permissions are about: the cluster, what is said of the runner, and the cluster's stack. */
export interface Errand {
  readonly blueprint: ClusterBlueprint;
  readonly runner: RunnerBlueprint;
  readonly stack: Stack;
}

/**
 * All that a build may do in AWS; in the cluster it administers, by its access entry. Every resource is named, so that a
 * preview can judge the document before anything exists. The same document is the role's boundary: what somebody
 * attaches later counts for nothing.
 *
 * @control iam-restricted-resources
 */
export function runnerPolicy(errand: Errand): string {
  const { blueprint, runner } = errand;
  return document(
    ...source(blueprint),
    ...image(runner),
    log(blueprint),
    ...networkStatements(blueprint),
    ...state(errand),
    allow("Cluster", ["eks:DescribeCluster"], clusterArn(blueprint)),
  );
}

/**
 * What the pipeline may do with the runner: bring an archive and start, watch and stop builds. The stack makes it and
 * leaves it to you to attach: the pipeline's role is not ours.
 */
export function pipelinePolicy(blueprint: ClusterBlueprint): string {
  return document(
    allow("Archive", ["s3:PutObject"], `arn:aws:s3:::${sourceBucket(blueprint)}/${ARCHIVES}/*`),
    allow("ArchiveKey", ["kms:GenerateDataKey", "kms:Decrypt"], ...ofAlias(blueprint, keyAlias(blueprint), "s3")),
    allow("Builds", ["codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGetBuilds"], projectArn(blueprint)),
  );
}

/** CodeBuild asks for the bucket's owner and region before it reads ("Allow CodeBuild to interact with other services"). */
function source(blueprint: ClusterBlueprint): Permission[] {
  const bucket = `arn:aws:s3:::${sourceBucket(blueprint)}`;
  return [
    allow("Source", ["s3:GetObject", "s3:GetObjectVersion"], `${bucket}/${archiveOf("*")}`),
    allow("SourceBucket", ["s3:GetBucketAcl", "s3:GetBucketLocation"], bucket),
    allow("SourceKey", ["kms:Decrypt"], ...ofAlias(blueprint, keyAlias(blueprint), "s3")),
  ];
}

function image({ image: name }: RunnerBlueprint): Permission[] {
  const [, account = "", region = "", repository = ""] = /^(\d+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^@]+)/.exec(name) ?? [];
  return [
    allow("Login", ["ecr:GetAuthorizationToken"], "*"),
    allow(
      "Image",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    ),
  ];
}

function log(blueprint: ClusterBlueprint): Permission {
  const group = `arn:aws:logs:${blueprint.region}:${blueprint.account}:log-group:${logGroupName(blueprint)}`;
  return allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], `${group}:*`);
}

/**
 * The cluster's state to read, the platform's to write. Listing tells the names of stacks and no more; narrowed to a
 * prefix S3 would answer 403 instead of 404 for what is not there yet, and Pulumi would give up.
 */
function state({ blueprint, runner, stack }: Errand): Permission[] {
  const bucket = `arn:aws:s3:::${runner.stateBucket ?? defaultBucket(blueprint)}`;
  const objects = (keys: readonly string[]) => keys.map((key) => `${bucket}/${key}`);
  const platform = platformOf(stack);
  return [
    allow("StateNames", ["s3:ListBucket"], bucket),
    allow("StateRead", ["s3:GetObject"], objects([...readKeys(stack), ...writtenKeys(platform)])),
    allow("StateWrite", ["s3:PutObject"], objects(writtenKeys(platform))),
    allow("StateUnlock", ["s3:DeleteObject"], objects(lockKeys(platform))),
    allow("StateKey", ["kms:Decrypt", "kms:GenerateDataKey"], ...ofAlias(blueprint, ALIASES.bucket, "s3")),
    allow("StateSecrets", ["kms:Decrypt"], ...ofAlias(blueprint, ALIASES.secrets)),
  ];
}

/** A key by its alias, whose name is known before the key is, and where it says so only through one service. */
function ofAlias(
  { account, region }: ClusterBlueprint,
  alias: string,
  service?: string,
): [string, NonNullable<Permission["Condition"]>] {
  return [
    `arn:aws:kms:${region}:${account}:key/*`,
    {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${alias}` },
      ...(service !== undefined && { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } }),
    },
  ];
}
