import type { Properties, Stored } from "../behaviour";
import { difference, withIgnored } from "../diff";
import { hex, uuid } from "../id";
import { inputsAsHeld } from "../properties";
import { ProviderError } from "../provider-error";
import type {
  CheckAnswer,
  CheckRequest,
  CreateAnswer,
  CreateRequest,
  DeleteRequest,
  DiffAnswer,
  DiffRequest,
  ReadAnswer,
  ReadRequest,
  UpdateRequest,
} from "../request";
import { isBag, unwrapAll } from "../wire";
import type { Ground } from "../world";
import type { KubernetesConfiguration } from "./configuration";
import { apiVersionOf, kindOf, RELEASE, type Kind } from "./kind";
import { isClusterWide } from "./scope";

/** The API server of a cluster of the account, as a provider with this configuration sees it. */
export class Kubernetes {
  constructor(
    private readonly ground: Ground,
    private readonly configuration: KubernetesConfiguration,
  ) {}

  check(request: CheckRequest): CheckAnswer {
    const inputs = this.#named(request, unwrapAll(request.news));
    return { inputs, failures: [] };
  }

  diff(request: DiffRequest): DiffAnswer {
    const olds = unwrapAll(request.oldInputs);
    const news = withIgnored(olds, unwrapAll(request.news), request.ignoreChanges);
    const replaces = ["metadata.name", "metadata.namespace"];
    return difference(
      { token: request.type, service: "Kubernetes", words: request.type, replaces, id: () => "", outputs: () => ({}) },
      olds,
      news,
    );
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reach the caller as a rejection
  async create(request: CreateRequest): Promise<CreateAnswer> {
    const inputs = unwrapAll(request.inputs);
    if (request.preview) return { id: "", properties: inputs };
    const { store, clock } = this.ground;
    store.refresh();
    const { generations } = store.ledger;
    generations[request.urn] = (generations[request.urn] ?? 0) + 1;
    const id = this.#id(request.type, inputs);
    const live = this.#live(request.type, inputs, `${request.urn}|${generations[request.urn] ?? 0}`);
    store.put({ ...this.#stored(request, id), inputs, properties: live });
    store.ledger.now = clock.now();
    store.flush();
    return { id, properties: live };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reach the caller as a rejection
  async update(request: UpdateRequest): Promise<Properties> {
    const inputs = withIgnored(unwrapAll(request.oldInputs), unwrapAll(request.inputs), request.ignoreChanges);
    if (request.preview) return { ...unwrapAll(request.olds ?? {}), ...inputs };
    const { store } = this.ground;
    store.refresh();
    const old = store.get(request.type, request.id);
    if (old === undefined) throw new ProviderError(`${request.urn}: it does not exist`);
    const metadata = { ...(old.properties["metadata"] as Properties), ...(inputs["metadata"] as Properties) };
    const properties = {
      ...inputs,
      metadata,
      ...(old.properties["status"] !== undefined && { status: old.properties["status"] }),
    };
    store.put({ ...old, urn: request.urn, inputs, properties });
    store.flush();
    return properties;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reach the caller as a rejection
  async delete(request: DeleteRequest): Promise<void> {
    const { store } = this.ground;
    store.refresh();
    store.remove(request.type, request.id);
    store.flush();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reach the caller as a rejection
  async read(request: ReadRequest): Promise<ReadAnswer | undefined> {
    this.ground.store.refresh();
    const stored = this.ground.store.get(request.type, request.id);
    if (stored === undefined) return undefined;
    const { id, inputs, properties } = stored;
    return {
      id,
      inputs: request.olds === undefined ? inputs : inputsAsHeld(inputs, request.olds, properties),
      properties,
    };
  }

  /** The functions of the real provider render YAML and charts, which the twin does not. */
  invoke(token: string): Promise<Properties> {
    return Promise.reject(new ProviderError(`the twin does not know the function ${token}`));
  }

  #named(request: CheckRequest, inputs: Properties): Properties {
    if (request.type === RELEASE) {
      const before = request.olds?.["name"];
      const name = inputs["name"] ?? before ?? `${nameOf(request)}-${hex(8, request.randomSeed ?? request.urn)}`;
      return { ...inputs, name, namespace: inputs["namespace"] ?? this.configuration.namespace ?? "default" };
    }
    const kind = this.#kind(request.type);
    const given = isBag(inputs["metadata"]) ? inputs["metadata"] : {};
    const before = isBag(request.olds?.["metadata"]) ? request.olds["metadata"]["name"] : undefined;
    const automatic = {
      name: before ?? `${nameOf(request)}-${hex(8, request.randomSeed ?? request.urn)}`,
      annotations: { ...(given["annotations"] as Properties | undefined), "pulumi.com/autonamed": "true" },
    };
    const metadata = {
      ...given,
      ...(given["name"] === undefined && given["generateName"] === undefined ? automatic : {}),
      ...(isClusterWide(kind) ? {} : { namespace: given["namespace"] ?? this.configuration.namespace ?? "default" }),
    };
    return { ...inputs, apiVersion: apiVersionOf(kind), kind: kind.kind, metadata };
  }

  #kind(type: string): Kind {
    const kind = kindOf(type);
    if (kind === undefined) throw new ProviderError(`the twin does not know ${type}`);
    return kind;
  }

  #id(type: string, inputs: Properties): string {
    const { name, namespace } = (type === RELEASE ? inputs : (inputs["metadata"] ?? {})) as Record<string, string>;
    return namespace === undefined ? String(name) : `${namespace}/${String(name)}`;
  }

  #live(type: string, inputs: Properties, seed: string): Properties {
    if (type === RELEASE) {
      const { name, namespace, chart, version } = inputs;
      return { ...inputs, status: { name, namespace, chart, version, revision: 1, status: "deployed" } };
    }
    const metadata = {
      ...(inputs["metadata"] as Properties),
      uid: uuid(seed),
      creationTimestamp: this.ground.clock.now(),
      resourceVersion: String(this.ground.store.ledger.steps),
      generation: 1,
    };
    return { ...inputs, metadata };
  }

  #stored({ type, urn }: CreateRequest, id: string): Pick<Stored, "type" | "id" | "urn" | "region" | "status"> {
    return { type, id, urn, region: "eu-central-1", status: "ACTIVE" };
  }
}

function nameOf({ urn, name }: CheckRequest): string {
  return name ?? urn.split("::").at(-1) ?? urn;
}
