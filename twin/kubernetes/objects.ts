import type { Properties, Stored } from "../behaviour";
import { uuid } from "../id";
import { ProviderError } from "../provider-error";
import type { Subject } from "../request";
import { isBag } from "../wire";
import type { Ground } from "../world";
import type { ApiServer } from "./api-server";
import { isPatch } from "./checked";
import type { Kind } from "./kind";
import { metadataOf } from "./object";
import { unstartable } from "./pod";
import { Refusal } from "./refusal";
import { minutesOf, settled } from "./status";

/** How often the provider tries again while a namespace or a definition is not there yet (provider source, `await.Creation`). */
const TRIES = 5;

/** Creates, updates and deletes objects as the provider does: it tries again, waits until they are ready, and gives up. */
export class Objects {
  constructor(
    private readonly ground: Ground,
    private readonly server: ApiServer,
  ) {}

  async create(subject: Subject, kind: Kind, asked: Properties, upsert: boolean): Promise<Stored> {
    const { store, clock } = this.ground;
    const object = await this.#insist(() =>
      this.server.judge({ kind, object: asked, upsert, isPatch: isPatch(subject.type) }),
    );
    const { generations } = store.ledger;
    generations[subject.urn] = (generations[subject.urn] ?? 0) + 1;
    const metadata = {
      ...metadataOf(object),
      uid: uuid(`${store.ledger.accountId}|${subject.urn}|${generations[subject.urn] ?? 0}`),
      creationTimestamp: clock.now(),
      generation: 1,
      resourceVersion: this.#version(),
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
    const object = this.server.judge({ kind, object: asked, before, isPatch: isPatch(subject.type) });
    const old = before.properties["metadata"] as Properties;
    const isSame = JSON.stringify(before.inputs["spec"]) === JSON.stringify(asked["spec"]);
    const metadata = {
      ...metadataOf(object),
      uid: old["uid"],
      creationTimestamp: old["creationTimestamp"],
      generation: Number(old["generation"]) + (isSame ? 0 : 1),
      resourceVersion: this.#version(),
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
      this.ground.store.refresh();
    }
    this.server.remove(stored);
    this.record();
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

  async #insist<T>(attempt: () => T): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      this.ground.store.refresh();
      try {
        return attempt();
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
