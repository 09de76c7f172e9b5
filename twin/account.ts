import type { Behaviour, Properties, Stored } from "./behaviour";
import { administrator, callerOf } from "./caller";
import { catalogue, invokes } from "./catalogue";
import { Changes } from "./change";
import { failures, named, withJsonText } from "./check";
import { Clock } from "./clock";
import { difference, withIgnored } from "./diff";
import { AwsError } from "./error";
import { Faults, type Fault } from "./fault";
import { byImportId } from "./import-id";
import type { KubernetesConfiguration } from "./kubernetes/configuration";
import { Kubernetes } from "./kubernetes/kubernetes";
import { leftovers } from "./leftovers";
import { completed, inputsAsHeld, unknowns } from "./properties";
import { ProviderError } from "./provider-error";
import type {
  CheckAnswer,
  CheckRequest,
  Configuration,
  CreateAnswer,
  CreateRequest,
  DeleteRequest,
  DiffAnswer,
  DiffRequest,
  Leftovers,
  ReadAnswer,
  ReadRequest,
  Subject,
  UpdateRequest,
} from "./request";
import { schema } from "./schema";
import { notImportable, unstored } from "./setting";
import { Store } from "./store";
import { hasUnknown, unwrapAll } from "./wire";
import type { Ground } from "./world";

/** How an account is opened. */
export interface AccountOptions {
  /** @default 111122223333: one of the numbers AWS uses in examples */
  readonly accountId?: string;
  /** The region of a provider that names none. @default eu-central-1 */
  readonly region?: string;
  /** Milliseconds an AWS minute takes. @default 10: a cluster takes a tenth of a second */
  readonly timeScale?: number;
  readonly faults?: readonly Fault[];
  /** Where the virtual time of a new account begins. @default 2026-01-01T00:00:00Z */
  readonly startAt?: string;
  /** Who calls, as `getCallerIdentity` says it. @default the session `rehearsal` of the account's role `platform-admin` */
  readonly caller?: string;
  /** Another process may be at work in the account, so that what is begun is left to it. @default false: whoever began it has died */
  readonly shared?: boolean;
}

const behaviours = new Map(catalogue.map((behaviour) => [behaviour.token, behaviour]));

/**
 * A stand-in AWS account, strict enough that a careless program fails in it. It is not AWS: it knows the types of its
 * catalogue, refuses all others, and answers what the documentation and the provider's source say AWS would answer.
 */
export class Account {
  readonly #changes: Changes;

  private constructor(
    private readonly ground: Ground,
    private readonly configuration: Configuration & { readonly region: string },
  ) {
    this.#changes = new Changes(ground, configuration);
  }

  /** Opens the account that the file holds, or a new one; without a file it lives in memory. */
  static open(file?: string, options: AccountOptions = {}): Account {
    const { accountId = "111122223333", region = "eu-central-1", timeScale = 10 } = options;
    const startAt = options.startAt ?? "2026-01-01T00:00:00Z";
    const store = new Store(file, accountId, startAt);
    const ground = {
      store,
      clock: new Clock(store.ledger.now, timeScale),
      faults: new Faults(options.faults ?? []),
      caller: callerOf(options.caller ?? administrator(store.ledger.accountId)),
      isGlobal: (type: string) => behaviours.get(type)?.global ?? false,
      behaviourOf: (type: string) => behaviours.get(type),
    };
    const account = new Account(ground, { region });
    if (options.shared !== true) account.#changes.settle();
    return account;
  }

  /** The same account as a provider with this configuration sees it; refuses an account that the provider may not touch. */
  configure(configuration: Configuration): Account {
    const { accountId } = this.ground.store.ledger;
    const { allowedAccountIds, forbiddenAccountIds } = configuration;
    if ((allowedAccountIds && !allowedAccountIds.includes(accountId)) || forbiddenAccountIds?.includes(accountId)) {
      throw new ProviderError(`AWS account ID not allowed: ${accountId}`);
    }
    return new Account(this.ground, { ...configuration, region: configuration.region ?? this.configuration.region });
  }

  /** The Kubernetes API of the cluster that a provider with this configuration names. */
  kubernetes(configuration: KubernetesConfiguration): Kubernetes {
    return new Kubernetes(this.ground, configuration);
  }

  /** Judges the inputs and fills in the automatic name; unknown values are not judged. */
  check(request: CheckRequest): CheckAnswer {
    const behaviour = this.#behaviour(request);
    const full = { ...request, name: nameOf(request) };
    const inputs = withJsonText(request.type, unwrapAll(request.news), schema);
    return { inputs: named(full, inputs, behaviour), failures: failures(full, inputs, behaviour, schema) };
  }

