import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Every action and image that a pipeline of this repository, or of an example in it, uses by something that can be moved. */
export function movable(): string[] {
  const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.yml", "*.yaml", ".ci/*"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const pipelines = tracked.split("\n").filter((file) => /(^|\/)(\.github\/|\.ci\/)/.test(file));
  if (pipelines.length === 0) throw new Error("no pipeline was read, so nothing is proved");
  return pipelines.flatMap((file) => uses(readFileSync(join(ROOT, file), "utf8")).map((what) => `${file}: ${what}`));
}

/** What a pipeline uses by a tag, a branch or nothing. */
export function uses(pipeline: string): string[] {
  const actions = [...pipeline.matchAll(/^\s*(?:- )?uses:\s*["']?([^\s"'#]+)/gm)].map(([, what = ""]) => what);
  const images = [...pipeline.matchAll(/^\s*(?:- )?(?:image|container):\s*["']?([^\s"'#{]+)/gm)].map(
    ([, what = ""]) => what,
  );
  const pinned = (what: string) =>
    what.startsWith("./") || /@[0-9a-f]{40}$/.test(what) || /@sha256:[0-9a-f]{64}$/.test(what);
  return [...actions, ...images].filter((what) => !pinned(what));
}
