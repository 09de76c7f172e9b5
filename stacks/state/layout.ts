/** Where one stack's state lies in its bucket. */
export interface Stack {
  readonly project: string;
  readonly stack: string;
}

/**
 * The object that says how the bucket is laid out; Pulumi reads it before anything else and writes it once, with the
 * first stack (github.com/pulumi/pulumi, pkg/backend/diy at 3.259.0, meta.go; the keys below: store.go, lock.go, state.go).
 */
const META = ".pulumi/meta.yaml";

/** What a reference to another stack reads: its last state, plain or compressed. */
export function readKeys({ project, stack }: Stack): string[] {
  return [META, `.pulumi/stacks/${project}/${stack}.json*`];
}

/** What an update writes: state, its last copy and its tags, the history, and a backup of each step. */
export function writtenKeys({ project, stack }: Stack): string[] {
  return [
    `.pulumi/stacks/${project}/${stack}.*`,
    `.pulumi/history/${project}/${stack}/*`,
    `.pulumi/backups/${project}/${stack}/*`,
    ...lockKeys({ project, stack }),
  ];
}

/** The locks of a stack, the only objects that an update deletes. In a bucket the organisation is called just that. */
export function lockKeys({ project, stack }: Stack): string[] {
  return [`.pulumi/locks/organization/${project}/${stack}/*`];
}

/** The stack of the platform layer that stands on a cluster's stack. */
export function platformOf({ project, stack }: Stack): Stack {
  return { project, stack: `${stack}-platform` };
}

/** The bucket that `bootstrap` makes when nothing else is said. */
export function defaultBucket({ account, region }: { readonly account: string; readonly region: string }): string {
  return `bulwark-state-${account}-${region}`;
}

/** The keys' aliases: of the bucket, and of the secret values inside the states. */
export const ALIASES = { bucket: "bulwark/state", secrets: "bulwark/state-secrets" } as const;