  /** What would change, and what of it replaces the resource. */
  diff(request: DiffRequest): DiffAnswer {
    const behaviour = this.#behaviour(request);
    const olds = unwrapAll(request.oldInputs);
    const news = withIgnored(olds, withJsonText(request.type, unwrapAll(request.news), schema), request.ignoreChanges);
    const before = completed(request.type, olds, this.configuration, request.olds);
    const after = completed(request.type, news, this.configuration);
    const answer = difference(behaviour, before, request.olds ? after : { ...after, tagsAll: before.tagsAll });

    this.ground.store.refresh();
    const failed = this.ground.store.get(request.type, request.id)?.status === "FAILED";
    return failed ? { ...answer, changes: true, diffs: ["status"], replaces: ["status"] } : answer;
  }

  /** Creates a resource; it rejects with a {@link ProviderError}, whose `partial` is set when something exists all the same. */
  async create(request: CreateRequest): Promise<CreateAnswer> {
    const behaviour = this.#behaviour(request);
    const inputs = this.#valid(request, behaviour, request.inputs);
    if (request.preview) return { id: "", properties: { ...unknowns(request.type), ...inputs } };

    this.ground.store.refresh();
    return await this.#changes.create({ ...request, name: nameOf(request) }, behaviour, inputs);
  }

  /** Updates a resource in place and answers its properties. */
  async update(request: UpdateRequest): Promise<Properties> {
    const behaviour = this.#behaviour(request);
    const news = withIgnored(unwrapAll(request.oldInputs), unwrapAll(request.inputs), request.ignoreChanges);
    const inputs = this.#valid(request, behaviour, news);
    if (request.preview) {
      const renewed = behaviour.renews?.(this.diff({ ...request, news }).diffs) ?? [];
      return { ...unwrapAll(request.olds ?? {}), ...inputs, ...unknowns(request.type, renewed) };
    }

    this.ground.store.refresh();
    const stored = this.#stored(request, behaviour);
    if (stored === undefined) throw new ProviderError(`updating ${behaviour.words} (${request.id}): it does not exist`);
    return await this.#changes.update({ ...request, name: nameOf(request) }, behaviour, stored, inputs);
  }

  /** Deletes a resource; deleting what is gone succeeds. */
  async delete(request: DeleteRequest): Promise<void> {
    const behaviour = this.#behaviour(request);
    this.ground.store.refresh();
    const stored = this.#stored(request, behaviour);
    if (stored) await this.#changes.delete({ ...request, name: nameOf(request) }, behaviour, stored);
  }

  /** What the account holds under an id: for refresh, `get` and import. Undefined: nothing. */
  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reach the caller as a rejection
  async read(request: ReadRequest): Promise<ReadAnswer | undefined> {
    const behaviour = this.#behaviour(request);
    if (request.importing === true && behaviour.importable === false) throw notImportable(behaviour, request.id);
    this.ground.store.refresh();
    const imported = request.importing === true && byImportId(request.type, request.id, this.ground.store.all());
    const stored = imported === false ? this.#stored(request, behaviour) : imported;
    // The provider takes a key in its waiting period for gone (Terraform provider, `findKeyByID`).
    if (stored === undefined || stored.status === "PENDING_DELETION") return undefined;
    const { id, inputs, properties } = stored;
    return {
      id,
      inputs: request.olds === undefined ? inputs : inputsAsHeld(inputs, request.olds, properties),
      properties,
    };
  }

  /** Answers a function such as `aws:index/getCallerIdentity:getCallerIdentity`. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const answer = invokes[token];
    if (answer === undefined) throw new ProviderError(`the twin does not know the function ${token}`);
    this.ground.store.refresh();
    try {
      const plain = unwrapAll(args);
      return await Promise.resolve(answer(plain, this.#changes.world(token, plain)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new ProviderError(`invoking ${token}: 1 error occurred:\n\t* ${error.code}: ${error.message}`, error.code);
    }
  }

  /** What is still in the account. */
  leftovers(): Leftovers {
    this.ground.store.refresh();
    return leftovers(this.ground.store.all());
  }

  #behaviour({ type }: Subject): Behaviour {
    const behaviour = behaviours.get(type);
    if (behaviour === undefined) throw new ProviderError(`the twin does not know ${type}`);
    return behaviour;
  }

  #valid(request: Subject & { readonly preview?: boolean }, behaviour: Behaviour, raw: Properties): Properties {
    const inputs = withJsonText(request.type, unwrapAll(raw), schema);
    const subject = { ...request, name: nameOf(request) };
    const [first] = failures(subject, inputs, behaviour, schema);
    if (first) throw new ProviderError(first.reason);
    if (!request.preview && hasUnknown(inputs)) throw new ProviderError(`${request.urn}: an input is still unknown`);
    return inputs;
  }

  #stored({ type, id, urn }: Subject & { readonly id: string }, behaviour: Behaviour): Stored | undefined {
    return this.ground.store.get(type, id) ?? unstored(behaviour, this.#changes.world(urn), id);
  }
}

function nameOf({ urn, name }: Subject): string {
  return name ?? urn.split("::").at(-1) ?? urn;
}
