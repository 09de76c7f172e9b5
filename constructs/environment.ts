import type { k8s } from "cdk8s-plus-28";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CREDENTIAL =
  /(?:^|_)(?:PASSWORDS?|PASSWD|PASSPHRASE|SECRETS?|TOKENS?|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION)_?KEY)$/i;

/** What a credential looks like whatever it is called: a key in PEM, an address with a password, an AWS access key id. */
const LOOKS_LIKE_ONE = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /:\/\/[^/\s:@]*:[^/\s:@]+@/,
  /(?:^|[^A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?:$|[^A-Z0-9])/,
];

/**
 * Renders environment variables, in the order of their names so that writing them in another order changes nothing.
 *
 * @throws Error for a name that no shell knows, and for credentials, by name or by form: whoever may read the pod may read its environment
 */
export function environment(variables: Readonly<Record<string, string>>): k8s.EnvVar[] {
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name: variable(name), value: harmless(name, value) }));
}

function harmless(name: string, value: string): string {
  if (!LOOKS_LIKE_ONE.some((form) => form.test(value))) return value;
  // The value itself is never told: errors end in logs.
  throw new Error(
    `environment variable "${name}" holds a credential; name it in \`secrets\` and read the file below /run/secrets`,
  );
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
