import * as pulumi from "@pulumi/pulumi";

/**
 * What another stack of this project put out, as plain values. A plain name means the same organisation and project in every backend.
 *
 * @throws Error that the program can catch when there is no such stack: where a `StackReference` reads none, the engine ends the update whatever
 * is caught, and says nothing of what to do. So the engine's own function is asked first.
 */
export async function outputsOf(stack: string, names: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: stack });
  const reference = new pulumi.StackReference(stack);
  const found = await Promise.all(names.map((name) => reference.getOutputDetails(name)));
  return Object.fromEntries(names.map((name, index) => [name, found[index]?.value as unknown]));
}
