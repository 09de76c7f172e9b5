import {
  bool,
  CelError,
  decided,
  field,
  MACROS,
  METHODS,
  type Node,
  optionalField,
  present,
  items,
  Optional,
  add,
  RELATIONS,
  select,
} from "./values";

/**
 * Evaluates the part of CEL that our admission policies are written in, over plain values, as the API server does: a field that is not
 * there is an error, and `&&`, `||` and the macros absorb an error when the other side decides. What it does not know it refuses.
 */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  const parser = new Parser(tokens(expression));
  return parser.whole()(new Map(Object.entries(variables)));
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
