import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";

const CORPUS = join(__dirname, "../../../../shared/corpora/crds");

/** A custom resource, as far as every one of them is alike. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly spec: object } } };
    }[];
  };
}

/** Whether the projects' own definitions are at hand. */
export const present = existsSync(CORPUS);

if (!present) console.log("the projects' own definitions are not here: no custom resource was judged by its schema");

const chunks = present
  ? readdirSync(CORPUS)
      .filter((file) => file.endsWith(".yaml"))
      .flatMap((file) => readFileSync(join(CORPUS, file), "utf8").split(/^---$/m))
  : [];
const compiled = new Map<string, ValidateFunction>();

/** Whether the kind has a definition, unlike those that an API server knows by itself. */
export function custom({ apiVersion }: Resource): boolean {
  return apiVersion !== "networking.k8s.io/v1";
}

/**
 * What the projects' own schema refuses in a resource's specification; fields that it does not know are refused too, which an API server does under strict
 * validation. The CEL rules in the schemas are not judged here.
 */
export function refusals(resource: Resource): string[] {
  const judge = validator(resource);
  judge(resource.spec);
  const { kind, metadata } = resource;
  return (judge.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${kind}/${metadata.name}${instancePath} ${message ?? ""} ${JSON.stringify(params)}`,
  );
}

function validator({ apiVersion, kind }: Resource): ValidateFunction {
  const known = compiled.get(`${apiVersion}/${kind}`);
  if (known) return known;
  const [group, version] = apiVersion.split("/");
  const definition = chunks
    .filter((chunk) => chunk.includes(`kind: ${kind}\n`))
    .map((chunk) => parse(chunk) as Definition | null)
    .find((each) => each?.spec.group === group && each?.spec.names.kind === kind);
  const schema = definition?.spec.versions.find(({ name, served }) => name === version && served)?.schema;
  if (!schema) throw new Error(`no definition of ${apiVersion} ${kind} in ${CORPUS}`);
  const judge = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
    closed(schema.openAPIV3Schema.properties.spec) as object,
  );
  compiled.set(`${apiVersion}/${kind}`, judge);
  return judge;
}

/** The schema with every object closed to fields that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const open = "additionalProperties" in schema || "x-kubernetes-preserve-unknown-fields" in schema;
  const closes = "properties" in schema && "type" in schema && schema.type === "object" && !open;
  return { ...Object.fromEntries<unknown>(entries), ...(closes && { additionalProperties: false }) };
}
