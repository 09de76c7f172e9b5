import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { build, builtFolder, isBuilt, type Pinned, pinnedVersion, type Progress } from "../build/go";

const MODULE = join(__dirname, "module");

/** What an API server is made of, by the names that envtest gives the executables. */
const PROGRAMS = {
  etcd: "go.etcd.io/etcd/server/v3",
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
} as const;

/** One of the programs. */
type Program = keyof typeof PROGRAMS;

/** The programs, ready to run. */
export interface Programs {
  /** The path of each. */
  readonly path: Readonly<Record<Program, string>>;
  readonly origin: "KUBEBUILDER_ASSETS" | "built here";
}

/** Where to look and whom to tell. */
export interface ObtainOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where built programs are kept. @default `bulwark` in the user's cache folder */
  readonly cache?: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** The Kubernetes release that the committed Go module pins. */
export function kubernetesVersion(): string {
  return pinnedVersion(MODULE, "k8s.io/kubernetes");
}

/**
 * Finds etcd, kube-apiserver and kube-controller-manager: in the folder that `KUBEBUILDER_ASSETS` names, as Kubernetes' own test
 * environments do, built before, or built now from their published Go modules, which takes minutes, once a machine.
 *
 * @throws Error that names what is missing in the named folder
 */
export async function obtainPrograms(options: ObtainOptions = {}): Promise<Programs> {
  const named = (options.env ?? process.env)["KUBEBUILDER_ASSETS"];
  if (named !== undefined && named !== "") return { path: inNamed(named), origin: "KUBEBUILDER_ASSETS" };

  const pinned = pins();
  const folder = builtFolder(pinned, "apiserver", options.cache);
  if (!isBuilt(pinned, folder)) await build(pinned, folder, options.onProgress);
  return { path: inFolder(folder), origin: "built here" };
}

function pins(): Pinned {
  const version = kubernetesVersion();
  const [major = "", minor = ""] = version.split(".");
  const variable = "k8s.io/component-base/version";
  return {
    what: "a Kubernetes API server",
    module: MODULE,
    version,
    // Without these it says v0.0.0, and clients take it for one that is too old.
    ldflags: `-X ${variable}.gitVersion=v${version} -X ${variable}.gitMajor=${major} -X ${variable}.gitMinor=${minor}`,
    programs: PROGRAMS,
    otherwise: `name a folder with ${Object.keys(PROGRAMS).join(", ")} in KUBEBUILDER_ASSETS`,
  };
}

function inNamed(folder: string): Programs["path"] {
  const path = inFolder(folder);
  const missing = Object.entries(path).filter(([, file]) => !executable(file));
  if (missing.length === 0) return path;
  throw new Error(
    `KUBEBUILDER_ASSETS names "${folder}", in which there is no ${missing.map(([name]) => name).join(", no ")} that runs; ` +
      "name a folder that has them, or leave KUBEBUILDER_ASSETS unset to have them built",
  );
}

function inFolder(folder: string): Programs["path"] {
  return {
    etcd: join(folder, "etcd"),
    "kube-apiserver": join(folder, "kube-apiserver"),
    "kube-controller-manager": join(folder, "kube-controller-manager"),
  };
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
