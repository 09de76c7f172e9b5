import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import resource from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Account } from "./account";
import type { Properties } from "./behaviour";
import { registration, type Registration } from "./registration";
import type { Configuration } from "./request";
import { UNKNOWN, unwrapAll } from "./wire";

/** How a program is run. */
export interface Scene {
  readonly account: Account;
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** Called with the first thing that goes wrong. */
  readonly fail: (error: unknown) => void;
}

type Callback<T> = (error: null, answer: T) => void;

/**
 * Stands where the engine's resource monitor is: every registration of the program goes to the account. After a failure it
 * answers nothing more, so that nothing that depends on the failed resource goes on.
 */
export class Monitor {
  readonly registrations: Registration[] = [];
  readonly #accounts = new Map<string, Account>();
  #failed = false;

  constructor(private readonly scene: Scene) {}

  registerResource(request: RegisterResourceRequest, callback: Callback<RegisterResourceResponse>): void {
    const registered = registration(request, this.scene.stack, this.scene.project);
    this.registrations.push(registered);
    this.#answering(callback, async () => {
      const { id, properties } = await this.#made(registered);
      const answer = new resource.RegisterResourceResponse();
      answer.setUrn(registered.urn);
      answer.setId(id);
      answer.setObject(struct(properties));
      return answer;
    });
  }

  readResource(request: ReadResourceRequest, callback: Callback<ReadResourceResponse>): void {
    this.#answering(callback, async () => {
      const [type, name, id] = [request.getType(), request.getName(), request.getId()];
      const urn = `urn:pulumi:${this.scene.stack}::${this.scene.project}::${type}::${name}`;
      const found = await this.#account(request.getProvider()).read({ urn, type, name, id, importing: true });
      if (found === undefined) throw new Error(`${type} ${name}: no resource with id "${id}" exists`);
      const answer = new resource.ReadResourceResponse();
      answer.setUrn(urn);
      answer.setProperties(struct(found.properties));
      return answer;
    });
  }

  invoke(
    request: ResourceInvokeRequest,
    callback: (error: { details: string } | null, answer?: InvokeResponse) => void,
  ): void {
    const args = (request.getArgs()?.toJavaScript() ?? {}) as Properties;
    this.#account(request.getProvider())
      .invoke(request.getTok(), args)
      .then(
        (value) => {
          const answer = new provider.InvokeResponse();
          answer.setReturn(struct(value));
          callback(null, answer);
        },
        // The program may catch it, as it may under the real engine.
        (error: unknown) => {
          callback({ details: error instanceof Error ? error.message : String(error) });
        },
      );
  }

  registerResourceOutputs(_: unknown, callback: Callback<object>): void {
    callback(null, {});
  }

  supportsFeature(request: { getId(): string }, callback: Callback<object>): void {
    // Without this feature inputs arrive as plain values instead of outputs in wrappers.
    callback(null, { getHassupport: () => request.getId() !== "outputValues" });
  }

  close(): void {
    // The SDK closes the connection to a real engine; there is none here.
  }

  async #made(registered: Registration): Promise<{ id: string; properties: Properties }> {
    const { type, urn, name, custom, inputs } = registered;
    if (type === "pulumi:providers:aws") {
      this.#accounts.set(urn, this.scene.account.configure(configuration(inputs)));
      return { id: "aws", properties: inputs };
    }
    if (!custom || !type.startsWith("aws:")) return { id: custom ? name : "", properties: inputs };

    const account = this.#account(registered.provider);
    const { inputs: checked, failures } = account.check({ urn, type, name, news: inputs });
    const [failure] = failures;
    if (failure) throw new Error(`${type} resource '${name}' has a problem: ${failure.reason}`);
    if (registered.importId !== undefined) return await imported(account, registered, registered.importId, checked);
    return await account.create({ urn, type, name, inputs: checked, preview: this.scene.preview });
  }

  #account(reference: string): Account {
    const urn = reference.split("::").slice(0, 4).join("::");
    return this.#accounts.get(urn) ?? this.scene.account;
  }

  #answering<T>(callback: Callback<T>, answer: () => Promise<T>): void {
    answer().then(
      (value) => {
        if (!this.#failed) callback(null, value);
      },
      (error: unknown) => {
        if (!this.#failed) this.scene.fail(error);
        this.#failed = true;
      },
    );
  }
}

async function imported(
  account: Account,
  { urn, type, name, ignoreChanges }: Registration,
  id: string,
  news: Properties,
): Promise<{ id: string; properties: Properties }> {
  const found = await account.read({ urn, type, name, id, importing: true });
  if (found === undefined) throw new Error(`${type} ${name}: cannot import, no resource with id "${id}" exists`);
  const { inputs: oldInputs, properties: olds } = found;
  const { diffs } = account.diff({ urn, type, name, id, oldInputs, olds, news, ignoreChanges });
  const [first] = diffs.filter((property) => property !== "tagsAll");
  if (first === undefined) return found;
  throw new Error(`${type} ${name}: inputs to import do not match the existing resource: ${diffs.join(", ")}`);
}

/** A provider's inputs: all but text is JSON on the wire. */
function configuration(inputs: Properties): Configuration {
  const plain = unwrapAll(inputs);
  const parsed = (key: string) => {
    const value = plain[key];
    return typeof value === "string" && value !== UNKNOWN ? { [key]: JSON.parse(value) as unknown } : {};
  };
  const region = typeof plain.region === "string" ? { region: plain.region } : {};
  return { ...region, ...parsed("allowedAccountIds"), ...parsed("forbiddenAccountIds"), ...parsed("defaultTags") };
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, never>);
}
