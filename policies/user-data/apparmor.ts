import { type Control, resourceControl } from "../control";
import { APPARMOR, BOOTSTRAP } from "./cloud-config";
import { bottlerocket, cloudConfig, JOIN, nodeConfig, TEMPLATE } from "./example";
import { readUserData } from "./read";

/** The two lines by which a script ends, and takes the kubelet with it, where anything fails. */
const STOPS = [/^set -o errexit\b/, /^trap 'snap stop --disable kubelet-eks' ERR$/];

/** What stands in for SELinux on Ubuntu. */
export const apparmor: readonly Control[] = [
  resourceControl({
    id: "user-data-apparmor",
    title: "An Ubuntu node joins only under AppArmor",
    severity: "high",
    why: "on a kernel without AppArmor containers run unconfined, and pods that name a profile are rejected one by one",
    fix: "read /sys/module/apparmor/parameters/enabled before the bootstrap script, in a script that stops the kubelet on error",
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      if (read.kind !== "cloud-config") return;
      const { lines } = read.config;
      const place = (form: RegExp) => lines.findIndex((line) => form.test(line));
      const joins = place(BOOTSTRAP);
      if (joins === -1) return;
      if (place(APPARMOR) === -1 || place(APPARMOR) > joins)
        yield { path: "userData", message: "the node joins without a look at AppArmor" };
      if (STOPS.some((form) => place(form) === -1 || place(form) > joins))
        yield { path: "userData", message: "a node that could not be hardened joins all the same" };
    },
    good: [cloudConfig({}), bottlerocket({ kubernetes: {} }), nodeConfig({})],
    bad: [
      cloudConfig(
        {},
        JOIN.filter((line) => !line.includes("apparmor")),
      ),
      cloudConfig({}, JOIN.toReversed()),
      cloudConfig(
        {},
        JOIN.filter((line) => !line.startsWith("trap")),
      ),
      cloudConfig(
        {},
        JOIN.filter((line) => !line.startsWith("set")),
      ),
    ],
  }),
];
