import { parse } from "yaml";

import type { Join } from "../../stacks/user-data/join";

/** What a node of the examples is told of its cluster. */
export const TOLD: Join = {
  name: "production",
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
  certificateAuthority: Buffer.from("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n").toString(
    "base64",
  ),
  serviceCidr: "172.20.0.0/16",
  labels: { workload: "batch", "bulwark/pool": "batch" },
  taints: ["dedicated=batch:NoSchedule"],
};

interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly encoding?: string;
  readonly content: string;
}

/** The files that an Ubuntu node writes before it joins, and what it runs. */
export function cloudConfig(text: string) {
  return parse(text) as { readonly write_files: readonly WrittenFile[]; readonly runcmd: readonly string[][] };
}

/** The one file of an Ubuntu node whose path ends so. */
export function fileOf(text: string, end: string): WrittenFile {
  const found = cloudConfig(text).write_files.find(({ path }) => path.endsWith(end));
  if (found === undefined) throw new Error(`no file ends with ${end}`);
  return found;
}

/** The settings that an Ubuntu node lays over its kubelet's. */
export function kubeletFile(text: string): object {
  return JSON.parse(fileOf(text, "/kubelet.json").content) as object;
}
