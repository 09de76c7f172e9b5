import { type Control, inventoryControl, resourceControl } from "../control";
import { ADDON, base, CLUSTER, clusterWith } from "./example";

/** Without these a cluster has no pod network, no names, no services, no volumes and no roles for pods. */
const CRITICAL = ["vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver", "eks-pod-identity-agent"];
const all = CRITICAL.map((addonName) => ({ addonName }));

/** Which add-ons there are, and who decides when they change. */
export const versions: readonly Control[] = [
  inventoryControl({
    id: "addons-managed",
    title: "The add-ons that a cluster cannot do without are managed by EKS",
    severity: "medium",
    why: "a copy that nobody manages keeps the flaws of the day the cluster was made",
    fix: "make vpc-cni, kube-proxy, coredns, aws-ebs-csi-driver and eks-pod-identity-agent as EKS add-ons",
    refs: { catalogue: "EKS-NODE-23", cis: ["CIS EKS 4.3.1"] },
    about: [CLUSTER],
    *check(cluster, inventory) {
      const present = inventory.linking(ADDON, "clusterName", cluster).map(({ inputs }) => inputs.addonName);
      for (const name of CRITICAL.filter((one) => !present.includes(one))) yield `add-on ${name} is not managed`;
    },
    good: [clusterWith("1.36", ...all)],
    bad: [clusterWith("1.36", ...all.slice(1)), clusterWith("1.36")],
  }),

  resourceControl({
    id: "addons-pinned",
    title: "Every add-on names its version",
    severity: "medium",
    why: "without one EKS takes its default of the day, so two clusters from one configuration differ",
    fix: "set `addonVersion` to one version, for example v1.14.3-eksbuild.16",
    refs: { catalogue: "EKS-NODE-23" },
    resource: ADDON,
    *check({ addonVersion }) {
      if (!/^v\d+\.\d+\.\d+(-[\w.]+)?-eksbuild\.\d+$/.test(addonVersion ?? ""))
        yield {
          path: "addonVersion",
          message: `the add-on's version is ${addonVersion ?? "EKS's default of the day"}`,
        };
    },
    good: [base],
    bad: [
      { clusterName: base.clusterName, addonName: base.addonName },
      { ...base, addonVersion: "latest" },
    ],
  }),

  inventoryControl({
    id: "addons-fit-cluster",
    title: "kube-proxy has the minor version of its cluster",
    severity: "medium",
    why: "a kube-proxy of another minor version may not know the services that its cluster describes",
    fix: "raise kube-proxy together with the cluster's version",
    refs: {},
    about: [ADDON],
    *check(addon, inventory) {
      const { addonName, addonVersion } = addon.inputs;
      if (addonName !== "kube-proxy") return;
      for (const cluster of inventory.linked(addon, "clusterName", CLUSTER)) {
        const { version } = cluster.inputs;
        if (version !== undefined && addonVersion !== undefined && !addonVersion.startsWith(`v${version}.`))
          yield { path: "addonVersion", message: `kube-proxy is ${addonVersion} in a cluster of version ${version}` };
      }
    },
    good: [clusterWith("1.36", proxy("v1.36.0-eksbuild.21"))],
    bad: [clusterWith("1.36", proxy("v1.35.3-eksbuild.13")), clusterWith("1.3", proxy("v1.36.0-eksbuild.21"))],
  }),

  resourceControl({
    id: "addons-changes-noticed",
    title: "An add-on that somebody changed by hand is neither overwritten nor kept in silence",
    severity: "low",
    why: "OVERWRITE throws away what an operator repaired in the night; PRESERVE keeps what an intruder weakened",
    fix: "set `resolveConflictsOnUpdate` and `resolveConflictsOnCreate` to NONE, and put wanted changes into `configurationValues`",
    refs: { catalogue: "EKS-NODE-23" },
    resource: ADDON,
    // AWS's own default is NONE, so an absent value is fine.
    *check({ resolveConflictsOnCreate, resolveConflictsOnUpdate }) {
      for (const [path, value] of Object.entries({ resolveConflictsOnCreate, resolveConflictsOnUpdate }))
        if ((value ?? "NONE") !== "NONE") yield { path, message: `changes made by hand meet ${value ?? ""}` };
    },
    good: [base, { ...base, resolveConflictsOnCreate: "NONE", resolveConflictsOnUpdate: "NONE" }],
    bad: [
      { ...base, resolveConflictsOnUpdate: "OVERWRITE" },
      { ...base, resolveConflictsOnUpdate: "PRESERVE" },
      { ...base, resolveConflictsOnCreate: "OVERWRITE" },
    ],
  }),
];

function proxy(addonVersion: string) {
  return { addonName: "kube-proxy", addonVersion };
}
