import type { ImageBlueprint } from "../../blueprint/options/images";
import { type Item, holds, quoted, type Topic, writes } from "./item";

const calls = (names: string, key: string, more = "") =>
  ["b64", "b32"].map((arch) => `-a always,exit -F arch=${arch} -S ${names}${more} -k ${key}`);
/** What is watched may be made later, but the folder it lies in must be there, or no later rule is loaded. */
const watched = (key: string, ...paths: readonly string[]) => paths.map((path) => `-w ${path} -p wa -k ${key}`);

/** What is written down: a key by which it is found, why, and the kernel's rules. */
const RULES: Readonly<Record<string, readonly [title: string, rules: readonly string[]]>> = {
  identity: [
    "Changes of accounts and groups are written down",
    watched("identity", "/etc/group", "/etc/passwd", "/etc/gshadow", "/etc/shadow"),
  ],
  privilege: [
    "Changes of who may become root are written down",
    watched("privilege", "/etc/sudoers", "/etc/sudoers.d", "/etc/pam.d", "/etc/security"),
  ],
  time: [
    "Changes of the clock are written down",
    [...calls("adjtimex,settimeofday", "time"), ...watched("time", "/etc/localtime")],
  ],
  modules: [
    "Loading and unloading of kernel modules is written down",
    [...calls("init_module,finit_module,delete_module", "modules"), ...watched("modules", "/etc/modprobe.d")],
  ],
  network: [
    "Changes of the node's name and resolver are written down",
    [...calls("sethostname,setdomainname", "network"), ...watched("network", "/etc/hosts", "/etc/resolv.conf")],
  ],
  mounts: ["Mounts by people are written down", calls("mount", "mounts", " -F auid>=1000 -F auid!=unset")],
  confinement: [
    "Changes of mandatory access control are written down",
    watched("confinement", "/etc/apparmor.d", "/etc/selinux"),
  ],
  containers: [
    "Changes of the kubelet's and container runtime's settings are written down",
    watched("containers", "/etc/kubernetes", "/etc/containerd", "/etc/systemd/system"),
  ],
};

/** The audit trail of a node. `mirror` says where the daemon comes from if the base image lacks it. */
export function audit({ family, mirror }: Pick<ImageBlueprint, "family" | "mirror">): Topic {
  return {
    name: "audit",
    description: "The kernel writes down what changes a node, and nobody stops it before the next boot",
    items: [daemon(family, mirror), storage, syscalls, ...Object.entries(RULES).map(rules), immutable],
  };
}

const BINARIES = '[ -x "$ROOT/usr/sbin/auditctl" ] || [ -x "$ROOT/sbin/auditctl" ]';
const WANTED = "/etc/systemd/system/multi-user.target.wants/auditd.service";

function daemon(family: ImageBlueprint["family"], mirror: string | undefined): Item {
  return {
    id: "audit-daemon",
    title: "The audit daemon is installed and starts at boot",
    apply: `if ! { ${BINARIES}; }; then
${install(family, mirror)}
fi
mkdir -p "$ROOT${WANTED.slice(0, WANTED.lastIndexOf("/"))}"
ln -sfn /usr/lib/systemd/system/auditd.service "$ROOT${WANTED}"`,
    validate: `{ ${BINARIES}; } || fail 'the audit daemon is not installed'
[ -L "$ROOT${WANTED}" ] || fail 'auditd.service does not start at boot'`,
    running: "systemctl is-active --quiet auditd.service || fail 'the audit daemon does not run'",
  };
}

function install(family: ImageBlueprint["family"], mirror: string | undefined): string {
  if (family === "al2023") return "  live dnf -y install audit";
  if (mirror === undefined)
    return "  fail 'the base image has no audit daemon; name a mirror of the archive in `mirror`'";
  const source = `deb [signed-by=/usr/share/keyrings/ubuntu-archive-keyring.gpg] ${mirror.replace(/\/$/, "")} noble main`;
  return `  list=/etc/apt/sources.list.d/bulwark-build.list
  live sh -c "echo ${quoted(source)} > $list"
  live apt-get -o Dir::Etc::sourcelist="$list" -o Dir::Etc::sourceparts=- update
  live env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends install auditd
  live rm -f "$list"`;
}

const CONFIG = "/etc/audit/auditd.conf";
/** The trail rotates: a node whose disk is full serves nobody, and what was written has long been shipped. */
const SETTINGS = {
  max_log_file: "32",
  num_logs: "10",
  max_log_file_action: "ROTATE",
  space_left_action: "SYSLOG",
  disk_full_action: "ROTATE",
};
const settings = Object.entries(SETTINGS).map(([key, value]) => `${key} = ${value}`);

const storage: Item = {
  id: "audit-storage",
  title: "The audit trail keeps ten files of 32 MB and never fills the disk",
  apply: `mkdir -p "$ROOT/etc/audit"
touch "$ROOT${CONFIG}"
sed -i -E '/^[[:space:]]*(${Object.keys(SETTINGS).join("|")})[[:space:]]*=/d' "$ROOT${CONFIG}"
printf '%s\\n' ${settings.map(quoted).join(" ")} >> "$ROOT${CONFIG}"
chmod 0640 "$ROOT${CONFIG}"`,
  validate: `${holds(CONFIG, settings, "0640")}
[ "$(grep -cE '^[[:space:]]*max_log_file_action' "$ROOT${CONFIG}")" = 1 ] || fail '${CONFIG} says it twice'`,
};

// Amazon Linux 2 came with this rule, and whatever else brings it along switches every rule on system calls off.
const syscalls: Item = {
  id: "audit-system-calls",
  title: "No rule takes system calls out of the audit trail",
  apply: `mkdir -p "$ROOT/etc/audit/rules.d"
find "$ROOT/etc/audit/rules.d" -name '*.rules' -exec sed -i -E '/^-a (never,task|task,never)/d' {} +`,
  validate: `[ -d "$ROOT/etc/audit/rules.d" ] || fail '/etc/audit/rules.d is missing'
if grep -rqE '^-a (never,task|task,never)' "$ROOT/etc/audit/rules.d"; then fail 'a rule takes system calls out'; fi`,
};

function rules([key, [title, lines]]: readonly [string, (typeof RULES)[string]]): Item {
  const path = `/etc/audit/rules.d/50-bulwark-${key}.rules`;
  return {
    id: `audit-${key}`,
    title,
    apply: writes(path, lines, "0640"),
    validate: holds(path, lines, "0640"),
    running: `auditctl -l | grep -Eq '(-k |key=)${key}$' || fail 'the kernel has no rule ${key}'`,
  };
}

const LAST = "/etc/audit/rules.d/99-zz-bulwark-immutable.rules";

const immutable: Item = {
  id: "audit-immutable",
  title: "Nobody changes the audit rules before the next boot",
  apply: writes(LAST, ["-e 2"], "0640"),
  validate: holds(LAST, ["-e 2"], "0640"),
  running: "auditctl -s | grep -q '^enabled 2' || fail 'the audit rules can be changed'",
};
