import type { Properties, Stored } from "../behaviour";
import { withIgnored } from "../diff";
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
  Subject,
  UpdateRequest,
} from "../request";
import { hasUnknown, unwrapAll } from "../wire";
import type { Ground } from "../world";
import { ApiServer } from "./api-server";
import { answered, withoutAnswer } from "./checkpoint";
import { canonical, checked, isPatch, servedKind } from "./checked";
import type { KubernetesConfiguration } from "./configuration";
import { objectDiff } from "./diff";
import { replacing } from "./immutable";
import { RELEASE } from "./kind";
import { Objects } from "./objects";
import { reached, type Reached } from "./reach";
import { Refusal } from "./refusal";
import { Releases } from "./releases";
import { refused, unreachable, type Operation } from "./wording";

/**
 * The Kubernetes provider before the API server of a cluster of the account. What it asks, refuses and replaces is what the
 * real provider's source says (pulumi-kubernetes 4, `provider/pkg`); what the API server answers is Kubernetes' own wording.
 */
export class Kubernetes {
  constructor(
    private readonly ground: Ground,
    private readonly configuration: KubernetesConfiguration,
  ) {}

  /** Fills in what the provider fills in: `apiVersion`, `kind`, the automatic name, its own default namespace. */
  check(request: CheckRequest): CheckAnswer {
    return { inputs: checked(request, this.configuration), failures: [] };
  }

  /** What would change, and what of it replaces the object or the release. */
  diff(request: DiffRequest): DiffAnswer {
    const olds = unwrapAll(request.oldInputs);
    const news = withIgnored(olds, unwrapAll(request.news), request.ignoreChanges);
    if (request.type === RELEASE) return objectDiff(olds, news, ["name", "namespace"]);
    const kind = servedKind(request.type);
    const replaces = isPatch(request.type)
      ? ["metadata.name", "metadata.namespace"]
      : replacing(kind, news, this.configuration);
    return objectDiff(canonical(kind, olds), canonical(kind, news), replaces);
  }

  /** Creates an object or installs a release; a preview asks a cluster that answers for a dry run. */
  async create(request: CreateRequest): Promise<CreateAnswer> {
    const inputs = unwrapAll(request.inputs);
    if (request.preview) {
      await this.#rehearse(request, inputs);
      return { id: "", properties: inputs };
    }
    const { server, objects, releases } = this.#cluster(request, "create");
    if (hasUnknown(inputs)) throw new ProviderError(`${request.urn}: an input is still unknown`);

    const stored = await this.#changing("create", request, async () =>
      request.type === RELEASE
        ? await releases.install(request, inputs)
        : await objects.create(
            request,
            servedKind(request.type),
            inputs,
            this.configuration.upsertExistingObjects === true,
          ),
    );
    return { id: server.idOf(stored), properties: answered(request, stored) };
  }

  /** Updates an object by server-side apply, or upgrades a release. */
  async update(request: UpdateRequest): Promise<Properties> {
    const news = unwrapAll(request.inputs);
    const inputs = withIgnored(unwrapAll(request.oldInputs), news, request.ignoreChanges);
    if (request.preview) {
      await this.#rehearse(request, inputs, request.id);
      return { ...withoutAnswer(unwrapAll(request.olds ?? {})), ...inputs };
    }
    const { server, objects, releases } = this.#cluster(request, "update");
    this.ground.store.refresh();
    const before = server.find(request.type, request.id);
    if (before === undefined) throw new ProviderError(`update of resource "${request.urn}" failed: not found`);

    const stored = await this.#changing("update", request, async () =>
      request.type === RELEASE
        ? await releases.upgrade(request, before, inputs)
        : await objects.update(request, servedKind(request.type), before, inputs),
    );
    return answered(request, stored);
  }

  /** Deletes an object or uninstalls a release; what is gone already is no error. */
  async delete(request: DeleteRequest): Promise<void> {
    if ("why" in this.#reached() && this.configuration.deleteUnreachable === true) return;
    const { server, objects, releases } = this.#cluster(request, "delete");
    this.ground.store.refresh();
    const stored = server.find(request.type, request.id);
    if (stored === undefined) return;
    await this.#changing("delete", request, async () => {
      await (request.type === RELEASE ? releases.uninstall(stored) : objects.delete(servedKind(request.type), stored));
    });
  }

  /** What the cluster holds under an id, for refresh, `get` and import. */
  async read(request: ReadRequest): Promise<ReadAnswer | undefined> {
    this.ground.store.refresh();
    if ("why" in this.#reached() && this.configuration.deleteUnreachable === true) return undefined;
    const { server } = this.#cluster(request, "read");
    const kept = server.find(request.type, request.id);
    const stored = kept && (await this.#live(kept));
    if (stored === undefined) return undefined;
    const { inputs, properties } = stored;
    const held = request.olds === undefined ? inputs : inputsAsHeld(inputs, request.olds, properties);
    return { id: request.id, inputs: held, properties: answered(request, stored) };
  }

  /** The functions of the real provider render YAML and charts, which the twin does not. */
  invoke(token: string): Promise<Properties> {
    return Promise.reject(new ProviderError(`the twin does not know the function ${token}`));
  }

  /** What the twin keeps, as the real server behind it has it now. */
  async #live(kept: Stored): Promise<Stored | undefined> {
    const { real } = this.configuration;
    if (real === undefined || kept.type === RELEASE) return kept;
    const live = await real.read(kept.properties);
    return live && { ...kept, properties: { ...live, status: kept.properties["status"] } };
  }

  /** A dry run, where the provider makes one: not of what is unknown, not without the cluster, not of a kind it does not serve yet. */
  async #rehearse({ type, urn }: Subject, inputs: Properties, id?: string): Promise<void> {
    this.ground.store.refresh();
    const place = this.#reached();
    if ("why" in place || hasUnknown(inputs)) return;
    const server = new ApiServer(this.ground, place);
    if (type === RELEASE) {
      new Releases(this.ground, server, this.configuration.real).judge(inputs);
      return;
    }
    const before = id === undefined ? undefined : server.find(type, id);
    try {
      const asked = { kind: servedKind(type), object: inputs, before, isPatch: isPatch(type) };
      if (this.configuration.real) await this.configuration.real.apply(inputs, true);
      else server.judge({ ...asked, upsert: id !== undefined });
    } catch (error) {
      // Namespaces and definitions of the same update are not there yet, and an object to be replaced still is.
      if (error instanceof Refusal && ["NotFound", "NoMatch", "AlreadyExists"].includes(error.reason)) return;
      throw refused(error, urn, id === undefined ? "create" : "update");
    }
  }

  async #changing<T>(
    operation: Exclude<Operation, "read">,
    { type, urn }: Subject,
    change: () => Promise<T>,
  ): Promise<T> {
    const { faults, store } = this.ground;
    try {
      faults.before(operation, type, urn, store.ledger);
      const answer = await change();
      faults.after(operation, type, urn);
      return answer;
    } catch (error) {
      throw refused(error, urn, operation);
    }
  }

  #cluster({ type }: Subject, operation: Operation) {
    const place = this.#reached();
    if ("why" in place) throw new ProviderError(unreachable(type, operation, place.why));
    const server = new ApiServer(this.ground, place);
    const { real } = this.configuration;
    const objects = new Objects(this.ground, server, real);
    return { server, objects, releases: new Releases(this.ground, server, real) };
  }

  #reached(): Reached {
    this.ground.store.refresh();
    return reached(this.configuration, this.ground.store.all());
  }
}
