const PATH = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*\/)*[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const NAME = /^[A-Za-z0-9_./][A-Za-z0-9_./:+-]*$/;

/**
 * Answers the path of a seccomp profile, as the kubelet wants it: downwards from its own folder.
 *
 * @throws Error for every other path
 */
export function pathOfSeccomp(path: string): string {
  if (PATH.test(path) && !/^(?:runtime\/default|docker\/default|unconfined)$/i.test(path)) return path;
  throw new Error(
    `a seccomp profile must be a path below the kubelet's folder of profiles, got "${path}"; write for example operator/orders.json, or leave profile away for the runtime's own`,
  );
}

/**
 * Answers the name of an AppArmor profile that can be loaded.
 *
 * @throws Error for an empty name, and for the one that means no confinement
 */
export function nameOfAppArmor(name: string): string {
  if (NAME.test(name) && name.toLowerCase() !== "unconfined") return name;
  throw new Error(
    `an AppArmor profile must be named as it is loaded on the node, got "${name}"; write its name, or appArmor("runtimeDefault")`,
  );
}
