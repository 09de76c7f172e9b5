import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { LIBRARY, PREAMBLE } from "../../stacks/image/items/library";
import type { Family } from "../../stacks/image/items/item";

/** What a path of an image is: a file, a folder, a link, or not there. */
export type Entry =
  | { readonly text: string; readonly mode: number }
  | { readonly folder: true; readonly mode: number }
  | { readonly to: string }
  | undefined;

/**
 * What a base image may be at its worst: path → text and mode. It is no image, only the files that items look at.
 */
const BASE: Readonly<Record<Family, Readonly<Record<string, readonly [text: string, mode: number]>>>> = (() => {
  const both = {
    "/etc/passwd": ["root:x:0:0::/root:/bin/bash\n", 0o666],
    "/etc/passwd-": ["root:x:0:0::/root:/bin/bash\n", 0o664],
    "/etc/group": ["root:x:0:\n", 0o666],
    "/etc/group-": ["root:x:0:\n", 0o664],
    "/etc/shadow": ["root:*:1::::::\n", 0o644],
    "/etc/shadow-": ["root:*:1::::::\n", 0o644],
    "/etc/gshadow": ["root:*::\n", 0o644],
    "/etc/gshadow-": ["root:*::\n", 0o644],
    "/etc/crontab": ["17 * * * * root true\n", 0o644],
    "/etc/cron.d/job": ["", 0o644],
    "/etc/cron.hourly/job": ["", 0o755],
    "/etc/cron.daily/job": ["", 0o755],
    "/etc/cron.weekly/job": ["", 0o755],
    "/etc/cron.monthly/job": ["", 0o755],
    "/etc/sudoers.d/job": ["", 0o440],
    "/etc/ssh/ssh_host_ed25519_key": ["not a key", 0o600],
    "/root/.ssh/authorized_keys": ["ssh-ed25519 AAAA nobody\n", 0o600],
    "/home/admin/.ssh/authorized_keys": ["ssh-ed25519 AAAA nobody\n", 0o600],
    "/usr/sbin/sshd": ["", 0o755],
    "/usr/sbin/auditctl": ["", 0o755],
    "/etc/audit/auditd.conf": ["log_format = ENRICHED\nmax_log_file = 8\nmax_log_file_action = SUSPEND\n", 0o644],
    "/etc/audit/rules.d/audit.rules": ["-D\n-b 8192\n-a never,task\n", 0o644],
    "/var/lib/kubelet/kubeconfig": ["token\n", 0o666],
    "/etc/kubernetes/kubelet/config.json": ["{}\n", 0o666],
  } as const;
  return {
    ubuntu: {
      ...both,
      "/etc/apparmor.d/usr.bin.man": ["profile man /usr/bin/man flags=(attach_disconnected, complain) {\n}\n", 0o644],
      "/etc/apparmor.d/usr.sbin.rsyslogd": ["profile rsyslogd /usr/sbin/rsyslogd flags=(complain) {\n}\n", 0o644],
      "/etc/apparmor.d/force-complain/usr.bin.man": ["", 0o644],
    },
    al2023: {
      ...both,
      "/etc/selinux/config": ["# policy\nSELINUX=permissive\nSELINUXTYPE=minimum\n", 0o644],
      "/etc/default/grub": ['GRUB_CMDLINE_LINUX="selinux=0 console=ttyS0 enforcing=0"\n', 0o644],
    },
  };
})();

const scripted = (script: string) => `${PREAMBLE}\n${script}\n`;

/** A folder with the files of a base image, in which scripts run as they would on the machine that is built. */
export class Root {
  readonly path = mkdtempSync(join(tmpdir(), "bulwark-image-"));
  private readonly library = join(this.path, "library.sh");
  private readonly root = join(this.path, "root");

  constructor(family: Family) {
    writeFileSync(this.library, LIBRARY);
    mkdirSync(this.root);
    for (const [path, [text, mode]] of Object.entries(BASE[family])) this.put(path, { text, mode });
    for (const folder of readdirSync(join(this.root, "etc")).filter((name) => /^(cron|sudoers)\./.test(name)))
      chmodSync(join(this.root, "etc", folder), 0o755);
  }

  /** Runs a script; who is not root becomes it in a name space of their own, where the files are root's. */
  run(script: string): { readonly passed: boolean; readonly said: string } {
    const { status, stderr } = this.bash(scripted(script));
    return { passed: status === 0, said: stderr.trim() };
  }

  /** Runs many scripts in one bash, each for itself, and names those that pass. */
  passing(scripts: readonly (readonly [id: string, script: string])[]): readonly string[] {
    // Not `( … ) && echo`: what is left of `&&` runs as if nobody had said `set -e`.
    const all = scripts.map(([id, script]) => `(\n${scripted(script)}) 2>/dev/null\n[ $? -ne 0 ] || echo ${id}`);
    return this.bash(`${all.join("\n")}\ntrue\n`)
      .stdout.split("\n")
      .filter((line) => line !== "");
  }

  /** Every file, link and folder below, by its path in the image; a folder before what is in it. */
  tree(folder = "/"): ReadonlyMap<string, Entry> {
    const found = new Map<string, Entry>();
    for (const name of readdirSync(join(this.root, folder))) {
      const path = join(folder, name);
      found.set(path, this.entry(path));
      if (lstatSync(join(this.root, path)).isDirectory()) for (const [k, v] of this.tree(path)) found.set(k, v);
    }
    return found;
  }

  /** Makes a path what it is said to be, so that a change can be taken back. */
  put(path: string, entry: Entry): void {
    const file = join(this.root, path);
    if (entry !== undefined && "folder" in entry) {
      mkdirSync(file, { recursive: true });
      chmodSync(file, entry.mode);
      return;
    }
    rmSync(file, { recursive: true, force: true });
    if (entry === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if ("to" in entry) symlinkSync(entry.to, file);
    else writeFileSync(file, entry.text, { mode: 0o600 });
    if ("mode" in entry) chmodSync(file, entry.mode);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private bash(input: string) {
    const env = { PATH: process.env["PATH"] ?? "", BULWARK_ROOT: this.root, BULWARK_LIBRARY: this.library };
    const options = { input, encoding: "utf8", env } as const;
    return process.getuid?.() === 0
      ? spawnSync("bash", ["-s"], options)
      : spawnSync("unshare", ["--user", "--map-root-user", "bash", "-s"], options);
  }

  private entry(path: string): Entry {
    const file = join(this.root, path);
    const state = lstatSync(file);
    if (state.isSymbolicLink()) return { to: readlinkSync(file) };
    const mode = state.mode & 0o7777;
    return state.isDirectory() ? { folder: true, mode } : { text: readFileSync(file, "utf8"), mode };
  }
}
