import { join } from "node:path";
import { build as goBuild, builtFolder, type Pinned, pinnedVersion as versionIn, type Progress } from "../build/go";

export type { Progress } from "../build/go";

const MODULE = join(__dirname, "module");
const PACKAGES = "github.com/pulumi/pulumi/pkg/v3";

/** The version of the engine that the committed Go module pins. */
export function pinnedVersion(): string {
  return versionIn(MODULE, PACKAGES);
}

/** Where the built engine lies or will lie. */
export function builtPath(cache?: string): string {
  return join(builtFolder(pinned(), "engine", cache), "pulumi");
}

/** Builds the engine from its published Go module unless that was done before; about four minutes on two cores. */
export async function build(onProgress: (progress: Progress) => void, cache?: string): Promise<string> {
  await goBuild(pinned(), builtFolder(pinned(), "engine", cache), onProgress);
  return builtPath(cache);
}

function pinned(): Pinned {
  const version = pinnedVersion();
  return {
    what: "a Pulumi engine",
    module: MODULE,
    version,
    // The Automation API cannot parse an empty version.
    ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
    programs: { pulumi: `${PACKAGES}/cmd/pulumi` },
    otherwise: "install Pulumi (https://www.pulumi.com/docs/install/), or name an engine in BULWARK_ENGINE",
  };
}
