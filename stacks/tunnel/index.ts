import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { roleName } from "../identity/name";
import type { Network } from "../network";
import { callerGroup } from "../runner/group";
import { machine } from "./machine";
import { machineProfile, peopleRights } from "./role";
import { sessionDocument } from "./session";

export interface TunnelArgs {
  readonly blueprint: ClusterBlueprint;
  readonly tunnel: NonNullable<ClusterBlueprint["tunnel"]>;
  readonly cluster: Pick<Cluster, "endpoint">;
  readonly network: Pick<Network, "vpcId" | "privateSubnetIds" | "securityGroups">;
}

/**
 * The way of people to a private API: a machine that answers nobody, reached by Session Manager alone, whose sessions
 * lead to the API and nowhere else. Who passes it has not signed in yet; the API still asks who they are.
 */
export class Tunnel extends pulumi.ComponentResource {
  /** What a session passes through. */
  readonly instanceId: pulumi.Output<string>;
  /** The document that says where a session leads. */
  readonly document: pulumi.Output<string>;
  /** What to attach to people's roles. */
  readonly peoplePolicyArn: pulumi.Output<string>;

  constructor(name: string, args: TunnelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Tunnel", name, {}, opts);

    const { blueprint, tunnel, network } = args;
    const profile = machineProfile(name, blueprint, { parent: this });
    const group = this.group(name, args);
    const [subnetId] = network.privateSubnetIds;
    if (subnetId === undefined) throw new Error("the tunnel needs a private subnet; the network has none");
    const { instanceType } = tunnel;
    const made = machine(name, { blueprint, instanceType, subnetId, group, profile }, { parent: this });

    this.instanceId = made.id;
    this.document = this.session(name, args).name;
    this.peoplePolicyArn = peopleRights(name, blueprint, { parent: this }).arn;
    this.registerOutputs({ instanceId: this.instanceId });
  }

  private group(name: string, { blueprint, network }: TunnelArgs): aws.ec2.SecurityGroup {
    return callerGroup(
      name,
      {
        blueprint,
        network,
        called: "tunnel",
        description: "The machine through which people reach the Kubernetes API",
        why: { cluster: "sessions of people call the Kubernetes API", endpoints: "the agent calls Session Manager" },
      },
      { parent: this },
    );
  }

  private session(name: string, { blueprint, cluster }: TunnelArgs): aws.ssm.Document {
    return new aws.ssm.Document(
      `${name}-tunnel`,
      {
        name: roleName(blueprint, "tunnel"),
        documentType: "Session",
        documentFormat: "JSON",
        content: cluster.endpoint.apply(sessionDocument),
      },
      { parent: this },
    );
  }
}
