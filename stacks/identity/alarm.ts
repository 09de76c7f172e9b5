import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { key } from "../keys/key";
import { alarmsKeyPolicy, becomesBreakGlass, publisherPermissions, publisherTrust, topicPolicy } from "./alarm-policy";
import { roleName } from "./name";

/** The mail's text: who, when, from where. A path that an event lacks leaves a gap, never an error. */
const MAIL = {
  inputPaths: {
    who: "$.detail.userIdentity.arn",
    when: "$.time",
    from: "$.detail.sourceIPAddress",
    what: "$.detail.requestParameters.roleArn",
    refused: "$.detail.errorCode",
  },
  inputTemplate: [
    '"Somebody becomes break-glass: <what>"',
    '"who: <who>, from: <from>, when: <when>, refused: <refused>"',
    '"If nobody on call says it was them, treat it as an incident."',
  ].join("\n"),
};

/** Where alarms of this cluster go: an encrypted topic that reaches the owner by mail. */
export class BreakGlassAlarm extends pulumi.ComponentResource {
  /** For others who want to hear of it too. */
  readonly topicArn: pulumi.Output<string>;
  /** The role under which EventBridge publishes. */
  readonly publisherArn: pulumi.Output<string>;

  constructor(
    name: string,
    { blueprint }: { readonly blueprint: ClusterBlueprint },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("bulwark:index:BreakGlassAlarm", name, {}, opts);

    const encryption = this.key(name, blueprint);
    const topic = this.topic(name, blueprint, encryption);
    const publisher = this.publisher(name, blueprint);
    this.rule(name, blueprint, topic, publisher);

    this.topicArn = topic.arn;
    this.publisherArn = publisher.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }

  private key(name: string, blueprint: ClusterBlueprint): aws.kms.Key {
    return key(
      `${name}-alarms`,
      {
        description: `alarms of EKS cluster ${blueprint.cluster.name}`,
        policy: alarmsKeyPolicy(blueprint),
        alias: `bulwark/${blueprint.cluster.name}/alarms`,
      },
      { parent: this, protect: blueprint.teardown === undefined },
    );
  }

  private topic(name: string, blueprint: ClusterBlueprint, encryption: aws.kms.Key): aws.sns.Topic {
    const topic = new aws.sns.Topic(
      `${name}-alarms`,
      { name: roleName(blueprint, "alarms"), kmsMasterKeyId: encryption.arn },
      { parent: this },
    );
    new aws.sns.TopicPolicy(`${name}-alarms`, { arn: topic.arn, policy: topicPolicy(blueprint) }, { parent: this });
    // The owner confirms it once, by the link in the first mail.
    new aws.sns.TopicSubscription(
      `${name}-owner`,
      { topic: topic.arn, protocol: "email", endpoint: blueprint.owner },
      { parent: this },
    );
    return topic;
  }

  private publisher(name: string, blueprint: ClusterBlueprint): aws.iam.Role {
    const publisher = new aws.iam.Role(
      `${name}-alarm`,
      {
        name: roleName(blueprint, "alarm"),
        description: `Publishes alarms of EKS cluster ${blueprint.cluster.name}`,
        assumeRolePolicy: publisherTrust(blueprint),
      },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      `${name}-alarm`,
      {
        name: `${name}-alarm`,
        role: publisher.name,
        policy: publisherPermissions(blueprint),
      },
      { parent: this },
    );
    return publisher;
  }

  /**
   * To become a role counts as reading, which a rule sees only in this state ("Receiving read-only management events
   * from AWS services"), and only while the account has a trail.
   *
   * @control identity-break-glass-alarm
   */
  private rule(name: string, blueprint: ClusterBlueprint, topic: aws.sns.Topic, publisher: aws.iam.Role): void {
    const rule = new aws.cloudwatch.EventRule(
      `${name}-break-glass`,
      {
        name: roleName(blueprint, "break-glass"),
        description: `Somebody becomes the break-glass role of EKS cluster ${blueprint.cluster.name}`,
        eventPattern: becomesBreakGlass(blueprint.access.breakGlass),
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      `${name}-break-glass`,
      {
        targetId: `${name}-break-glass`,
        rule: rule.name,
        arn: topic.arn,
        roleArn: publisher.arn,
        inputTransformer: MAIL,
      },
      { parent: this },
    );
  }
}
