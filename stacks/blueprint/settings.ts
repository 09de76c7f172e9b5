import { nearest } from "./nearest";
import type { Finding } from "./problem";

/** The one configuration key that the program reads. */
export const KEY = "bulwark:blueprint";

/**
 * Configuration keys beside the blueprint that look as if they did something. A misspelt key would leave every default
 * in force in silence; `aws:` keys reach only Pulumi's default provider, and no resource here uses that one.
 */
export function foreign(keys: readonly string[]): Finding[] {
  return keys.filter((key) => key !== KEY).flatMap((key) => [...misspelt(key), ...providerOwn(key)]);
}

function* misspelt(key: string): Iterable<Finding> {
  const name = key.slice(key.indexOf(":") + 1);
  if (!key.startsWith("bulwark:")) return;
  const inside = "move what it says into the object under bulwark:blueprint";
  yield {
    path: [key],
    got: `the unknown key "${key}"`,
    allowed: `one key, ${KEY}`,
    fix: nearest(name, ["blueprint"]) === undefined ? inside : `did you mean "${KEY}"`,
  };
}

function* providerOwn(key: string): Iterable<Finding> {
  if (!key.startsWith("aws:")) return;
  yield {
    path: [key],
    got: `the provider setting "${key}"`,
    allowed: "no aws: keys: the blueprint makes its own provider from account, region and tags, and ignores these",
    fix: `remove it (pulumi config rm ${key}); credentials come from the environment, for example AWS_PROFILE`,
  };
}
