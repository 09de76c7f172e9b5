import type { Behaviour, Stored } from "./behaviour";
import { AwsError } from "./error";
import type { Operation } from "./fault";
import { uuid } from "./id";
import { refused, type Refusal } from "./provider-error";
import type { Subject } from "./request";
import type { AccountWorld, Ground } from "./world";

const PATIENCE = 50;

/** A change under way: what is asked for, how the type behaves, and the account as the call sees it. */
interface Change {
  readonly subject: Subject;
  readonly behaviour: Behaviour;
  readonly world: AccountWorld;
}

const DOING: Record<Operation, Refusal["doing"]> = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  read: "reading",
  invoke: "reading",
};

/** The steps of a change that AWS may refuse, and what the account remembers of them. */
export class Attempts {
  constructor(private readonly ground: Ground) {}

  /** Puts the account, as it is now, on disk. */
  record(): void {
    const { store, clock } = this.ground;
    store.ledger.now = clock.now();
    store.flush();
  }

  /** Tries again while a look-up fails only because something is not visible yet, as the provider does. */
  insist(attempt: () => void, urn: string): void {
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
  refusing<T>(
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
      this.record();
      const requestId = uuid(`${world.uuid()}|${store.ledger.steps}`);
      const partial = made && { id: made.id, properties: made.properties };
      throw refused(error, { doing: DOING[operation], behaviour, subject: id, requestId, partial });
    }
  }
}
