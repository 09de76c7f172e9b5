import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { workloadRole } from "../addons/role";
import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { associated, type Identity } from "./association";
import { bindingPolicy, boundaryPolicy, secretsPolicy } from "./permissions";

export interface ControllersArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
}

/** A controller: whom the platform layer runs it as, and what it may do. */
interface Controller {
  readonly purpose: string;
  /** Its namespace and its service account: the name of its release. */
  readonly release: string;
  readonly policy: string;
}

/**
 * The AWS roles of the platform's controllers, each handed to one service account before the controller exists. A
 * controller that calls no AWS API has none.
 */
export class Controllers extends pulumi.ComponentResource {
  /** Puts secrets of AWS Secrets Manager into the cluster. */
  readonly externalSecrets: Identity;
  /** Registers the ingress gateway's pods; absent where there is no edge to register them at. */
  readonly loadBalancer: Identity | undefined;

  constructor(name: string, { blueprint, cluster }: ControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Controllers", name, {}, opts);

    const boundary = this.boundary(name, blueprint);
    const identity = ({ purpose, release, policy }: Controller) => {
      const args = { blueprint, purpose, namespace: release, serviceAccount: release, boundary, policy };
      const workload = workloadRole(name, args, { parent: this });
      return associated(`${name}-${purpose}`, { cluster, workload }, { parent: this });
    };

    this.externalSecrets = identity({
      purpose: "secrets-reader",
      release: "external-secrets",
      policy: secretsPolicy(blueprint),
    });
    this.loadBalancer =
      blueprint.edge &&
      identity({
        purpose: "load-balancer",
        release: "aws-load-balancer-controller",
        policy: bindingPolicy(blueprint),
      });
    this.registerOutputs();
  }

  private boundary(name: string, blueprint: ClusterBlueprint): aws.iam.Policy {
    return new aws.iam.Policy(
      `${name}-controllers-boundary`,
      {
        name: `bulwark-${blueprint.cluster.name}-controllers-boundary`,
        description: `The most that the role of a controller of EKS cluster ${blueprint.cluster.name} may do`,
        policy: boundaryPolicy(blueprint),
      },
      { parent: this },
    );
  }
}
