import facts from "../../facts/kubernetes-versions.json";
import { type Control, inventoryControl, item, resourceControl } from "../control";
import { base, CLUSTER } from "./example";

// Ninety days are what an upgrade with its rehearsal takes a careful team.
const NOTICE_DAYS = 90;
const SUPPORTED = new Map(
  Object.entries(facts.versions).map(([version, { endOfStandardSupport }]) => [version, endOfStandardSupport]),
);
const TAGS = ["owner", "environment", "data-classification"];
const owned = { owner: "platform@example.com", environment: "production", "data-classification": "confidential" };

/** How a cluster lives: supported, upgraded in time, not deleted by accident, and known to somebody. */
export const life: readonly Control[] = [
  inventoryControl({
    id: "cluster-version-supported",
    title: "The Kubernetes version is chosen, and supported for another ninety days",
    severity: "high",
    why: "an unsupported version gets no security fixes, and extended support costs extra",
    fix: "set `cluster.version` in the blueprint to a version whose standard support lasts",
    refs: { catalogue: "EKS-VER-1", securityHub: ["EKS.2"], checkov: ["CKV_AWS_339"], kubescape: ["C-0273"] },
    about: [CLUSTER],
    *check({ inputs: { version } }, { today }) {
      const end = SUPPORTED.get(version ?? "");
      if (version === undefined) yield { path: "version", message: "AWS chooses the Kubernetes version" };
      else if (end === undefined)
        yield { path: "version", message: `version ${version} is not in the support table of ${facts.asOf}` };
      else if (daysBetween(today, end) < NOTICE_DAYS)
        yield { path: "version", message: `standard support of version ${version} ends on ${end}` };
    },
    good: [[item(CLUSTER, "main", { ...base, version: "1.36" })]],
    bad: [
      [item(CLUSTER, "main", base)],
      [item(CLUSTER, "main", { ...base, version: "1.29" })],
      [item(CLUSTER, "main", { ...base, version: "1.33" })],
    ],
  }),

  resourceControl({
    id: "cluster-standard-support",
    title: "The cluster never slides into extended support",
    severity: "medium",
    why: "extended support charges extra for putting the upgrade off instead of making somebody do it",
    fix: 'set `upgradePolicy.supportType: "STANDARD"`',
    refs: { catalogue: "EKS-VER-2", securityHub: ["EKS.2"] },
    resource: CLUSTER,
    *check({ upgradePolicy }) {
      if (upgradePolicy?.supportType !== "STANDARD")
        yield { path: "upgradePolicy.supportType", message: "the cluster goes into extended support" };
    },
    good: [{ ...base, upgradePolicy: { supportType: "STANDARD" } }],
    bad: [base, { ...base, upgradePolicy: { supportType: "EXTENDED" } }],
  }),

  resourceControl({
    id: "cluster-deletion-protection",
    title: "AWS refuses to delete the cluster",
    severity: "high",
    why: "Pulumi's protection does not stop a hand in the console",
    fix: "leave `teardown` out of the blueprint",
    refs: { catalogue: "EKS-DEL-1" },
    resource: CLUSTER,
    *check({ deletionProtection }) {
      if (deletionProtection !== true)
        yield { path: "deletionProtection", message: "anybody with the right may delete the cluster in one call" };
    },
    good: [{ ...base, deletionProtection: true }],
    bad: [base, { ...base, deletionProtection: false }],
  }),

  inventoryControl({
    id: "cluster-protected",
    title: "No `up` or `destroy` deletes the cluster by accident",
    severity: "high",
    why: "a changed input that AWS cannot update in place would replace the cluster and everything in it",
    fix: "make the cluster with `protect: true`",
    refs: { catalogue: "EKS-DEL-1" },
    about: [CLUSTER],
    *check({ protect }) {
      if (!protect) yield "the cluster is not protected against deletion";
    },
    good: [[item(CLUSTER, "main", base, { protect: true })]],
    bad: [[item(CLUSTER, "main", base)]],
  }),

  resourceControl({
    id: "cluster-tags",
    title: "The cluster names its owner, environment and data classification",
    severity: "low",
    why: "whoever finds the cluster at three in the night must find its owner too",
    fix: "set `owner`, `environment` and `dataClassification` in the blueprint",
    refs: { catalogue: "EKS-TAG-1", securityHub: ["EKS.6"] },
    resource: CLUSTER,
    *check({ tags = {} }) {
      const missing = TAGS.filter((tag) => (tags[tag] ?? "") === "");
      if (missing.length > 0) yield { path: "tags", message: `the cluster carries no tag ${missing.join(", ")}` };
    },
    good: [{ ...base, tags: owned }],
    bad: [base, { ...base, tags: { ...owned, owner: "" } }],
  }),

  resourceControl({
    id: "cluster-zonal-shift",
    title: "Traffic can be moved away from a zone that fails",
    severity: "low",
    why: "without it a half-dead zone keeps getting its third of the requests",
    fix: "set `zonalShiftConfig.enabled: true`",
    refs: {},
    resource: CLUSTER,
    *check({ zonalShiftConfig }) {
      if (zonalShiftConfig?.enabled !== true) yield { path: "zonalShiftConfig.enabled", message: "zonal shift is off" };
    },
    good: [{ ...base, zonalShiftConfig: { enabled: true } }],
    bad: [base, { ...base, zonalShiftConfig: { enabled: false } }],
  }),

  resourceControl({
    id: "cluster-own-addons",
    title: "EKS installs no add-ons that nobody manages",
    severity: "medium",
    why: "self-managed add-ons get no updates, and taking them over later replaces the cluster",
    fix: "set `bootstrapSelfManagedAddons: false`",
    refs: {},
    resource: CLUSTER,
    *check({ bootstrapSelfManagedAddons }) {
      if (bootstrapSelfManagedAddons !== false)
        yield { path: "bootstrapSelfManagedAddons", message: "EKS installs add-ons that nobody manages" };
    },
    good: [{ ...base, bootstrapSelfManagedAddons: false }],
    bad: [base, { ...base, bootstrapSelfManagedAddons: true }],
  }),
];

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
