import type { Statement } from "../../twin/aws/iam/document";

/** Names that a reader knows better than what AWS made of them: `arn:…:key/1b2c…` → `key main-disks`. */
type Names = ReadonlyMap<string, string>;

/** What the words of one page leave out. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly names: Names;
}

/** Text as code in a table's cell. */
export const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** A table, or nothing when it has no row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** An ARN without the account and region of the example: `logs:log-group:a`. */
export function short(text: string, { account, region, names }: Place): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  return text
    .replace(new RegExp(`^arn:aws:([a-z0-9-]+):(?:${region})?:${account}:`), "$1:")
    .replace(/^arn:aws:s3:::/, "s3:");
}

/** Values one after another, the shared beginning of actions said once: `kms: Decrypt, DescribeKey`. */
export function actions({ actions: named, notActions }: Statement): string {
  return notActions.length > 0 ? `everything but ${byService(notActions)}` : byService(named);
}

function byService(all: readonly string[]): string {
  const services = new Map<string, string[]>();
  for (const action of [...all].sort()) {
    const [service = "", name = ""] = action.includes(":") ? action.split(":") : ["", action];
    services.set(service, [...(services.get(service) ?? []), name]);
  }
  return [...services]
    .map(([service, names]) => `${service === "" ? "" : `${service}: `}${names.map(code).join(", ")}`)
    .join("; ");
}

/** What a statement is about. */
export function resources({ resources: named, notResources }: Statement, place: Place): string {
  const listed = (all: readonly string[]) =>
    all.map((one) => (one === "*" ? "everything" : code(short(one, place)))).join(", ");
  return notResources.length > 0 ? `everything but ${listed(notResources)}` : listed(named);
}

/** Whom a statement means, and whether IAM's word is needed besides. */
export function who(statement: Statement, place: Place): string {
  const named = callers(statement);
  const accounts = statement.principals.every(({ name }) => name === place.account || name.endsWith(":root"));
  const names = named.length > 0 ? named : statement.principals.map(({ name }) => (name === "*" ? "everybody" : name));
  const others = statement.notPrincipals.map(({ name }) => name);
  const said = names.map((name) => (name === "everybody" ? name : code(short(name, place)))).join(", ");
  if (others.length > 0) return `everybody but ${others.map((name) => code(short(name, place))).join(", ")}`;
  return accounts && statement.allows ? `${said}, if IAM lets them` : said;
}

const CALLER = /^aws:principalarn$/i;

/** The callers that a condition names, which says more than the principal beside it. */
function callers({ conditions }: Statement): readonly string[] {
  return Object.entries(conditions).flatMap(([operator, block]) =>
    /^Arn(Like|Equals)$/.test(operator)
      ? entries(block).flatMap(([key, values]) => (CALLER.test(key) ? values : []))
      : [],
  );
}

/** A statement's conditions but for those that say who. */
export function conditions({ conditions: all }: Statement, place: Place): string {
  const said = Object.entries(all).flatMap(([operator, block]) =>
    entries(block)
      .filter(([key]) => !(CALLER.test(key) && /^Arn(Like|Equals)$/.test(operator)))
      .map(([key, values]) =>
        condition(
          operator,
          key,
          values.map((value) => (value === place.account ? "this account" : code(short(value, place)))),
        ),
      ),
  );
  return said.length === 0 ? "always" : said.sort().join("; ");
}

function condition(operator: string, key: string, values: readonly string[]): string {
  if (operator === "Null") return `${code(key)} is ${values.join() === "`true`" ? "absent" : "given"}`;
  const [, set, name = "", ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const subject = { ForAnyValue: "one of ", ForAllValues: "all of " }[set ?? ""] ?? "";
  const compared = RELATIONS[name] ?? name;
  return `${subject}${code(key)} ${compared} ${values.join(" or ")}${ifExists === undefined ? "" : ", if given"}`;
}

const RELATIONS: Readonly<Record<string, string>> = {
  StringEquals: "is",
  ArnEquals: "is",
  Bool: "is",
  StringLike: "is like",
  ArnLike: "is like",
  StringNotEquals: "is not",
  ArnNotEquals: "is not",
  StringNotLike: "is not like",
  ArnNotLike: "is not like",
};

const entries = (block: unknown): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(block as Readonly<Record<string, unknown>>).map(
    ([key, values]) => [key, [values].flat().map(String)] as const,
  );
