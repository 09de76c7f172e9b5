import { acm } from "../../twin/aws/acm";
import { cloudwatch } from "../../twin/aws/cloudwatch";
import { ec2 } from "../../twin/aws/ec2";
import { eks } from "../../twin/aws/eks";
import { iam } from "../../twin/aws/iam";
import { kms } from "../../twin/aws/kms";
import { lb } from "../../twin/aws/lb";
import { networkFirewall } from "../../twin/aws/network-firewall";
import { route53 } from "../../twin/aws/route53";
import { shield } from "../../twin/aws/shield";
import { wafv2 } from "../../twin/aws/wafv2";
import type { Behaviour, Properties, World } from "../../twin/behaviour";
import { administrator, callerOf } from "../../twin/caller";
import { Changes } from "../../twin/change";
import { Clock } from "../../twin/clock";
import { Faults } from "../../twin/fault";
import { Store } from "../../twin/store";

/** The types these tests speak about. */
export const spoken: readonly Behaviour[] = [
  eks,
  kms,
  cloudwatch,
  iam,
  acm,
  route53,
  wafv2,
  shield,
  networkFirewall,
  lb,
].flat();

const behaviours = new Map([...spoken, ...ec2].map((behaviour) => [behaviour.token, behaviour]));

/** A trust policy for one service. */
export const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** An account in memory: calls by token, errors by code. */
export class Landscape {
  readonly store = new Store(undefined, "111122223333", "2026-01-01T00:00:00Z");
  readonly #changes: Changes;

  constructor(timeScale = 0) {
    const ground = {
      store: this.store,
      clock: new Clock(this.store.ledger.now, timeScale),
      faults: new Faults([]),
      caller: callerOf(administrator("111122223333")),
      isGlobal: (type: string) => behaviours.get(type)?.global ?? false,
      behaviourOf: (type: string) => behaviours.get(type),
    };
    this.#changes = new Changes(ground, { region: "eu-central-1" });
  }

  world(): World {
    return this.#changes.world("urn:test");
  }

  /** Creates; answers the id. A type with a name gets `x` when none is given. */
  async make(type: string, inputs: Properties, logical = JSON.stringify(inputs)): Promise<string> {
    const behaviour = this.#behaviour(type);
    const property = behaviour.autoName?.property;
    const named = property === undefined ? inputs : { [property]: "x", ...inputs };
    return (await this.#changes.create({ urn: `urn:${type}:${logical}`, type, name: "x" }, behaviour, named)).id;
  }

  async update(type: string, id: string, inputs: Properties): Promise<Properties> {
    const old = this.#stored(type, id);
    return this.#changes.update({ urn: old.urn ?? "", type, name: "x" }, this.#behaviour(type), old, {
      ...old.inputs,
      ...inputs,
    });
  }

  async remove(type: string, id: string): Promise<void> {
    const stored = this.#stored(type, id);
    await this.#changes.delete({ urn: stored.urn ?? "", type, name: "x" }, this.#behaviour(type), stored);
  }

  /** What a read of it answers. */
  read(type: string, id: string): Properties {
    return this.#stored(type, id).properties;
  }

  /** Ids of all that is there of a type. */
  ids(type: string): readonly string[] {
    return this.store.all().flatMap((stored) => (stored.type === type ? [stored.id] : []));
  }

  /** A network of three private subnets that nothing can leave, a role for the control plane, and what a cluster needs. */
  async clusterInputs(): Promise<Properties> {
    const vpcId = await this.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16" });
    const subnetIds: string[] = [];
    for (const [index, zone] of ["a", "b", "c"].entries()) {
      const inputs = { vpcId, availabilityZone: `eu-central-1${zone}`, cidrBlock: `10.20.${index}.0/24` };
      subnetIds.push(await this.make("aws:ec2/subnet:Subnet", inputs));
    }
    const role = await this.role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
    return { name: "production", roleArn: role, version: "1.35", vpcConfig: { subnetIds } };
  }

  /** A role that a service may assume, with one of AWS's policies; answers its ARN. */
  async role(name: string, service: string, policy?: string): Promise<string> {
    await this.make("aws:iam/role:Role", { name, assumeRolePolicy: trust(service) });
    if (policy !== undefined) {
      const inputs = { role: name, policyArn: `arn:aws:iam::aws:policy/${policy}` };
      await this.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", inputs);
    }
    return `arn:aws:iam::111122223333:role/${name}`;
  }

  #behaviour(type: string): Behaviour {
    const behaviour = behaviours.get(type);
    if (behaviour === undefined) throw new Error(`no behaviour for ${type}`);
    return behaviour;
  }

  #stored(type: string, id: string) {
    const stored = this.store.get(type, id);
    if (stored === undefined) throw new Error(`${type} ${id} does not exist`);
    return stored;
  }
}
