import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { clusterTags } from "../provider";

type Provider = NonNullable<ClusterBlueprint["identity"]["provider"]>;
type Created = Extract<Provider, { mode: "create" }>;

export interface IdentityProviderArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
  /** Everything else of the cluster: EKS takes one update at a time, and this one lasts up to 25 minutes. */
  readonly after: readonly pulumi.Resource[];
}

/** The provider that people sign in with, associated last, or left to whoever associates it. */
export class IdentityProvider extends pulumi.ComponentResource {
  constructor(name: string, args: IdentityProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:IdentityProvider", name, {}, opts);

    const { provider } = args.blueprint.identity;
    if (provider?.mode === "create") this.associate(name, provider, args);
    this.registerOutputs();
  }

  /**
   * EKS changes nothing of an association in place, and takes no second one of the same name: the old one goes first.
   *
   * @control identity-provider-https
   * @control identity-provider-prefixes
   * @control identity-provider-claims
   * @control identity-provider-tags
   */
  private associate(name: string, provider: Created, { blueprint, cluster, after }: IdentityProviderArgs): void {
    new aws.eks.IdentityProviderConfig(
      name,
      {
        clusterName: cluster.name,
        oidc: {
          identityProviderConfigName: provider.name,
          issuerUrl: provider.issuer,
          clientId: provider.clientId,
          usernameClaim: provider.usernameClaim,
          usernamePrefix: provider.usernamePrefix,
          groupsClaim: provider.groupsClaim,
          groupsPrefix: provider.groupsPrefix,
          requiredClaims: provider.requiredClaims,
        },
        tags: clusterTags(blueprint),
      },
      { parent: this, dependsOn: [...after], deleteBeforeReplace: true },
    );
  }
}
