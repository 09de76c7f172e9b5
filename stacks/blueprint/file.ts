import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

/** The stack's configuration file, for error messages: its name and, where it can be read, its text. */
interface StackFile {
  readonly file: string;
  readonly source?: string;
}

/**
 * Finds `Pulumi.<stack>.yaml` beside the nearest Pulumi.yaml, or the file that BULWARK_CONFIG_FILE names: the engine does
 * not tell the program about `--config-file`. A file that is not there costs line numbers and nothing else.
 */
export function stackFile(stack: string, from: string, named: string | undefined): StackFile {
  const root = projectRoot(from) ?? from;
  const path = named === undefined || named === "" ? join(root, `Pulumi.${stack}.yaml`) : resolve(root, named);
  const short = relative(root, path);
  const file = short.startsWith("..") || isAbsolute(short) ? path : short;
  try {
    return { file, source: readFileSync(path, "utf8") };
  } catch {
    return { file };
  }
}

function projectRoot(folder: string): string | undefined {
  if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectRoot(parent);
}

/** The folder that holds the stack's configuration file, and beside it what belongs to it. */
export function stackFolder(stack: string, from: string, named: string | undefined): string {
  const root = projectRoot(from) ?? from;
  return dirname(resolve(root, stackFile(stack, from, named).file));
}
