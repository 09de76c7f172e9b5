import type { Behaviour, Call, Properties, Stored, UpdateCall } from "./behaviour";
import { depart } from "./departure";
import { AwsError } from "./error";
import type { Operation } from "./fault";
import { uuid } from "./id";
import { answered } from "./properties";
import { refused, type Refusal } from "./provider-error";
import { refuseDangling, refuseHeld } from "./reference";
import type { Configuration, CreateAnswer, Subject } from "./request";
import { AccountWorld, type Ground } from "./world";

const PATIENCE = 50;

/** A change under way: what is asked for, how the type behaves, and the account as the call sees it. */
interface Change {
  readonly subject: Subject;
  readonly behaviour: Behaviour;
  readonly world: AccountWorld;
}

/** Creates, updates and deletes: faults first, then AWS's refusals, then the state while it lasts, then the effects. */
export class Changes {
  constructor(
    private readonly ground: Ground,
    private readonly configuration: Configuration & { readonly region: string },
  ) {}

  async create(subject: Subject, behaviour: Behaviour, inputs: Properties): Promise<CreateAnswer> {
    const { store, faults } = this.ground;
    const generations = store.ledger.generations;
    generations[subject.urn] = (generations[subject.urn] ?? 0) + 1;
    const change = { subject, behaviour, world: this.world(subject.urn, inputs) };
    const call: Call = { world: change.world, inputs };

    const begun = this.#refusing("create", change, nameIn(inputs, behaviour) ?? subject.name ?? "", () => {
      this.#insist(() => {
        refuseDangling(behaviour, inputs, change.world);
        behaviour.refuseCreate?.(call);
      }, subject.urn);
      const id = behaviour.id(call);
      const properties = answered(call, behaviour, id, this.configuration);
      const { type, urn } = subject;
      return { type, id, urn, region: change.world.region, inputs, properties, status: "CREATING" } satisfies Stored;
    });
    faults.hide(subject.type, begun.id, subject.urn);
    const made = await this.#during(begun, behaviour.minutes?.create ?? 0);

    this.#refusing("create", change, made.id, () => behaviour.afterCreate?.(call, made.id), made);
    this.#record();
    faults.after("create", subject.type, subject.urn);
    return { id: made.id, properties: store.get(made.type, made.id)?.properties ?? made.properties };
  }

  async update(subject: Subject, behaviour: Behaviour, old: Stored, inputs: Properties): Promise<Properties> {
    const { store, faults } = this.ground;
    const change = { subject, behaviour, world: this.world(subject.urn, inputs) };
    const changed = topLevelChanges(old.inputs, inputs);
    const call: UpdateCall = { world: change.world, inputs, old, changed };

    const begun = this.#refusing("update", change, old.id, () => {
      this.#insist(() => {
        refuseDangling(behaviour, inputs, change.world);
        behaviour.refuseUpdate?.(call);
      }, subject.urn);
      const removed = changed.filter((key) => inputs[key] === undefined);
      const before = Object.entries(old.properties).filter(([key]) => !removed.includes(key));
      const now = answered(call, behaviour, old.id, this.configuration);
      const properties = { ...Object.fromEntries(before), ...now };
      return { ...old, urn: subject.urn, inputs, properties, status: "UPDATING" } satisfies Stored;
    });
    await this.#during(begun, behaviour.minutes?.update ?? 0);

    this.#refusing("update", change, old.id, () => behaviour.afterUpdate?.(call));
    this.#record();
    faults.after("update", subject.type, subject.urn);
    return store.get(old.type, old.id)?.properties ?? begun.properties;
  }

  async delete(subject: Subject, behaviour: Behaviour, stored: Stored): Promise<void> {
    const { store, faults, clock } = this.ground;
    const change = { subject, behaviour, world: this.world(subject.urn, stored.properties) };
    this.#refusing("delete", change, stored.id, () => {
      refuseHeld(stored, store.all(), this.ground.behaviourOf);
      behaviour.refuseDelete?.({ world: change.world, stored });
    });

    store.put({ ...stored, status: "DELETING" });
    this.#record();
    await clock.wait(behaviour.minutes?.delete ?? 0);
    this.#refusing("delete", change, stored.id, () => {
      depart(store, { world: change.world, stored }, behaviour);
    });
    this.#record();
    faults.after("delete", subject.type, subject.urn);
  }

  /** Ends what a process that died had begun: AWS goes on without whoever asked. */
  settle(): void {
    const { store, behaviourOf } = this.ground;
    for (const stored of store.all()) {
      const behaviour = behaviourOf(stored.type);
      if (behaviour === undefined || !["CREATING", "UPDATING", "DELETING"].includes(stored.status)) continue;
      const world = this.world(stored.urn ?? stored.id, stored.properties);
      if (stored.status === "DELETING") {
        depart(store, { world, stored }, behaviour);
        continue;
      }
      store.put({ ...stored, status: "ACTIVE" });
      if (stored.status === "CREATING") behaviour.afterCreate?.({ world, inputs: stored.inputs }, stored.id);
    }
  }

  /** The account as a call about this resource sees it. */
  world(urn: string, { region }: Properties = {}): AccountWorld {
    const { store } = this.ground;
    const where = typeof region === "string" ? region : this.configuration.region;
    return new AccountWorld(
      this.ground,
      where,
      `${store.ledger.accountId}|${urn}|${store.ledger.generations[urn] ?? 0}`,
    );
  }

  #record(): void {
    const { store, clock } = this.ground;
    store.ledger.now = clock.now();
    store.flush();
  }

  /** Keeps the resource in its passing state for as long as it lasts. */
  async #during(passing: Stored, minutes: number): Promise<Stored> {
    const { store, clock } = this.ground;
    store.put(passing);
    if (minutes > 0) this.#record();
    await clock.wait(minutes);

    // Others may have amended it meanwhile.
    const settled = { ...(store.get(passing.type, passing.id) ?? passing), status: "ACTIVE" };
    store.put(settled);
    return settled;
  }

  /** Tries again while a look-up fails only because something is not visible yet, as the provider does. */
  #insist(attempt: () => void, urn: string): void {
    const { faults, store } = this.ground;
    for (let tries = 0; ; tries += 1) {
      faults.wasBlind();
      try {
        attempt();
        return;
      } catch (error) {
        if (!faults.wasBlind() || tries === PATIENCE) throw error;
        store.ledger.faults.push(`${urn}: something it refers to was not visible yet; tried again`);
      }
    }
  }

  /** Runs one step, and words what AWS refuses as the provider does; what `made` names exists all the same, failed. */
  #refusing<T>(
    operation: Operation,
    { subject, behaviour, world }: Change,
    id: string,
    step: () => T,
    made?: Stored,
  ): T {
    const { store, faults } = this.ground;
    try {
      if (made === undefined) {
        store.ledger.steps += 1;
        faults.before(operation, subject.type, subject.urn, store.ledger);
      }
      return step();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (made) store.put({ ...made, status: "FAILED" });
      this.#record();
      const requestId = uuid(`${world.uuid()}|${store.ledger.steps}`);
      const partial = made && { id: made.id, properties: made.properties };
      throw refused(error, { doing: DOING[operation], behaviour, subject: id, requestId, partial });
    }
  }
}

const DOING: Record<Operation, Refusal["doing"]> = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  invoke: "reading",
};

function topLevelChanges(olds: Properties, news: Properties): string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
}

function nameIn(inputs: Properties, { autoName }: Behaviour): string | undefined {
  const name = inputs[autoName?.property ?? "name"];
  return typeof name === "string" ? name : undefined;
}
