import { type Item, holds, type Topic, writes } from "./item";

/** Modules that a node never needs, and in which holes were found before: rare file systems and protocols. */
const NEVER = [
  "cramfs",
  "freevxfs",
  "hfs",
  "hfsplus",
  "jffs2",
  "udf",
  "usb-storage",
  "firewire-core",
  "dccp",
  "rds",
  "sctp",
  "tipc",
];

/** Kernel modules that never load. */
export const modules: Topic = {
  name: "modules",
  description: "Rare file systems and protocols never load",
  items: NEVER.map(never),
};

// `blacklist` stops loading by alias, `install` loading by name.
function never(module: string): Item {
  const path = `/etc/modprobe.d/bulwark-${module}.conf`;
  const lines = [`install ${module} /bin/false`, `blacklist ${module}`];
  return {
    id: `module-${module}`,
    title: `The kernel module ${module} never loads`,
    apply: writes(path, lines),
    validate: holds(path, lines),
    // The kernel writes names with underscores.
    running: `if grep -q '^${module.replaceAll("-", "_")} ' /proc/modules; then fail '${module} is loaded'; fi
if modprobe -n -v ${module} 2>/dev/null | grep -q insmod; then fail '${module} would load'; fi`,
  };
}
