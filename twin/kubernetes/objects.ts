import type { Properties, Stored } from "../behaviour";
import { uuid } from "../id";
import { ProviderError } from "../provider-error";
import type { Subject } from "../request";
import { isBag } from "../wire";
import type { Ground } from "../world";
import type { ApiServer, Asked } from "./api-server";
import { isPatch } from "./checked";
import type { Kind } from "./kind";
import { metadataOf } from "./object";
import { unstartable } from "./pod";
import type { RealServer } from "./real";
import { Refusal } from "./refusal";
import { minutesOf, settled } from "./status";

/** How often the provider tries again while a namespace or a definition is not there yet (provider source, `await.Creation`). */
const TRIES = 5;

/** Creates, updates and deletes objects as the provider does: it tries again, waits until they are ready, and gives up. */
export class Objects {
  constructor(
    private readonly ground: Ground,
    private readonly server: ApiServer,
    private readonly real: RealServer | undefined,
  ) {}

  async create(subject: Subject, kind: Kind, asked: Properties, upsert: boolean): Promise<Stored> {
    const { store, clock } = this.ground;
    const object = await this.#insist(() =>
      this.#admitted({ kind, object: asked, upsert, isPatch: isPatch(subject.type) }),
    );
    const { generations } = store.ledger;
    generations[subject.urn] = (generations[subject.urn] ?? 0) + 1;
    // A real server has said these itself.
    const metadata = {
      uid: uuid(`${store.ledger.accountId}|${subject.urn}|${generations[subject.urn] ?? 0}`),
      creationTimestamp: clock.now(),
      generation: 1,
      resourceVersion: this.#version(),
      ...metadataOf(object),
    };
    const stored = this.server.keep({
      type: subject.type,
      urn: subject.urn,
      inputs: asked,
      properties: { ...held(object), metadata },
      status: "CREATING",
    });
    return await this.#readied(subject, kind, stored);
  }

  async update(subject: Subject, kind: Kind, before: Stored, asked: Properties): Promise<Stored> {
    const object = await this.#admitted({ kind, object: asked, before, isPatch: isPatch(subject.type) });
    const old = before.properties["metadata"] as Properties;
    const isSame = JSON.stringify(before.inputs["spec"]) === JSON.stringify(asked["spec"]);
    const metadata = {
      uid: old["uid"],
      creationTimestamp: old["creationTimestamp"],
      generation: Number(old["generation"]) + (isSame ? 0 : 1),
      resourceVersion: this.#version(),
      ...metadataOf(object),
    };
    const stored = this.server.keep({
      type: subject.type,
      urn: subject.urn,
      inputs: asked,
      properties: { ...held(object), metadata },
      status: "UPDATING",
    });
    return await this.#readied(subject, kind, stored);
  }

  /** A namespace takes a moment, in which nothing new can be made in it. */
  async delete(kind: Kind, stored: Stored): Promise<void> {
    if (kind.group === "" && kind.kind === "Namespace") {
      this.ground.store.put({ ...stored, status: "DELETING" });
      this.record();
      await this.ground.clock.wait(0.2);
    }
    if (isPatch(stored.type)) await this.real?.relinquish(stored.inputs);
    else await this.real?.remove(stored.properties);
    this.ground.store.refresh();
    this.server.remove(stored);
    this.record();
  }

  /** The object as whoever judges it takes it: the twin, or the real server behind it. */
  async #admitted(asked: Asked): Promise<Properties> {
    if (this.real === undefined) return this.server.judge(asked);
    if (!asked.before && !asked.upsert && !asked.isPatch) this.server.demandFree(asked.kind, metadataOf(asked.object));
    return await this.real.apply(asked.object);
  }

  /** Puts the account on disk. */
  record(): void {
    const { store, clock } = this.ground;
    store.ledger.now = clock.now();
    store.flush();
  }

  /** Waits until the object is ready; one whose pods can never start stays, and its creation fails. */
  async #readied(subject: Subject, kind: Kind, begun: Stored): Promise<Stored> {
    const { store, clock } = this.ground;
    const minutes = minutesOf(kind, metadataOf(begun.properties).annotations);
    if (minutes > 0) {
      this.record();
      await clock.wait(minutes);
      for (let tries = 0; tries < TRIES && this.#obstacles(kind, begun).length > 0; tries += 1) await clock.wait(2);
      store.refresh();
    }
    const metadata = begun.properties["metadata"] as Properties;
    const obstacles = minutes > 0 ? this.#obstacles(kind, begun) : [];
    const status = obstacles.length > 0 ? {} : settled(kind, begun.properties, Number(metadata["generation"]));
    const stored = {
      ...begun,
      properties: { ...begun.properties, ...status },
      status: obstacles.length > 0 ? "FAILED" : "ACTIVE",
    };
    store.put(stored);
    this.record();
    if (obstacles.length > 0) throw this.#stuck(subject, stored, obstacles);
    return stored;
  }

  #obstacles(kind: Kind, { properties }: Stored): string[] {
    this.ground.store.refresh();
    return unstartable(kind, properties, this.server.objects());
  }

  #stuck({ urn }: Subject, stored: Stored, obstacles: readonly string[]): ProviderError {
    const { name = "" } = metadataOf(stored.properties);
    const message =
      `resource "${urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize ` +
      `or become live: '${name}' timed out waiting to be Ready: ${obstacles.join("; ")}`;
    return new ProviderError(message, "Timeout", { id: this.server.idOf(stored), properties: stored.properties });
  }

  async #insist<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      this.ground.store.refresh();
      try {
        return await attempt();
      } catch (error) {
        const isEarly = error instanceof Refusal && ["NotFound", "NoMatch"].includes(error.reason);
        if (!isEarly || tries === TRIES) throw error;
        await this.ground.clock.wait(0.02 * 2 ** tries);
      }
    }
  }

  #version(): string {
    const { ledger } = this.ground.store;
    ledger.steps += 1;
    return String(ledger.steps);
  }
}

/** The object as the API server keeps it: text of a Secret in base64. */
function held(object: Properties): Properties {
  const { stringData, ...rest } = object;
  if (object["kind"] !== "Secret" || !isBag(stringData)) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString("base64")]);
  return { ...rest, data: { ...(rest["data"] as Properties | undefined), ...Object.fromEntries(encoded) } };
}
