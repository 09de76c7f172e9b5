import { type Family, holds, type Item, type Topic, writes } from "./item";

const UNITS = ["ssh.service", "ssh.socket", "sshd.service", "sshd.socket"];
const LIMIT = ["* hard core 0"];
const COREDUMP = ["[Coredump]", "Storage=none", "ProcessSizeMax=0"];

/** Nobody logs in to a node: sessions go through Systems Manager, where they are asked for at all. */
export function access(family: Family): Topic {
  return {
    name: "access",
    description: "No SSH server, no keys, no memory dumps",
    items: [noServer(family), noKeys, noDumps],
  };
}

function noServer(family: Family): Item {
  const remove = { ubuntu: "apt-get -y purge openssh-server", al2023: "dnf -y remove openssh-server" }[family];
  return {
    id: "ssh-server-absent",
    title: "There is no SSH server, and none can be started",
    refs: { catalogue: "EKS-NODE-8" },
    apply: `export DEBIAN_FRONTEND=noninteractive
live ${remove} || true
rm -f "$ROOT/usr/sbin/sshd"
mkdir -p "$ROOT/etc/systemd/system"
for unit in ${UNITS.join(" ")}; do ln -sfn /dev/null "$ROOT/etc/systemd/system/$unit"; done`,
    validate: `[ ! -e "$ROOT/usr/sbin/sshd" ] || fail 'the SSH server is installed'
for unit in ${UNITS.join(" ")}; do
  [ "$(readlink "$ROOT/etc/systemd/system/$unit")" = /dev/null ] || fail "$unit can be started"
done`,
    running: `if ss -Hltn | grep -Eq '[:.]22[[:space:]]'; then fail 'something listens on port 22'; fi`,
  };
}

// Keys in an image are the same on every node that starts from it.
const noKeys: Item = {
  id: "ssh-keys-absent",
  title: "The image holds no SSH keys, neither of hosts nor of people",
  refs: { catalogue: "EKS-NODE-8" },
  apply: `rm -f "$ROOT"/etc/ssh/ssh_host_*
find "$ROOT/root" "$ROOT/home" -name 'authorized_keys*' -delete 2>/dev/null || true`,
  validate: `for key in "$ROOT"/etc/ssh/ssh_host_*; do [ ! -e "$key" ] || fail "$key is in the image"; done
found="$(find "$ROOT/root" "$ROOT/home" -name 'authorized_keys*' -size +0 2>/dev/null || true)"
[ -z "$found" ] || fail "$found is in the image"`,
};

const LIMITS = "/etc/security/limits.d/99-bulwark-core.conf";
const DUMPS = "/etc/systemd/coredump.conf.d/99-bulwark.conf";

const noDumps: Item = {
  id: "core-dumps-off",
  title: "No process leaves its memory on the disk",
  apply: `${writes(LIMITS, LIMIT)}\n${writes(DUMPS, COREDUMP)}`,
  validate: `${holds(LIMITS, LIMIT)}\n${holds(DUMPS, COREDUMP)}`,
};
