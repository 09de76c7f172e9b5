import type { Behaviour, Stored, World } from "./behaviour";
import { inputsAmong } from "./properties";
import { ProviderError } from "./provider-error";

/** What an id stands for that nothing is stored under: a setting AWS has from the first day, or nothing. */
export function unstored(behaviour: Behaviour, world: World, id: string): Stored | undefined {
  const answer = behaviour.readsWithout?.(world, id);
  if (answer === undefined) return undefined;
  const { token: type } = behaviour;
  const inputs = inputsAmong(type, answer.properties);
  return { type, ...answer, region: world.region, inputs, status: "ACTIVE" };
}

/**
 * How the provider refuses to import a type. Both sentences are those of the Terraform plugin framework; what Pulumi writes
 * around them is not verified.
 */
export function notImportable({ words }: Behaviour, id: string): ProviderError {
  const sentence =
    "This resource does not support import. Please contact the provider developer for additional information.";
  return new ProviderError(`importing ${words} (${id}): Resource Import Not Implemented: ${sentence}`);
}
