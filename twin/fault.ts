import { AwsError } from "./error";
import type { Ledger } from "./store";

/** The calls a fault can strike. */
export type Operation = "create" | "update" | "delete" | "invoke" | "read";

interface Aim {
  /** @default every operation that changes something */
  readonly on?: Operation;
  /** A glob over the token or the URN, `aws:iam/*`; `*` stands for anything. @default everything */
  readonly match?: string;
}

/** Something that goes wrong on purpose; data, so that a rehearsal can be told about it through a file or variable. */
export type Fault =
  /** AWS answers "Rate exceeded" so many times for each call; the provider tries again, as the real one does. */
  | (Aim & { readonly kind: "throttle"; readonly times: number })
  /** A new resource cannot be seen by so many look-ups of others (IAM is eventually consistent). */
  | (Aim & { readonly kind: "invisible"; readonly calls: number })
  /** The nth call that the aim matches is refused (every one, when `nth` is absent). */
  | (Aim & {
      readonly kind: "refuse";
      readonly nth?: number;
      readonly code: string;
      readonly message: string;
      readonly status?: number;
    })
  /** The process dies at the nth matching call, before or after the account has recorded it; `engine` takes the engine along. */
  | (Aim & {
      readonly kind: "crash";
      readonly nth?: number;
      readonly when: "before" | "after";
      readonly engine?: true;
    });

/** The exit code of a crash that was asked for. */
const CRASHED = 86;

/** Decides for every call what goes wrong. */
export class Faults {
  readonly #counts = new Map<Fault, number>();
  readonly #hidden = new Map<string, number>();
  #sawHidden = false;

  constructor(
    private readonly faults: readonly Fault[],
    private readonly die: (code: number, fault: { readonly engine?: true }) => never = end,
  ) {}

  /** Strikes before the account looks at the call; throws what AWS would answer. */
  before(on: Operation, type: string, urn: string, ledger: Ledger): void {
    for (const fault of this.#aimed(on, type, urn)) {
      switch (fault.kind) {
        case "throttle":
          ledger.faults.push(`${on} ${urn}: ThrottlingException: Rate exceeded (${fault.times} times), then through`);
          break;
        case "refuse":
          if (this.#isDue(fault)) {
            ledger.faults.push(`${on} ${urn}: refused with ${fault.code}`);
            throw new AwsError(fault.code, fault.message, fault.status);
          }
          break;
        case "crash":
          if (fault.when === "before" && this.#isDue(fault)) this.die(CRASHED, fault);
          break;
        case "invisible":
          break;
      }
    }
  }

  /** Strikes after the account has recorded the call and before it answers. */
  after(on: Operation, type: string, urn: string): void {
    for (const fault of this.#aimed(on, type, urn)) {
      if (fault.kind === "crash" && fault.when === "after" && this.#isDue(fault)) this.die(CRASHED, fault);
    }
  }

  /** Remembers that a new resource is not to be seen yet. */
  hide(type: string, id: string, urn: string): void {
    for (const fault of this.#aimed("create", type, urn)) {
      if (fault.kind === "invisible") this.#hidden.set(`${type} ${id}`, fault.calls);
    }
  }

  /** True while a look-up must not find this resource; every question brings it nearer to being seen. */
  hides(type: string, id: string): boolean {
    const left = this.#hidden.get(`${type} ${id}`) ?? 0;
    if (left === 0) return false;
    this.#hidden.set(`${type} ${id}`, left - 1);
    this.#sawHidden = true;
    return true;
  }

  /** True once after a look-up missed something only because it was hidden: the provider then tries again. */
  wasBlind(): boolean {
    const blind = this.#sawHidden;
    this.#sawHidden = false;
    return blind;
  }

  *#aimed(on: Operation, type: string, urn: string): Generator<Fault> {
    for (const fault of this.faults) {
      const operations: readonly Operation[] = fault.on === undefined ? ["create", "update", "delete"] : [fault.on];
      if (!operations.includes(on)) continue;
      if (matches(fault.match ?? "*", type) || matches(fault.match ?? "*", urn)) yield fault;
    }
  }

  #isDue(fault: Fault & { readonly nth?: number }): boolean {
    const count = (this.#counts.get(fault) ?? 0) + 1;
    this.#counts.set(fault, count);
    return fault.nth === undefined || fault.nth === count;
  }
}

/** The engine has started this process, so it is the parent; killed first, it hears nothing of this end. */
function end(code: number, { engine }: { readonly engine?: true }): never {
  if (engine === true) process.kill(process.ppid, "SIGKILL");
  process.exit(code);
}

function matches(glob: string, text: string): boolean {
  const pattern = glob
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`).test(text);
}
