import { Attempts } from "./attempt";
import type { Behaviour, Call, Properties, Stored, UpdateCall } from "./behaviour";
import { depart } from "./departure";
import { answered } from "./properties";
import { refuseDangling, refuseHeld } from "./reference";
import type { Configuration, CreateAnswer, Subject } from "./request";
import { AccountWorld, type Ground } from "./world";

/** Creates, updates and deletes: faults first, then AWS's refusals, then the state while it lasts, then the effects. */
export class Changes {
  readonly #attempts: Attempts;

  constructor(
    private readonly ground: Ground,
    private readonly configuration: Configuration & { readonly region: string },
  ) {
    this.#attempts = new Attempts(ground);
  }

  async create(subject: Subject, behaviour: Behaviour, inputs: Properties): Promise<CreateAnswer> {
    const { store, faults } = this.ground;
    const generations = store.ledger.generations;
    generations[subject.urn] = (generations[subject.urn] ?? 0) + 1;
    const change = { subject, behaviour, world: this.world(subject.urn, inputs) };
    const call: Call = { world: change.world, inputs };

    const begun = this.#attempts.refusing("create", change, nameIn(inputs, behaviour) ?? subject.name ?? "", () => {
      this.#attempts.insist(() => {
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

    this.#attempts.refusing("create", change, made.id, () => behaviour.afterCreate?.(call, made.id), made);
    this.#attempts.record();
    faults.after("create", subject.type, subject.urn);
    return { id: made.id, properties: store.get(made.type, made.id)?.properties ?? made.properties };
  }

  async update(subject: Subject, behaviour: Behaviour, old: Stored, inputs: Properties): Promise<Properties> {
    const { store, faults } = this.ground;
    const change = { subject, behaviour, world: this.world(subject.urn, inputs) };
    const changed = topLevelChanges(old.inputs, inputs);
    const call: UpdateCall = { world: change.world, inputs, old, changed };
    const isQuiet = behaviour.isQuiet?.(call) ?? false;

    const begun = this.#attempts.refusing("update", change, old.id, () => {
      this.#attempts.insist(() => {
        refuseDangling(behaviour, inputs, change.world);
        behaviour.refuseUpdate?.(call);
      }, subject.urn);
      const removed = changed.filter((key) => inputs[key] === undefined);
      const before = Object.entries(old.properties).filter(([key]) => !removed.includes(key));
      const now = answered(call, behaviour, old.id, this.configuration);
      const properties = { ...Object.fromEntries(before), ...now };
      const status = isQuiet ? old.status : "UPDATING";
      return { ...old, urn: subject.urn, inputs, properties, status } satisfies Stored;
    });
    if (isQuiet) store.put(begun);
    else await this.#during(begun, behaviour.minutes?.update ?? 0);

    this.#attempts.refusing("update", change, old.id, () => behaviour.afterUpdate?.(call));
    this.#attempts.record();
    faults.after("update", subject.type, subject.urn);
    return store.get(old.type, old.id)?.properties ?? begun.properties;
  }

  async delete(subject: Subject, behaviour: Behaviour, stored: Stored): Promise<void> {
    const { store, faults, clock } = this.ground;
    const change = { subject, behaviour, world: this.world(subject.urn, stored.properties) };
    this.#attempts.refusing("delete", change, stored.id, () => {
      refuseHeld(stored, store.all(), this.ground.behaviourOf);
      behaviour.refuseDelete?.({ world: change.world, stored });
    });

    store.put({ ...stored, status: "DELETING" });
    this.#attempts.record();
    await clock.wait(behaviour.minutes?.delete ?? 0);
    this.#attempts.refusing("delete", change, stored.id, () => {
      depart(store, { world: change.world, stored }, behaviour);
    });
    this.#attempts.record();
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

  /** Keeps the resource in its passing state for as long as it lasts. */
  async #during(passing: Stored, minutes: number): Promise<Stored> {
    const { store, clock } = this.ground;
    store.put(passing);
    if (minutes > 0) this.#attempts.record();
    await clock.wait(minutes);

    // Others may have amended it meanwhile.
    const settled = { ...(store.get(passing.type, passing.id) ?? passing), status: "ACTIVE" };
    store.put(settled);
    return settled;
  }
}

function topLevelChanges(olds: Properties, news: Properties): string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
}

function nameIn(inputs: Properties, { autoName }: Behaviour): string | undefined {
  const name = inputs[autoName?.property ?? "name"];
  return typeof name === "string" ? name : undefined;
}
