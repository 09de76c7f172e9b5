import type { k8s } from "cdk8s-plus-28";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CREDENTIAL =
  /(?:^|_)(?:PASSWORDS?|PASSWD|PASSPHRASE|SECRETS?|TOKENS?|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION)_?KEY)$/i;

/**
 * Renders environment variables, in the order of their names so that writing them in another order changes nothing.
 *
 * @throws Error for a name that no shell knows, or one that speaks of a credential: whoever may read the pod may read its environment
 */
export function environment(variables: Readonly<Record<string, string>>): k8s.EnvVar[] {
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name: variable(name), value }));
}

function variable(name: string): string {
  if (!VARIABLE.test(name)) {
    throw new Error(`an environment variable must be letters, digits and underscores, got "${name}"; rename it`);
  }
  if (CREDENTIAL.test(name)) {
    throw new Error(
      `environment variable "${name}" is named like a credential; name it in \`secrets\` and read the file below /run/secrets`,
    );
  }
  return name;
}
