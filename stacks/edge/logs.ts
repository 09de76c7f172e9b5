import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { privateBucket } from "../state/bucket";
import { tlsOnly } from "../state/policy";
import { grantedTo } from "./response-team";
import type { Site } from "./site";
import { isKept } from "./site";

/**
 * The bucket of the load balancer's logs. A component of its own, so that the load balancer can wait for everything that
 * makes it safe and writable: Elastic Load Balancing tries to write when logging is switched on.
 */
export class EdgeLogs extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, site: Site, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:EdgeLogs", name, {}, opts);
    const { account, region, cluster, logs } = site.blueprint;
    const own = bucketName(account, region, cluster.name);

    this.bucket = privateBucket(
      `${name}-logs`,
      {
        name: own,
        policy: logsPolicy(own, account, grantedTo(site) !== undefined),
        keepOldVersionsDays: 30,
        expireDays: logs.retentionDays,
        disposable: !isKept(site),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

/** The logs that a load balancer delivers, each under a prefix of its own. */
export const PREFIXES = { access: "access", connection: "connection" } as const;

/** Global, so it carries the account; a hash tells clusters and regions apart where the name had to be cut. */
export function bucketName(account: string, region: string, cluster: string): string {
  const hash = createHash("sha256").update(`${region}/${cluster}`).digest("hex").slice(0, 8);
  return `bulwark-${cluster.toLowerCase().slice(0, 20)}-${hash}-edge-${account}`;
}

/**
 * Elastic Load Balancing may write, and nobody reads without TLS. The path holds the account that owns the load balancer
 * ("Access logs for your Application Load Balancer"), so that no load balancer of others can write here.
 */
export function logsPolicy(bucket: string, account: string, isShared = false): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      tlsOnly(bucket),
      {
        Sid: "LoadBalancerLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: Object.values(PREFIXES).map((prefix) => `arn:aws:s3:::${bucket}/${prefix}/AWSLogs/${account}/*`),
      },
      ...(isShared ? [sharedWithTeam(bucket)] : []),
    ],
  });
}

/**
 * What sharing a bucket with the Shield Response Team grants ("Granting access for the SRT"). It is written here, so that
 * the policy that Shield would complete by itself is complete already, and no `up` takes it away.
 */
function sharedWithTeam(bucket: string) {
  return {
    Sid: "ShieldResponseTeam",
    Effect: "Allow",
    Principal: { Service: "drt.shield.amazonaws.com" },
    Action: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
}
