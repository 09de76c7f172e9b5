import type { Behaviour, Caller, Properties, Stored, World } from "./behaviour";
import type { Clock } from "./clock";
import type { Faults } from "./fault";
import type { Given } from "./given";
import { hex, uuid } from "./id";
import { valuesAt } from "./path";
import type { Store } from "./store";

/** The region in which AWS answers about types that belong to none. */
const GLOBAL_HOME = "us-east-1";

/** What all calls of one account share. */
export interface Ground {
  readonly store: Store;
  readonly clock: Clock;
  readonly faults: Faults;
  /** True for the types that belong to no region. */
  readonly isGlobal: (type: string) => boolean;
  readonly caller: Caller;
  readonly behaviourOf: (type: string) => Behaviour | undefined;
}

/** The account as one call sees it: its region, and random-looking values that are always the same for the same seed. */
export class AccountWorld implements World {
  readonly accountId: string;
  readonly caller: Caller;

  constructor(
    private readonly ground: Ground,
    readonly region: string,
    private readonly seed: string,
  ) {
    this.accountId = ground.store.ledger.accountId;
    this.caller = ground.caller;
  }

  get given(): Given {
    return this.ground.store.ledger.given ?? {};
  }

  all(type: string): readonly Stored[] {
    const { store, faults } = this.ground;
    return store
      .all()
      .filter((stored) => stored.type === type && (this.ground.isGlobal(type) || stored.region === this.region))
      .filter((stored) => !faults.hides(stored.type, stored.id));
  }

  everything(): readonly Stored[] {
    const { store, faults, isGlobal } = this.ground;
    return store
      .all()
      .filter(({ type, region }) => (isGlobal(type) ? this.region === GLOBAL_HOME : region === this.region))
      .filter(({ type, id }) => !faults.hides(type, id));
  }

  find(type: string, id: string): Stored | undefined {
    const { store, faults } = this.ground;
    const stored = store.get(type, id);
    if (stored === undefined || (!this.ground.isGlobal(type) && stored.region !== this.region)) return undefined;
    return faults.hides(type, id) ? undefined : stored;
  }

  findBy(type: string, property: string, value: unknown): Stored | undefined {
    const { store, faults } = this.ground;
    // An ARN names its region, so it is looked up everywhere.
    const everywhere = property === "arn" ? store.all().filter((stored) => stored.type === type) : this.#unhidden(type);
    const found = everywhere.find((stored) => valuesAt(stored.properties, property).includes(value));
    return found && faults.hides(type, found.id) ? undefined : found;
  }

  makeBehindTheBack(made: {
    type: string;
    id: string;
    inputs?: Properties;
    properties: Properties;
    note: string;
  }): void {
    const { type, id, inputs = {}, properties, note } = made;
    this.ground.store.put({ type, id, note, region: this.region, inputs, properties, status: "ACTIVE" });
  }

  amend(type: string, id: string, properties: Properties): void {
    const { store } = this.ground;
    const stored = store.get(type, id);
    if (stored) store.put({ ...stored, properties: { ...stored.properties, ...properties } });
  }

  takeAway(type: string, id: string): void {
    this.ground.store.remove(type, id);
  }

  hex(digits: number, salt = ""): string {
    return hex(digits, `${this.seed}|${salt}`);
  }

  uuid(salt = ""): string {
    return uuid(`${this.seed}|${salt}`);
  }

  now(): string {
    return this.ground.clock.now();
  }

  #unhidden(type: string): Stored[] {
    const { store } = this.ground;
    return store
      .all()
      .filter((stored) => stored.type === type && (this.ground.isGlobal(type) || stored.region === this.region));
  }
}
