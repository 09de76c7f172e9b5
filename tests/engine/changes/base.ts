import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Change } from "../../../cli/changes";
import { operate, type Workplace } from "../../../cli/operation";
import { rehearsalIn, rehearsalPlace } from "../../../cli/rehearse/folder";
import { ensureStack } from "../../../cli/stack";
import facts from "../../../facts/kubernetes-versions.json";
import { obtainEngine } from "../../../twin/engine";
import { clusterBlueprint } from "../../layers/blueprints";
import { Ground } from "../command";

export const STACK = "production";
const BLUEPRINT = "bulwark:blueprint";
const ROOT = join(__dirname, "..", "..", "..");

interface File {
  readonly config: Readonly<Record<string, Record<string, unknown>>>;
}

/** A cluster that stands on the twin, from which every change is tried. */
export interface Base {
  readonly ground: Ground;
  readonly place: Workplace;
  readonly file: File;
}

/** The versions of Kubernetes that a configuration may name today, oldest first. */
export const versions = Object.entries(facts.versions)
  .filter(([, { endOfStandardSupport }]) => endOfStandardSupport > day(90))
  .map(([version]) => version);

/** Makes the example's cluster once. */
export async function base(of: Change["of"]): Promise<Base> {
  const example = mkdtempSync(join(tmpdir(), "bulwark-example-"));
  writeFileSync(join(example, `Pulumi.${STACK}.yaml`), of === "production" ? production() : development());
  writeFileSync(join(example, "bulwark.waivers.yaml"), "waivers: []\n");
  const ground = new Ground(`changes-${of}`, example);
  const place = await ground.place();
  await ensureStack(place, STACK);
  await applied(place);
  return { ground, place, file: parse(readFileSync(join(ground.folder, `Pulumi.${STACK}.yaml`), "utf8")) as File };
}

/** The configuration with the change in it, beside the base's own, and the workplace that keeps logs of its own. */
export function changed({ ground, place, file }: Base, row: Change, slug: string) {
  const folder = join(ground.folder, "changes", slug);
  mkdirSync(folder, { recursive: true });
  const configFile = join(folder, `Pulumi.${STACK}.yaml`);
  writeFileSync(configFile, withChange(file, row));
  const waivers = join(folder, "bulwark.waivers.yaml");
  writeFileSync(waivers, stringify({ waivers: row.waived === undefined ? [] : [waiver(row.waived)] }, QUOTED));
  return { place: { ...place, logs: join(folder, "logs"), waivers }, configFile };
}

/** Another account in which the base's cluster stands, to be changed for real. */
export async function copied({ ground, file }: Base, row: Change, slug: string): Promise<Workplace> {
  const folder = `${ground.folder}-${slug}`;
  cpSync(ground.folder, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !from.includes("/changes/"),
  });
  writeFileSync(join(folder, `Pulumi.${STACK}.yaml`), withChange(file, row));
  return rehearsalPlace(rehearsalIn(folder), await obtainEngine());
}

/** Applies what the workplace's configuration says; throws what the engine said when it did not go well. */
export async function applied(place: Workplace): Promise<void> {
  const { ok, errors, log } = await operate(place, "up", { stack: STACK });
  if (!ok) throw new Error([...errors, log].join("\n"));
}

function production(): string {
  return readFileSync(join(ROOT, "examples", "production", `Pulumi.${STACK}.yaml`), "utf8");
}

/** Two zones, the oldest Kubernetes that is still accepted, and nothing else said. */
function development(): string {
  const { identity, access, account, region, owner } = clusterBlueprint();
  const blueprint = {
    ...{ layer: "cluster", environment: "development", account, region, owner, access, identity },
    network: { mode: "create", cidr: "10.40.0.0/16", zones: [`${region}a`, `${region}b`] },
    cluster: { name: "production", version: versions[0] },
  };
  return stringify({ config: { [BLUEPRINT]: blueprint } }, QUOTED);
}

// A bare day or version is a timestamp or a number to the engine's YAML reader.
const QUOTED = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;

function withChange({ config, ...rest }: File, { write }: Change): string {
  const blueprint = merged(config[BLUEPRINT], write);
  return stringify({ ...rest, config: { ...config, [BLUEPRINT]: blueprint } }, QUOTED);
}

/** A merge patch (RFC 7396); two words stand for what depends on the day. */
function merged(old: unknown, patch: unknown): unknown {
  if (patch === "newest") return versions.at(-1);
  if (patch === "next month") return day(30);
  if (!isMap(patch)) return patch;
  const result = new Map(Object.entries(isMap(old) ? old : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, merged(result.get(key), value));
  }
  return Object.fromEntries(result);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function waiver(control: string) {
  const reason = "the runners have no route into the VPC until the gateway lands";
  return { control, resource: "main", owner: "platform@example.com", reason, expiry: day(30) };
}

function day(ahead: number): string {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}
