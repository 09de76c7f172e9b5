import type { ObjectShape } from "../schema";
import committed from "./schema.json";

/** Every built-in kind as the Kubernetes SDK declares it, by token, and the objects inside them by `group/version/Name`. */
export interface ObjectSchema {
  /** The SDK's version. */
  readonly version: string;
  readonly kinds: Readonly<Record<string, ObjectShape>>;
  readonly objects: Readonly<Record<string, ObjectShape>>;
}

/** The committed schema; `tests/twin/kubernetes/schema.test.ts` fails when it no longer says what the SDK says. */
export const objectSchema: ObjectSchema = committed;
