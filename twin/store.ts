import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

import type { Stored } from "./behaviour";
import type { Given } from "./given";
import { exclusively } from "./turn";

/** What the file holds besides the resources. */
export interface Ledger {
  readonly accountId: string;
  /** The virtual time of the last change. */
  now: string;
  /** How many calls were made: the step that a fault names. */
  steps: number;
  /** How often each URN was created: a replacement gets another id than what it replaces. */
  readonly generations: Record<string, number>;
  /** What injected faults did, in words. */
  readonly faults: string[];
  /** What the account is like besides its resources. */
  readonly given?: Given;
}

/**
 * The account's memory: one readable JSON file, or nothing but memory. Every change is on disk before its call is
 * answered, and the file is replaced in one step, so a crash leaves the account as it was before or after a change. Several
 * processes write it (the engine starts one for each provider): each puts its own changes on top of what the others wrote.
 */
export class Store {
  #resources = new Map<string, Stored>();
  #ledger: Ledger;
  // Turning 200 resources into text for each change would cost most of a run, so each text is made once.
  readonly #texts = new WeakMap<Stored, string>();
  #seen = "";
  /** What this process changed since it last wrote; undefined: taken away. */
  readonly #changed = new Map<string, Stored | undefined>();
  #written: Pick<Ledger, "steps" | "faults"> = { steps: 0, faults: [] };

  constructor(
    private readonly file: string | undefined,
    accountId: string,
    startAt: string,
  ) {
    this.#ledger = { accountId, now: startAt, steps: 0, generations: {}, faults: [] };
    this.refresh();
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Reads the file again when another process has written it. */
  refresh(): void {
    if (this.file === undefined) return;
    const mark = fingerprint(this.file);
    if (mark === this.#seen) return;

    const { resources, ...ledger } = JSON.parse(readFileSync(this.file, "utf8")) as Ledger & { resources: Stored[] };
    const read = { steps: ledger.steps, faults: [...ledger.faults] };
    this.#ledger = this.#seen === "" ? ledger : this.#joined(ledger);
    this.#written = read;
    this.#resources = new Map(resources.map((resource) => [key(resource.type, resource.id), resource]));
    for (const [changed, resource] of this.#changed) {
      if (resource === undefined) this.#resources.delete(changed);
      else this.#resources.set(changed, resource);
    }
    this.#seen = mark;
  }

  all(): Stored[] {
    return [...this.#resources.values()];
  }

  get(type: string, id: string): Stored | undefined {
    return this.#resources.get(key(type, id));
  }

  put(resource: Stored): void {
    this.#resources.set(key(resource.type, resource.id), resource);
    this.#changed.set(key(resource.type, resource.id), resource);
  }

  remove(type: string, id: string): void {
    this.#resources.delete(key(type, id));
    this.#changed.set(key(type, id), undefined);
  }

  /** Puts everything on disk: written beside the file, then renamed over it. */
  flush(): void {
    const { file } = this;
    if (file === undefined) return;
    exclusively(file, () => {
      this.refresh();
      const draft = `${file}.${process.pid}.draft`;
      try {
        writeFileSync(draft, this.#text());
        renameSync(draft, file);
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
      this.#seen = fingerprint(file);
      this.#changed.clear();
      this.#written = { steps: this.#ledger.steps, faults: [...this.#ledger.faults] };
    });
  }

  /** What another process wrote about calls, with what this one has added since. */
  #joined(other: Ledger): Ledger {
    const own = this.#ledger;
    const generations = { ...other.generations };
    for (const [urn, count] of Object.entries(own.generations)) {
      generations[urn] = Math.max(count, generations[urn] ?? 0);
    }
    return {
      ...other,
      now: other.now > own.now ? other.now : own.now,
      steps: other.steps + own.steps - this.#written.steps,
      generations,
      faults: [...other.faults, ...own.faults.slice(this.#written.faults.length)],
    };
  }

  #text(): string {
    const sorted = [...this.#resources.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
    const texts = sorted.map(([, resource]) => this.#resourceText(resource));
    const ledger = JSON.stringify(this.#ledger, null, 2).slice(0, -2);
    return `${ledger},\n  "resources": [${texts.length > 0 ? `\n${texts.join(",\n")}\n  ` : ""}]\n}\n`;
  }

  #resourceText(resource: Stored): string {
    const known = this.#texts.get(resource);
    if (known !== undefined) return known;
    const text = JSON.stringify(resource, null, 2).replace(/^/gm, "    ");
    this.#texts.set(resource, text);
    return text;
  }
}

function key(type: string, id: string): string {
  return `${type} ${id}`;
}

/** A file that was renamed into place has another inode, so this changes with every write of any process. */
function fingerprint(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}
