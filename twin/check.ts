import type { Behaviour, Properties } from "./behaviour";
import { hex } from "./id";
import { join, valuesAt } from "./path";
import type { CheckRequest } from "./request";
import type { Kind, ObjectShape, Schema } from "./schema";
import { hasUnknown, isBag, UNKNOWN } from "./wire";

/** One thing wrong with the inputs, at a path. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** Everything that is wrong with unwrapped inputs: missing, unknown or of the wrong kind, at any depth. */
export function failures(
  { type, name = "resource" }: { readonly type: string; readonly name?: string | undefined },
  inputs: Properties,
  behaviour: Behaviour,
  schema: Schema,
): Failure[] {
  const shape = schema.resources[type];
  if (shape === undefined) throw new Error(`the schema lacks ${type}; extract it again (twin/schema-extract.ts)`);
  const at = (path: string) => `Examine values at '${name}.${path}'.`;
  const missing = (path: string): Failure => ({
    property: path,
    reason: `Missing required argument: The argument "${wire(path)}" is required, but no definition was found. ${at(path)}`,
  });

  const check = (value: unknown, kind: Kind, path: string): Failure[] => {
    if (value === UNKNOWN || kind === "any" || kind === "json") return [];
    const wrong: Failure = {
      property: path,
      reason: `Incorrect attribute value type: ${described(kind)} required, got ${typeOf(value)}. ${at(path)}`,
    };
    if (kind.startsWith("[")) {
      if (!Array.isArray(value)) return [wrong];
      return value.flatMap((inner, index) => check(inner, kind.slice(1, -1), `${path}[${index}]`));
    }
    if (kind.startsWith("{")) {
      if (!isBag(value)) return [wrong];
      return Object.entries(value).flatMap(([key, inner]) => check(inner, kind.slice(1, -1), join(path, key)));
    }
    if (kind.startsWith("#")) {
      const inner = schema.objects[kind.slice(1)];
      return inner && isBag(value) ? checkObject(value, inner, path) : [wrong];
    }
    return typeof value === kind ? [] : [wrong];
  };

  const checkObject = (value: Properties, object: ObjectShape, path: string): Failure[] => [
    ...object.required.filter((key) => value[key] === undefined).map((key) => missing(join(path, key))),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const kind = object.inputs[key];
      if (kind !== undefined) return check(inner, kind, join(path, key));
      const full = join(path, key);
      return [
        {
          property: full,
          reason: `Unsupported argument: An argument named "${wire(full)}" is not expected here. ${at(full)}`,
        },
      ];
    }),
  ];

  const extra = (behaviour.required ?? []).filter((path) => !shape.required.includes(path) && isMissing(inputs, path));
  return [...checkObject(inputs, shape, ""), ...extra.map(missing)];
}

/** The inputs with the automatic name filled in: `<logical name>-<7 hex digits>`, or the one that the last deployment got. */
export function named(request: CheckRequest, inputs: Properties, behaviour: Behaviour): Properties {
  const { autoName } = behaviour;
  if (!autoName) return inputs;
  const { property, transform = (text: string) => text } = autoName;
  if (inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined) return inputs;

  const before = request.olds?.[property];
  if (typeof before === "string") return { ...inputs, [property]: before };
  const digits = hex(7, request.randomSeed ?? request.urn);
  return { ...inputs, [property]: transform(`${request.name ?? "resource"}-${digits}`) };
}

/** Policy documents given as objects become text, as the provider sends them. */
export function withJsonText(type: string, inputs: Properties, schema: Schema): Properties {
  const kinds = schema.resources[type]?.inputs ?? {};
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      const isDocument = kinds[key] === "json" && isBag(value) && !hasUnknown(value);
      return [key, isDocument ? JSON.stringify(value) : value];
    }),
  );
}

/** A nested path is required only where its parent was given, and nothing is required of a parent not known yet. */
function isMissing(inputs: Properties, path: string): boolean {
  const dot = path.lastIndexOf(".");
  const parents = dot < 0 ? [inputs] : valuesAt(inputs, path.slice(0, dot));
  return parents.some((parent) => isBag(parent) && parent[path.slice(dot + 1)] === undefined);
}

/** The provider's messages write arguments in snake case: `vpcConfig.subnetIds` is `vpc_config.subnet_ids`. */
function wire(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function described(kind: Kind): string {
  if (kind.startsWith("[")) return "list";
  if (kind.startsWith("{")) return "map";
  return kind.startsWith("#") ? "object" : kind;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : isBag(value) ? "object" : typeof value;
}
