import { type Item, holds, type Topic, writes } from "./item";

/** Kernel settings, and what each keeps from happening. */
const KERNEL: Readonly<Record<string, readonly [value: number, title: string]>> = {
  "fs.protected_fifos": [1, "Nobody is lured into writing to somebody else's pipe"],
  "fs.protected_hardlinks": [1, "Nobody links to files they cannot write"],
  "fs.protected_regular": [1, "Nobody is lured into writing to somebody else's file"],
  "fs.protected_symlinks": [1, "Links in shared folders are followed by their owner alone"],
  "fs.suid_dumpable": [0, "What ran with more rights leaves no memory behind"],
  "kernel.dmesg_restrict": [1, "The kernel's log is for administrators"],
  "kernel.kptr_restrict": [1, "Addresses of the kernel are for administrators"],
  "kernel.randomize_va_space": [2, "Memory is laid out at random"],
  "kernel.sysrq": [0, "No key combination commands the kernel"],
  "kernel.unprivileged_bpf_disabled": [1, "Only administrators load programs into the kernel"],
  "kernel.yama.ptrace_scope": [1, "A process watches its own children alone"],
};

/**
 * Settings that the kubelet asks for under `protectKernelDefaults`, and without which it does not start (Kubernetes,
 * pkg/util/sysctl).
 */
const KUBELET: typeof KERNEL = {
  "kernel.keys.root_maxbytes": [25000000, "The kubelet finds the kernel's key store as it needs it"],
  "kernel.keys.root_maxkeys": [1000000, "The kubelet finds room for its containers' keys"],
  "kernel.panic": [10, "A node that panics starts again after ten seconds"],
  "kernel.panic_on_oops": [1, "A kernel that stumbles does not go on"],
  "vm.overcommit_memory": [1, "Memory is given as the kubelet expects"],
  "vm.panic_on_oom": [0, "A node short of memory ends a process, not itself"],
};

/** Settings of the network; forwarding stays on, since pods need it, and reverse paths are the network add-on's business. */
const NETWORK: typeof KERNEL = {
  "net.core.bpf_jit_harden": [2, "Compiled programs in the kernel hold no smuggled code"],
  "net.ipv4.conf.all.accept_redirects": [0, "Nobody bends the node's routes"],
  "net.ipv4.conf.all.accept_source_route": [0, "No sender chooses the path of a packet"],
  "net.ipv4.conf.all.log_martians": [1, "Packets from impossible addresses are written down"],
  "net.ipv4.conf.all.secure_redirects": [0, "Not even the gateway bends the node's routes"],
  "net.ipv4.conf.all.send_redirects": [0, "The node bends nobody's routes"],
  "net.ipv4.conf.default.accept_redirects": [0, "Nobody bends the routes of a new interface"],
  "net.ipv4.conf.default.accept_source_route": [0, "No sender chooses a path through a new interface"],
  "net.ipv4.conf.default.log_martians": [1, "A new interface writes down impossible addresses"],
  "net.ipv4.conf.default.secure_redirects": [0, "Not even the gateway bends the routes of a new interface"],
  "net.ipv4.conf.default.send_redirects": [0, "A new interface bends nobody's routes"],
  "net.ipv4.icmp_echo_ignore_broadcasts": [1, "The node amplifies no flood"],
  "net.ipv4.icmp_ignore_bogus_error_responses": [1, "Bogus answers fill no log"],
  "net.ipv4.tcp_syncookies": [1, "A flood of half-open connections is survived"],
  "net.ipv6.conf.all.accept_redirects": [0, "Nobody bends the node's IPv6 routes"],
  "net.ipv6.conf.all.accept_source_route": [0, "No sender chooses the path of an IPv6 packet"],
  "net.ipv6.conf.default.accept_redirects": [0, "Nobody bends a new interface's IPv6 routes"],
  "net.ipv6.conf.default.accept_source_route": [0, "No sender chooses an IPv6 path through a new interface"],
};

/** Kernel settings that protect memory, files and the kernel itself. */
export const kernel: Topic = {
  name: "kernel",
  description: "Kernel settings that protect memory, files and the kernel itself",
  items: [...items(KERNEL), ...items(KUBELET, { catalogue: "EKS-NODE-19" })],
};

/** Kernel settings of the network. */
export const network: Topic = {
  name: "network",
  description: "Kernel settings of the network",
  items: items(NETWORK),
};

function items(settings: typeof KERNEL, refs?: NonNullable<Item["refs"]>): Item[] {
  return Object.entries(settings).map(([key, [value, title]]) => {
    // Files are read in the order of their names, and the last one wins.
    const path = `/etc/sysctl.d/99-zz-bulwark-${key}.conf`;
    const line = `${key} = ${value}`;
    return {
      id: `sysctl-${key.replace(/[._]/g, "-")}`,
      title,
      ...(refs && { refs }),
      apply: writes(path, [line]),
      validate: holds(path, [line]),
      running: `[ "$(sysctl -n ${key})" = ${value} ] || fail "${key} is $(sysctl -n ${key}), must be ${value}"`,
    };
  });
}
