import type { Properties, Stored } from "../behaviour";
import type { Subject } from "../request";
import { secret } from "../wire";
import { RELEASE } from "./kind";

// What the provider adds to an object in the state (provider source, `checkpointObject`).
const ADDED = ["__inputs", "__initialApiVersion", "__fieldManager"];
const SECRET = "kubernetes:core/v1:Secret";

/** What the provider answers about an object: the object as it is, what was asked for, and the content of a Secret as a secret. */
export function answered({ type, urn }: Subject, { inputs, properties }: Stored): Properties {
  const [live, asked] = [withSecrets(type, properties), withSecrets(type, inputs)];
  if (type === RELEASE) return { ...live, __inputs: secret(asked) };
  const manager = `pulumi-kubernetes-${urn.split("::").at(-1) ?? ""}`;
  return { ...live, __inputs: asked, __initialApiVersion: inputs["apiVersion"], __fieldManager: manager };
}

/** An answer without what the provider added. */
export function withoutAnswer(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !ADDED.includes(key)));
}

function withSecrets(type: string, object: Properties): Properties {
  if (type !== SECRET) return object;
  const hidden = (["data", "stringData"] as const).filter((key) => object[key] !== undefined);
  return { ...object, ...Object.fromEntries(hidden.map((key) => [key, secret(object[key])])) };
}
