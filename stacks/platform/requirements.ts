import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import type { Requirements } from "../../constructs/requirements";
import { stackFolder } from "../blueprint/file";
import type { PlatformBlueprint } from "../blueprint/schema";

const label = z.string().regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, "must be lower-case letters, digits and dashes");
const host = z
  .string()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/, "must be one full host name, without `*`");
const port = z.int().min(1).max(65_535);
const peer = z.strictObject({ tenant: label, name: label });

const requirements = z.strictObject({
  application: label,
  tenant: label,
  owner: z.string().min(1),
  workloads: z.array(
    z.strictObject({
      workload: label,
      serviceAccount: label,
      reaches: z.array(host),
      buckets: z.array(label),
      secrets: z.array(label),
      hosts: z.array(host),
      calls: z.array(z.strictObject({ ...peer.shape, port })),
      accepts: z.array(peer),
    }),
  ),
});

/** What the files ask for, and one sentence for everything that is wrong in any of them. */
interface Reading {
  readonly approved: readonly Requirements[];
  readonly wrong: readonly string[];
}

/** The folder beside the stack's file in which an application's needs wait for review, and then hold. */
const FOLDER = "requirements";

/**
 * Reads what was approved: `requirements/<tenant>/<application>.json` beside the stack's file. What a file asks for beyond what the
 * configuration allows its tenant is wrong, so that a review of these files alone opens nothing new.
 */
export function readRequirements(blueprint: PlatformBlueprint): Reading {
  const folder = join(stackFolder(pulumi.getStack(), process.cwd(), process.env["BULWARK_CONFIG_FILE"]), FOLDER);
  const files = filesIn(folder);
  const read = files.map(([tenant, file]) => readOne(blueprint, folder, tenant, file));
  const approved = read.flatMap((each) => (Array.isArray(each) ? [] : [each]));
  const wrong = read.flatMap((each) => (Array.isArray(each) ? each : []));
  return { approved, wrong: [...wrong, ...shared(approved)] };
}

function filesIn(folder: string): readonly (readonly [tenant: string, file: string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((tenant) =>
      readdirSync(join(folder, tenant))
        .filter((file) => file.endsWith(".json"))
        .sort()
        .map((file) => [tenant, file] as const),
    );
}

function readOne(blueprint: PlatformBlueprint, folder: string, tenant: string, file: string): Requirements | string[] {
  const named = join(FOLDER, tenant, file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(folder, tenant, file), "utf8")) as unknown;
  } catch (error) {
    return [`${named}: is no JSON (${error instanceof Error ? error.message : String(error)}); write what synth wrote`];
  }
  const { success, data, error } = requirements.safeParse(content);
  if (!success)
    return error.issues.map(
      ({ path, message }) => `${named}: ${path.join(".") || "the file"}: ${message}; write what synth wrote`,
    );
  const wrong = [...misplaced(named, data, tenant, file), ...beyond(named, data, blueprint)];
  return wrong.length === 0 ? data : wrong;
}

/** A file that speaks for another tenant than the folder whose reviewers saw it. */
function* misplaced(named: string, { tenant, application }: Requirements, folder: string, file: string) {
  if (tenant !== folder)
    yield `${named}: tenant: got "${tenant}", must be "${folder}" like its folder; move the file to ${FOLDER}/${tenant}/`;
  if (`${application}.json` !== file)
    yield `${named}: application: got "${application}", must be "${file.replace(/\.json$/, "")}" like the file; rename the file to ${application}.json`;
}

function* beyond(named: string, { tenant, workloads }: Requirements, { tenants }: PlatformBlueprint) {
  const granted = tenants[tenant];
  if (granted === undefined) {
    yield `${named}: tenant: got "${tenant}", must be one of ${Object.keys(tenants).join(", ") || "none"}; add tenants.${tenant} to the configuration or remove the file`;
    return;
  }
  for (const { workload, reaches, hosts } of workloads) {
    for (const [what, asked] of [
      ["reaches", reaches],
      ["hosts", hosts],
    ] as const)
      for (const host of asked)
        if (!granted[what].includes(host))
          yield `${named}: ${workload}.${what}: got "${host}", approved are ${granted[what].join(", ") || "none"}; add it to tenants.${tenant}.${what} in the configuration, or take it out`;
  }
}

/** A public name leads to one workload; between two, whoever answers first would have it. */
function* shared(all: readonly Requirements[]) {
  const claims = new Map<string, string[]>();
  for (const { tenant, application, workloads } of all)
    for (const { workload, hosts } of workloads)
      for (const host of hosts) claims.set(host, [...(claims.get(host) ?? []), `${tenant}/${application}/${workload}`]);
  for (const [host, claimants] of claims)
    if (claimants.length > 1)
      yield `hosts: "${host}" is asked for by ${claimants.join(" and ")}; a name leads to one workload: take it out of the others`;
}
