import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { AccountBlueprint } from "../blueprint/schema";
import { key } from "../keys/key";
import { defaultDisksPolicy } from "../keys/policy";
import { posture, settle } from "./setting";

export interface AccountArgs {
  readonly blueprint: AccountBlueprint;
}

/**
 * What AWS has one of in an account and region. Deleting such a setting does not free a resource, it weakens
 * everything that is created afterwards (EBS encryption goes off, metadata falls back to no preference), and other
 * clusters rely on it: so a destroy leaves it as it is. Only `managed: "off"` switches something off.
 */
export class Account extends pulumi.ComponentResource {
  /** Encrypts every volume of the region that names no key of its own. */
  readonly disks: aws.kms.Key;
  /** Setting → who manages it and in which state it is. */
  readonly settings: Readonly<Record<string, string>>;

  constructor(name: string, { blueprint }: AccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Account", name, {}, opts);

    this.disks = this.diskKey(name, blueprint);
    this.diskEncryption(name, blueprint);
    this.instanceMetadata(name, blueprint);
    this.imageSharing(name, blueprint);

    this.settings = {
      ebsEncryption: posture(blueprint.ebsEncryption),
      instanceMetadata: posture(blueprint.instanceMetadata),
      imageBlockPublicAccess: posture(blueprint.imageBlockPublicAccess),
    };
    this.registerOutputs({ settings: this.settings });
  }

  /** Kept like the settings: volumes made under it could otherwise never be read again. */
  private diskKey(name: string, blueprint: AccountBlueprint): aws.kms.Key {
    return key(
      `${name}-disks`,
      {
        description: `volumes of ${blueprint.account} in ${blueprint.region} that name no key`,
        policy: defaultDisksPolicy(blueprint),
        alias: "bulwark/account/disks",
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
  }

  /**
   * @control account-ebs-encryption
   * @control account-ebs-own-key
   */
  private diskEncryption(name: string, { ebsEncryption }: AccountBlueprint): void {
    const kept = { parent: this, retainOnDelete: true };
    const setting = (enabled: boolean) => (opts: pulumi.CustomResourceOptions) =>
      new aws.ebs.EncryptionByDefault(name, { enabled }, opts);

    const made = settle(
      ebsEncryption,
      { adopted: "by import", hardened: setting(true), insecure: setting(false) },
      kept,
    );
    // Whoever runs the switch also chooses the key.
    if (made !== undefined) new aws.ebs.DefaultKmsKey(name, { keyArn: this.disks.arn }, { ...kept, dependsOn: [made] });
  }

  /**
   * One hop: a packet from a pod to the metadata service has used it up before it arrives.
   *
   * @control account-instance-metadata
   * @control account-metadata-hops
   */
  private instanceMetadata(name: string, { instanceMetadata }: AccountBlueprint): void {
    settle(
      instanceMetadata,
      {
        adopted: "by overwriting",
        hardened: (opts) =>
          new aws.ec2.InstanceMetadataDefaults(
            name,
            {
              httpEndpoint: "enabled",
              httpTokens: "required",
              httpPutResponseHopLimit: 1,
              instanceMetadataTags: "disabled",
            },
            opts,
          ),
        insecure: (opts) =>
          new aws.ec2.InstanceMetadataDefaults(name, { httpEndpoint: "enabled", httpTokens: "optional" }, opts),
      },
      { parent: this, retainOnDelete: true },
    );
  }

  /** @control account-image-block-public-access */
  private imageSharing(name: string, { imageBlockPublicAccess }: AccountBlueprint): void {
    const setting = (state: string) => (opts: pulumi.CustomResourceOptions) =>
      new aws.ec2.ImageBlockPublicAccess(name, { state }, opts);

    settle(
      imageBlockPublicAccess,
      { adopted: "by import", hardened: setting("block-new-sharing"), insecure: setting("unblocked") },
      { parent: this, retainOnDelete: true },
    );
  }
}
