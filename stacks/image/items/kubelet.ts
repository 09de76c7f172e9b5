import { atMost, type Item, holds, type Topic, writes } from "./item";

/** Where the kubelet's own credentials and settings lie on Amazon Linux and on Ubuntu. */
const FILES = [
  "/var/lib/kubelet/kubeconfig",
  "/etc/kubernetes/kubelet/config.json",
  "/etc/kubernetes/kubelet/kubelet-config.json",
];
const GUARD = "/usr/local/sbin/bulwark-kubelet-files";
/** The kubelet's unit on Amazon Linux and, where it is a snap, on Ubuntu. */
const UNITS = ["kubelet.service", "snap.kubelet-eks.daemon.service"];

const SCRIPT = [
  "#!/bin/bash",
  "# The files are written when the node joins, so the image can only see to them before each start of the kubelet.",
  "set -eu",
  'ROOT="${BULWARK_ROOT:-}"',
  `for file in ${FILES.map((file) => `"$ROOT${file}"`).join(" ")}; do`,
  '  [ -f "$file" ] || continue',
  '  chown 0:0 "$file"',
  '  chmod 0600 "$file"',
  "done",
];
const DROP_IN = ["[Service]", `ExecStartPre=${GUARD}`];

const dropIns = UNITS.map((unit) => `/etc/systemd/system/${unit}.d/90-bulwark-files.conf`);

const kubeletFiles: Item = {
  id: "kubelet-files",
  title: "Only root reads and changes the kubelet's credentials and settings",
  refs: { catalogue: "EKS-NODE-18", cis: ["CIS EKS 3.1.1", "CIS EKS 3.1.2", "CIS EKS 3.1.3", "CIS EKS 3.1.4"] },
  apply: [
    writes(GUARD, SCRIPT, "0755"),
    ...dropIns.map((path) => writes(path, DROP_IN)),
    `BULWARK_ROOT="$ROOT" "$ROOT${GUARD}"`,
    "live systemctl daemon-reload",
  ].join("\n"),
  validate: [
    holds(GUARD, SCRIPT, "0755"),
    `[ -x "$ROOT${GUARD}" ] || fail '${GUARD} cannot run'`,
    ...dropIns.map((path) => holds(path, DROP_IN)),
    ...FILES.map(
      (path) => `if [ -e "$ROOT${path}" ]; then
${atMost(path, "0644")}
[ "$(stat -c %g "$ROOT${path}")" = 0 ] || fail '${path} is not of the group root'
fi`,
    ),
  ].join("\n"),
  running: `${GUARD} || fail '${GUARD} fails'`,
};

/** The kubelet's files, of which CIS EKS asks mode and owner. */
export const kubelet: Topic = {
  name: "kubelet",
  description: "Mode and owner of the kubelet's files",
  items: [kubeletFiles],
};
