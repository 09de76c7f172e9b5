/**
 * Evaluates the part of CEL that our admission policies are written in, over plain values, as the API server does: a field that is not
 * there is an error, and `&&`, `||` and the macros absorb an error when the other side decides. What it does not know it refuses.
 */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  const parser = new Parser(tokens(expression));
  return parser.whole()(new Map(Object.entries(variables)));
}

/** An evaluation that has no result, such as a field that is not there. */
export class CelError extends Error {}

type Scope = ReadonlyMap<string, unknown>;
type Node = (scope: Scope) => unknown;
class Optional {
  constructor(
    readonly value: unknown,
    readonly present: boolean,
  ) {}
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+)|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|\.\?|[-+?:.,()[\]{}<>!]))/y;

function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`no CEL at ${at}: ${text.slice(at, at + 40)}`);
    found.push(match[0].trim());
  }
  return found;
}

class Parser {
  #at = 0;
  constructor(readonly list: readonly string[]) {}

  whole(): Node {
    const node = this.choice();
    if (this.#at !== this.list.length) throw new Error(`no CEL from "${this.peek()}"`);
    return node;
  }

  private peek = (): string => this.list[this.#at] ?? "";
  private take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at++;
    return true;
  }
  private need(token: string): void {
    if (!this.take(token)) throw new Error(`"${token}" wanted, got "${this.peek()}"`);
  }
  private next(): string {
    return this.list[this.#at++] ?? "";
  }

  private choice(): Node {
    const condition = this.either();
    if (!this.take("?")) return condition;
    const yes = this.either();
    this.need(":");
    const no = this.choice();
    return (scope) => (bool(condition(scope)) ? yes(scope) : no(scope));
  }

  private either(): Node {
    let left = this.both();
    while (this.take("||")) left = decided(left, this.both(), true);
    return left;
  }

  private both(): Node {
    let left = this.relation();
    while (this.take("&&")) left = decided(left, this.relation(), false);
    return left;
  }

  private relation(): Node {
    let left = this.sum();
    for (;;) {
      const operator = RELATIONS[this.peek()];
      if (!operator) return left;
      this.next();
      const [a, b] = [left, this.sum()];
      left = (scope) => operator(a(scope), b(scope));
    }
  }

  private sum(): Node {
    let left = this.unary();
    while (this.take("+")) {
      const [a, b] = [left, this.unary()];
      left = (scope) => add(a(scope), b(scope));
    }
    return left;
  }

  private unary(): Node {
    if (!this.take("!")) return this.member();
    const inner = this.unary();
    return (scope) => !bool(inner(scope));
  }

  private member(): Node {
    let node = this.primary();
    for (;;) {
      if (this.take(".")) node = this.selection(node, this.next());
      else if (this.take(".?")) node = optionalField(node, this.next());
      else if (this.take("[")) {
        const [object, key] = [node, this.choice()];
        this.need("]");
        node = (scope) => field(object(scope), key(scope));
      } else return node;
    }
  }

  private selection(target: Node, name: string): Node {
    if (!this.take("(")) {
      return (scope) => {
        const object = target(scope);
        return object instanceof Optional ? select(object, name) : field(object, name);
      };
    }
    const macro = MACROS[name];
    if (macro) {
      const variable = this.next();
      this.need(",");
      const body = this.choice();
      this.need(")");
      return (scope) => macro(items(target(scope)), (item) => body(new Map([...scope, [variable, item]])));
    }
    const method = METHODS[name];
    if (!method) throw new Error(`no method "${name}"`);
    const args = this.list_(")");
    return (scope) => method(target(scope), ...args.map((arg) => arg(scope)));
  }

  private list_(end: string): Node[] {
    const all: Node[] = [];
    while (!this.take(end)) {
      all.push(this.choice());
      if (this.peek() !== end) this.need(",");
    }
    return all;
  }

  private primary(): Node {
    const token = this.next();
    if (token === "(") {
      const inner = this.choice();
      this.need(")");
      return inner;
    }
    if (token === "[") {
      const all = this.list_("]");
      return (scope) => all.map((each) => each(scope));
    }
    if (token === "{") {
      this.need("}");
      return () => ({});
    }
    if (/^["']/.test(token)) return () => token.slice(1, -1).replace(/\\(.)/g, "$1");
    if (/^\d/.test(token)) return () => Number(token);
    if (token === "true" || token === "false") return () => token === "true";
    if (token === "has" || token === "dyn") return this.call(token);
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`no CEL from "${token}"`);
    return (scope) => {
      if (!scope.has(token)) throw new CelError(`undeclared reference to ${token}`);
      return scope.get(token);
    };
  }

  private call(name: "has" | "dyn"): Node {
    this.need("(");
    if (name === "dyn") {
      const inner = this.choice();
      this.need(")");
      return inner;
    }
    // The last selection is asked for, the ones before it have to be there.
    const from = this.#at;
    const close = this.closing();
    const object = new Parser(this.list.slice(from, close - 2)).whole();
    const key = this.list[close - 1] ?? "";
    this.#at = close + 1;
    return (scope) => present(object(scope), key);
  }

  private closing(): number {
    let depth = 1;
    for (let at = this.#at; at < this.list.length; at++) {
      if (this.list[at] === "(") depth++;
      if (this.list[at] === ")" && --depth === 0) return at;
    }
    throw new Error("has( is not closed");
  }
}

const RELATIONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  ">": (a, b) => Number(a) > Number(b),
  "<": (a, b) => Number(a) < Number(b),
  in: (a, b) => (Array.isArray(b) ? b.some((each) => equal(a, each)) : present(b, a)),
};

const MACROS: Readonly<Record<string, (list: unknown[], test: (item: unknown) => unknown) => unknown>> = {
  all: (list, test) => absorb(list, test, false),
  exists: (list, test) => absorb(list, test, true),
};

const METHODS: Readonly<Record<string, (target: unknown, ...args: unknown[]) => unknown>> = {
  size: (target) => items(target).length,
  orValue: (target, other) => {
    if (!(target instanceof Optional)) throw new CelError("no such overload: orValue");
    return target.present ? target.value : other;
  },
  startsWith: (target, start) => text(target).startsWith(text(start)),
  endsWith: (target, end) => text(target).endsWith(text(end)),
  contains: (target, part) => text(target).includes(text(part)),
  matches: (target, pattern) => new RegExp(text(pattern)).test(text(target)),
};

function decided(left: Node, right: Node, by: boolean): Node {
  return (scope) => absorb([left, right], (side) => (side as Node)(scope), by);
}

/** Whether one is `by`; an error counts only if none is. */
function absorb(list: readonly unknown[], test: (item: unknown) => unknown, by: boolean): boolean {
  let error: CelError | undefined;
  for (const item of list) {
    try {
      if (bool(test(item)) === by) return by;
    } catch (thrown) {
      if (!(thrown instanceof CelError)) throw thrown;
      error = thrown;
    }
  }
  if (error) throw error;
  return !by;
}

function optionalField(target: Node, name: string): Node {
  return (scope) => {
    const object = target(scope);
    return select(object instanceof Optional ? object : new Optional(object, true), name);
  };
}

function select(object: Optional, name: string): Optional {
  return object.present && present(object.value, name)
    ? new Optional(field(object.value, name), true)
    : new Optional(undefined, false);
}

function field(object: unknown, key: unknown): unknown {
  if (!present(object, key)) throw new CelError(`no such key: ${text(key)}`);
  return record(object)[text(key)];
}

function present(object: unknown, key: unknown): boolean {
  return Object.hasOwn(record(object), text(key));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CelError("no such overload");
  return value as Readonly<Record<string, unknown>>;
}

function items(value: unknown): unknown[] {
  return Array.isArray(value)
    ? (value as unknown[])
    : typeof value === "string"
      ? [...value]
      : Object.keys(record(value));
}

function bool(value: unknown): boolean {
  if (typeof value !== "boolean") throw new CelError("no such overload: not a bool");
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new CelError("no such overload: not a string");
  return value;
}

function add(a: unknown, b: unknown): unknown {
  return Array.isArray(a) && Array.isArray(b) ? [...(a as unknown[]), ...(b as unknown[])] : text(a) + text(b);
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && equal(value, (b as Record<string, unknown>)[key]))
  );
}
