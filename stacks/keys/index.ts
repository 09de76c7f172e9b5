import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { key } from "./key";
import { backupsPolicy, disksPolicy, logsPolicy, secretsManagerPolicy, secretsPolicy } from "./policy";

export interface KeysArgs {
  readonly blueprint: ClusterBlueprint;
}

/**
 * The KMS keys of one cluster, one a purpose: whoever may use one of them can read nothing that another protects. Their
 * policies name roles by ARN and depend on no resource, so the keys come first.
 */
export class Keys extends pulumi.ComponentResource {
  /** Wraps the data keys of Kubernetes secrets in etcd. */
  readonly secrets: aws.kms.Key;
  /** Encrypts node and persistent volumes. */
  readonly disks: aws.kms.Key;
  /** Encrypts the log groups of control plane, network and resolver. */
  readonly logs: aws.kms.Key;
  /** Encrypts what lies in AWS Secrets Manager. */
  readonly secretsManager: aws.kms.Key;
  /** Encrypts recovery points. */
  readonly backups: aws.kms.Key;

  constructor(name: string, { blueprint }: KeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Keys", name, {}, opts);

    const { cluster } = blueprint;
    const make = (purpose: string, what: string, policy: string) =>
      key(
        `${name}-${purpose}`,
        { description: `${what} of cluster ${cluster.name}`, policy, alias: `bulwark/${cluster.name}/${purpose}` },
        /** @control keys-protected */
        { parent: this, protect: blueprint.teardown === undefined },
      );

    this.secrets = make("secrets", "Kubernetes secrets", secretsPolicy(blueprint));
    this.disks = make("disks", "node and persistent volumes", disksPolicy(blueprint));
    this.logs = make("logs", "log groups", logsPolicy(blueprint));
    this.secretsManager = make("secrets-manager", "AWS Secrets Manager", secretsManagerPolicy(blueprint));
    this.backups = make("backups", "recovery points", backupsPolicy(blueprint));
    this.registerOutputs();
  }
}
