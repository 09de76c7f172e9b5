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
import { kubernetesConfiguration } from "./kubernetes/configuration";
import type { Kubernetes } from "./kubernetes/kubernetes";
import type { Player } from "./provider-plugin";
import { registration, type Registration } from "./registration";
import type { Configuration } from "./request";
import { hasUnknown, UNKNOWN, unwrapAll } from "./wire";

/** How a program is run. */
export interface Scene {
  readonly account: Account;
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** The outputs of other stacks, by the name or the last part of the name that a `StackReference` says. */
  readonly stacks: Readonly<Record<string, Properties>>;
  /** Addresses of API servers that answer though the account holds no such cluster. */
  readonly clusters: readonly string[];
  /** Called with the first thing that goes wrong. */
  readonly fail: (error: unknown) => void;
}

type Callback<T> = (error: null, answer: T) => void;
type Fallible<T> = (error: { details: string; message: string } | null, answer?: T) => void;

const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const STACK_OUTPUTS = "pulumi:pulumi:readStackOutputs";

/**
 * Stands where the engine's resource monitor is: every registration of the program goes to the account. After a failure it
 * answers nothing more, so that nothing that depends on the failed resource goes on.
 */
export class Monitor {
  readonly registrations: Registration[] = [];
  readonly #providers = new Map<string, Player | undefined>();
  readonly #kubernetes: Kubernetes;
  #failed = false;

  constructor(private readonly scene: Scene) {
    this.#kubernetes = scene.account.kubernetes({ alone: "test" });
  }

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

  readResource(request: ReadResourceRequest, callback: Fallible<ReadResourceResponse>): void {
    const [type, name, id] = [request.getType(), request.getName(), request.getId()];
    const urn = `urn:pulumi:${this.scene.stack}::${this.scene.project}::${type}::${name}`;
    if (type === STACK_REFERENCE) {
      // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must end the run like any other
      this.#answering(callback, async () => {
        const answer = new resource.ReadResourceResponse();
        answer.setUrn(urn);
        answer.setProperties(struct(this.#outputs(id)));
        return answer;
      });
      return;
    }
    this.#answering(callback, async () => {
      const found = await this.#provider(type, request.getProvider())?.read({ urn, type, name, id, importing: true });
      if (found === undefined) throw new Error(`${type} ${name}: no resource with id "${id}" exists`);
      const answer = new resource.ReadResourceResponse();
      answer.setUrn(urn);
      answer.setProperties(struct(found.properties));
      return answer;
    });
  }

  invoke(request: ResourceInvokeRequest, callback: Fallible<InvokeResponse>): void {
    const args = (request.getArgs()?.toJavaScript() ?? {}) as Properties;
    this.#invoked(request.getTok(), request.getProvider(), args).then(
      (value) => {
        const answer = new provider.InvokeResponse();
        answer.setReturn(struct(value));
        callback(null, answer);
      },
      // The program may catch it, as it may under the real engine.
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        callback({ details: message, message });
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
      this.#providers.set(urn, this.scene.account.configure(configuration(inputs)));
      return { id: "aws", properties: inputs };
    }
    if (type === "pulumi:providers:kubernetes") {
      this.#providers.set(urn, this.#cluster(inputs));
      return { id: "kubernetes", properties: inputs };
    }
    if (!custom || !/^(aws|kubernetes):/.test(type)) return { id: custom ? name : "", properties: inputs };

    const provider = this.#provider(type, registered.provider);
    // The engine does not ask a provider of which it does not know yet how to configure it.
    if (provider === undefined) return { id: "", properties: {} };
    const { inputs: checked, failures } = provider.check({ urn, type, name, news: inputs });
    const [failure] = failures;
    if (failure) throw new Error(`${type} resource '${name}' has a problem: ${failure.reason}`);
    if (registered.importId !== undefined) return await imported(provider, registered, registered.importId, checked);
    return await provider.create({ urn, type, name, inputs: checked, preview: this.scene.preview });
  }

  #provider(type: string, reference: string): Player | undefined {
    const urn = reference.split("::").slice(0, 4).join("::");
    if (this.#providers.has(urn)) return this.#providers.get(urn);
    return type.startsWith("kubernetes:") ? this.#kubernetes : this.scene.account;
  }

  #cluster(inputs: Properties): Kubernetes | undefined {
    const plain = unwrapAll(inputs);
    if (hasUnknown(plain)) return undefined;
    return this.scene.account.kubernetes({ ...kubernetesConfiguration(plain), standing: this.scene.clusters });
  }

  async #invoked(token: string, reference: string, args: Properties): Promise<Properties> {
    if (token === STACK_OUTPUTS) return this.#outputs(String(args["name"]));
    return (await this.#provider(token, reference)?.invoke(token, args)) ?? {};
  }

  /**
   * What another stack put out. Where there is none the engine's function tells the program, while a reference ends the whole run, whatever the
   * program catches.
   */
  #outputs(name: string): Properties {
    const outputs = this.scene.stacks[name] ?? this.scene.stacks[name.split("/").at(-1) ?? ""];
    if (outputs === undefined) throw new Error(`unknown stack "${name}"`);
    return { name, outputs, secretOutputNames: [] };
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
  account: Player,
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
