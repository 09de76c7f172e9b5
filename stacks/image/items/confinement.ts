import { type Family, type Item, holds, type Topic, writes } from "./item";

/** Mandatory access control: AppArmor on Ubuntu, SELinux on Amazon Linux, and neither only watches. */
export function confinement(family: Family): Topic {
  switch (family) {
    case "ubuntu":
      return { name: "confinement", description: "AppArmor enforces", items: [apparmorBoot, apparmorEnforces] };
    case "al2023":
      return { name: "confinement", description: "SELinux enforces", items: [selinuxBoot, selinuxEnforces] };
  }
}

const GRUB = "/etc/default/grub.d/99-bulwark-apparmor.cfg";
const GRUB_LINE = 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX apparmor=1 security=apparmor"';
const WANTED = "/etc/systemd/system/sysinit.target.wants/apparmor.service";

const apparmorBoot: Item = {
  id: "apparmor-at-boot",
  title: "The kernel starts with AppArmor, and its profiles load before anything else runs",
  apply: `${writes(GRUB, [GRUB_LINE])}
mkdir -p "$ROOT${WANTED.slice(0, WANTED.lastIndexOf("/"))}"
ln -sfn /usr/lib/systemd/system/apparmor.service "$ROOT${WANTED}"
live update-grub`,
  validate: `${holds(GRUB, [GRUB_LINE])}
[ -L "$ROOT${WANTED}" ] || fail 'apparmor.service does not start at boot'`,
  running: `[ "$(cat /sys/module/apparmor/parameters/enabled)" = Y ] || fail 'the kernel runs without AppArmor'`,
};

// What `aa-enforce` does, without the tools that minimal images lack.
const apparmorEnforces: Item = {
  id: "apparmor-enforces",
  title: "No AppArmor profile only complains",
  apply: `rm -rf "$ROOT/etc/apparmor.d/force-complain"
find "$ROOT/etc/apparmor.d" -maxdepth 1 -type f -exec sed -i -E 's/ *flags=\\(complain\\)//; s/(flags=\\([^)]*)(, *| +)complain/\\1/; s/(flags=\\()complain(, *| +)/\\1/' {} +
live systemctl reload apparmor.service`,
  validate: `[ ! -e "$ROOT/etc/apparmor.d/force-complain" ] || fail 'profiles are forced to complain'
if grep -rqE --exclude-dir=cache 'flags=\\([^)]*complain' "$ROOT/etc/apparmor.d"; then fail 'a profile only complains'; fi`,
  running: `grep -q '(enforce)$' /sys/kernel/security/apparmor/profiles || fail 'no profile is enforced'
if grep -q '(complain)$' /sys/kernel/security/apparmor/profiles; then fail 'a loaded profile only complains'; fi`,
};

const CONFIG = "/etc/selinux/config";

// Amazon Linux 2023 comes enabled and permissive (its user guide, "Default SELinux status and modes").
const selinuxEnforces: Item = {
  id: "selinux-enforces",
  title: "SELinux enforces the targeted policy",
  apply: `mkdir -p "$ROOT/etc/selinux"
touch "$ROOT${CONFIG}"
sed -i -E '/^[[:space:]]*SELINUX(TYPE)?=/d' "$ROOT${CONFIG}"
printf 'SELINUX=enforcing\\nSELINUXTYPE=targeted\\n' >> "$ROOT${CONFIG}"
chmod 0644 "$ROOT${CONFIG}"`,
  validate: `${holds(CONFIG, ["SELINUX=enforcing", "SELINUXTYPE=targeted"])}
[ "$(grep -cE '^[[:space:]]*SELINUX=' "$ROOT${CONFIG}")" = 1 ] || fail '${CONFIG} says it twice'`,
  running: `[ "$(getenforce)" = Enforcing ] || fail "SELinux is $(getenforce)"`,
};

const DEFAULTS = "/etc/default/grub";

const selinuxBoot: Item = {
  id: "selinux-at-boot",
  title: "The boot loader does not switch SELinux off",
  apply: `if [ -f "$ROOT${DEFAULTS}" ]; then sed -i -E 's/\\b(selinux|enforcing)=0\\b//g' "$ROOT${DEFAULTS}"; fi
live grubby --update-kernel=ALL --remove-args='selinux=0 enforcing=0'`,
  validate: `[ ! -f "$ROOT${DEFAULTS}" ] || ! grep -qE '\\b(selinux|enforcing)=0\\b' "$ROOT${DEFAULTS}" || fail '${DEFAULTS} switches SELinux off'`,
  running: `if grep -qE '\\b(selinux|enforcing)=0\\b' /proc/cmdline; then fail 'the kernel was told to do without SELinux'; fi`,
};
