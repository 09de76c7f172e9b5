import type { Player } from "../../twin/provider-plugin";
import type { DiffAnswer } from "../../twin/request";

type Inputs = Record<string, unknown>;

/** One resource in an account, driven as the engine drives a provider: check, then create, diff, update, delete. */
export class Deployed {
  private constructor(
    private readonly account: Player,
    private readonly subject: { readonly urn: string; readonly type: string; readonly name: string },
    readonly id: string,
    private readonly inputs: Inputs,
    readonly properties: Inputs,
  ) {}

  static async create(account: Player, type: string, inputs: Inputs, name = "main"): Promise<Deployed> {
    const subject = { urn: `urn:pulumi:test::bulwark::${type}::${name}`, type, name };
    const { inputs: checked, failures } = account.check({ ...subject, news: inputs });
    if (failures[0]) throw new Error(failures[0].reason);
    const { id, properties } = await account.create({ ...subject, inputs: checked });
    return new Deployed(account, subject, id, checked, properties);
  }

  diff(news: Inputs, ignoreChanges: readonly string[] = [], as = this.account): DiffAnswer {
    const checked = as.check({ ...this.subject, olds: this.inputs, news }).inputs;
    const request = { ...this.subject, id: this.id, oldInputs: this.inputs, olds: this.properties };
    return as.diff({ ...request, news: checked, ignoreChanges });
  }

  update(news: Inputs, preview = false): Promise<Readonly<Inputs>> {
    const inputs = this.account.check({ ...this.subject, olds: this.inputs, news }).inputs;
    const request = { ...this.subject, id: this.id, oldInputs: this.inputs, olds: this.properties };
    return this.account.update({ ...request, inputs, preview });
  }

  delete(): Promise<void> {
    return this.account.delete({ ...this.subject, id: this.id });
  }
}
