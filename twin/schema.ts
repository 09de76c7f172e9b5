import committed from "./schema.json";

/**
 * The kind of an input: `string`, `number`, `boolean`, `any`, `json` (text, or an object that becomes text), `#name` (an object
 * type of {@link Schema.objects}), `[kind]` (a list) or `{kind}` (a map).
 */
export type Kind = string;

/** The inputs of an object: their kinds, and which must be there. */
export interface ObjectShape {
  readonly inputs: Readonly<Record<string, Kind>>;
  readonly required: readonly string[];
}

/** A resource type as the AWS SDK declares it. */
export interface ResourceShape extends ObjectShape {
  /** Properties that only AWS fills in. */
  readonly outputs: readonly string[];
}

/** Every type the twin knows, extracted from the AWS SDK that the program uses. */
export interface Schema {
  /** The SDK's version. */
  readonly version: string;
  readonly resources: Readonly<Record<string, ResourceShape>>;
  readonly objects: Readonly<Record<string, ObjectShape>>;
}

/** The committed schema; `tests/twin/schema.test.ts` fails when it no longer says what the SDK says. */
export const schema: Schema = committed;
