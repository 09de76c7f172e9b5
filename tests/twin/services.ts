import type { Behaviour, Properties } from "../../twin/behaviour";
import { accessanalyzer } from "../../twin/aws/accessanalyzer";
import { backup } from "../../twin/aws/backup";
import { budgets } from "../../twin/aws/budgets";
import { cloudtrail } from "../../twin/aws/cloudtrail";
import { codebuild } from "../../twin/aws/codebuild";
import { config } from "../../twin/aws/config";
import { ecr } from "../../twin/aws/ecr";
import { guardduty } from "../../twin/aws/guardduty";
import { iam } from "../../twin/aws/iam";
import { imagebuilder } from "../../twin/aws/imagebuilder";
import { inspector2 } from "../../twin/aws/inspector2";
import { kms } from "../../twin/aws/kms";
import { lambda } from "../../twin/aws/lambda";
import { s3 } from "../../twin/aws/s3";
import { secretsmanager } from "../../twin/aws/secretsmanager";
import { securityhub } from "../../twin/aws/securityhub";
import { signer } from "../../twin/aws/signer";
import { sns } from "../../twin/aws/sns";
import { sqs } from "../../twin/aws/sqs";
import { ssm } from "../../twin/aws/ssm";
import { administrator, callerOf } from "../../twin/caller";
import { Changes } from "../../twin/change";
import { Clock } from "../../twin/clock";
import { Faults } from "../../twin/fault";
import { leftovers } from "../../twin/leftovers";
import { Store } from "../../twin/store";

/** The services these tests speak about. */
export const services: Readonly<Record<string, readonly Behaviour[]>> = {
  accessanalyzer,
  backup,
  budgets,
  cloudtrail,
  config,
  codebuild,
  ecr,
  guardduty,
  imagebuilder,
  inspector2,
  lambda,
  s3,
  secretsmanager,
  securityhub,
  signer,
  sns,
  sqs,
  ssm,
};

const behaviours = new Map([...Object.values(services), iam, kms].flat().map((one) => [one.token, one]));

/** What a create answers, with its id. */
export type Made = Properties & { readonly id: string; readonly arn: string };

/** A new account in memory in which nothing takes time, told what to do one call at a time. */
export class Caller {
  readonly #store = new Store(undefined, "111122223333", "2026-01-01T00:00:00Z");
  readonly #changes = new Changes(
    {
      store: this.#store,
      clock: new Clock(this.#store.ledger.now, 0),
      faults: new Faults([]),
      caller: callerOf(administrator("111122223333")),
      isGlobal: (type) => behaviours.get(type)?.global ?? false,
      behaviourOf: (type) => behaviours.get(type),
    },
    { region: "eu-central-1" },
  );

  /** Creates a resource; its name is the short type and the number of calls so far unless it is given. */
  async create(type: string, inputs: Properties): Promise<Made> {
    const behaviour = this.#behaviour(type);
    const property = behaviour.autoName?.property;
    const named =
      property === undefined || inputs[property] !== undefined ? inputs : { ...inputs, [property]: this.#name() };
    const { id, properties } = await this.#changes.create({ urn: this.#urn(type), type, name: "x" }, behaviour, named);
    return { arn: "", ...properties, id };
  }

  async update(type: string, { id }: Made, inputs: Properties): Promise<Properties> {
    const stored = this.#stored(type, id);
    return await this.#changes.update({ urn: stored.urn ?? "", type }, this.#behaviour(type), stored, {
      ...stored.inputs,
      ...inputs,
    });
  }

  async delete(type: string, { id }: { readonly id: string }): Promise<void> {
    const stored = this.#stored(type, id);
    await this.#changes.delete({ urn: stored.urn ?? "", type }, this.#behaviour(type), stored);
  }

  /** Something that comes to be without a resource of its own: a pushed image, a backup that ran. */
  happens(type: string, id: string, properties: Properties): void {
    this.world().makeBehindTheBack({ type, id, properties, note: "happened" });
  }

  world() {
    return this.#changes.world("test");
  }

  leftovers() {
    return leftovers(this.#store.all());
  }

  #calls = 0;

  #name(): string {
    this.#calls += 1;
    return `x-${this.#calls}`;
  }

  #urn(type: string): string {
    this.#calls += 1;
    return `urn:pulumi:test::bulwark::${type}::x-${this.#calls}`;
  }

  #behaviour(type: string): Behaviour {
    const behaviour = behaviours.get(type);
    if (behaviour === undefined) throw new Error(`no behaviour for ${type}`);
    return behaviour;
  }

  #stored(type: string, id: string) {
    const stored = this.#store.get(type, id);
    if (stored === undefined) throw new Error(`nothing of ${type} is called ${id}`);
    return stored;
  }
}

/** A policy document that lets one service do these actions. */
export const allowing = (service: string, ...actions: string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: actions, Resource: "*" }],
  });

/** A role that the service may assume. */
export const roleFor = (aws: Caller, service: string): Promise<Made> =>
  aws.create("aws:iam/role:Role", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    }),
  });
