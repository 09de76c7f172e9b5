import { type Control, inventoryControl, resourceControl } from "../control";
import type { Inventory, Subject } from "../inventory";
import { admitted, ASSOCIATION, CLUSTER, cluster, ENTRY, role } from "./example";

const PURPOSES = ["break-glass", "deployer"];
const entry = { clusterName: "production", principalArn: role("aws-reserved/sso.amazonaws.com/Sre") };

/** Who is let into the cluster by IAM, and as what. */
export const entries: readonly Control[] = [
  inventoryControl({
    id: "identity-cluster-admins",
    title: "Only break-glass and the deployer administer the whole cluster",
    severity: "critical",
    why: "an administrator reads every secret and lifts every rule; whoever is one every day will be one on the wrong day",
    fix: "give people a persona's group; where an access policy must be, scope it to namespaces",
    refs: { catalogue: "EKS-IAM-3", cis: ["CIS EKS 4.1.1"], kubescape: ["C-0185"] },
    about: [ASSOCIATION],
    *check(association, inventory) {
      const { policyArn, accessScope } = association.inputs;
      if (accessScope.type !== "cluster") {
        if ((accessScope.namespaces ?? []).length === 0)
          yield { path: "accessScope.namespaces", message: "the scope names no namespace" };
        return;
      }
      if (!administers(policyArn)) yield { path: "accessScope.type", message: `${policyArn} holds in every namespace` };
      const purpose = purposeOf(association, inventory);
      if (purpose === undefined) yield "the principal administers the cluster and is neither break-glass nor deployer";
      const others = inventory
        .all(ASSOCIATION)
        .filter((other) => other.urn !== association.urn && purposeOf(other, inventory) === purpose);
      if (purpose !== undefined && others.length > 0) yield `there are ${others.length + 1} principals for ${purpose}`;
    },
    good: [
      admitted("AmazonEKSClusterAdminPolicy", { tags: { "bulwark:purpose": "break-glass" } }),
      admitted("AmazonEKSEditPolicy", { scope: { type: "namespace", namespaces: ["orders"] } }),
    ],
    bad: [
      admitted("AmazonEKSClusterAdminPolicy"),
      admitted("AmazonEKSAdminPolicy", { tags: { "bulwark:purpose": "convenience" } }),
      admitted("AmazonEKSViewPolicy"),
      admitted("AmazonEKSEditPolicy", { scope: { type: "namespace", namespaces: [] } }),
      admitted("AmazonEKSClusterAdminPolicy", { tags: { "bulwark:purpose": "deployer" }, groups: ["bulwark:sre"] }),
      [
        ...admitted("AmazonEKSClusterAdminPolicy", { tags: { "bulwark:purpose": "deployer" } }),
        ...admitted("AmazonEKSClusterAdminPolicy", { tags: { "bulwark:purpose": "deployer" }, name: "another" }),
      ],
    ],
  }),

  inventoryControl({
    id: "identity-way-in",
    title: "Somebody can always administer the cluster",
    severity: "high",
    why: "without its creator as administrator and without an entry for another, a cluster can only be thrown away",
    fix: "keep the access entry of `access.breakGlass` and its AmazonEKSClusterAdminPolicy",
    refs: { catalogue: "EKS-IAM-3" },
    about: [CLUSTER],
    *check(cluster, inventory) {
      if (cluster.inputs.accessConfig?.bootstrapClusterCreatorAdminPermissions !== false) return;
      if (!inventory.all(ASSOCIATION).some((one) => purposeOf(one, inventory) === "break-glass"))
        yield "neither the creator nor break-glass administers the cluster";
    },
    good: [
      [cluster(), ...admitted("AmazonEKSViewPolicy")],
      [
        cluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: false } }),
        ...admitted("AmazonEKSClusterAdminPolicy", { tags: { "bulwark:purpose": "break-glass" } }),
      ],
    ],
    bad: [
      [cluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: false } })],
      [
        cluster({ accessConfig: { bootstrapClusterCreatorAdminPermissions: false } }),
        ...admitted("AmazonEKSViewPolicy", { tags: { "bulwark:purpose": "break-glass" } }),
      ],
    ],
  }),

  resourceControl({
    id: "identity-no-system-groups",
    title: "No access entry carries a group of Kubernetes' own",
    severity: "critical",
    why: "`system:masters` is above all authorisation and cannot be taken away again by RBAC",
    fix: "name a persona's group, for example `bulwark:sre`",
    refs: {
      catalogue: "EKS-IAM-4",
      cis: ["CIS EKS 5.5.1", "CIS Kubernetes 5.1.7"],
      kubescape: ["C-0232", "C-0246"],
    },
    resource: ENTRY,
    *check({ kubernetesGroups }) {
      for (const group of (kubernetesGroups ?? []).filter((one) => one.startsWith("system:")))
        yield { path: "kubernetesGroups", message: `the principal is in ${group}` };
    },
    good: [entry, { ...entry, kubernetesGroups: ["bulwark:sre"] }],
    bad: [
      { ...entry, kubernetesGroups: ["system:masters"] },
      { ...entry, kubernetesGroups: ["bulwark:sre", "system:nodes"] },
    ],
  }),

  resourceControl({
    id: "identity-entries-for-roles",
    title: "Access entries admit roles, not users or the account",
    severity: "high",
    why: "a role's credentials end after hours; a user's key works for years from anywhere",
    fix: "name a role, for example one of IAM Identity Center",
    refs: { catalogue: "EKS-IAM-4", cis: ["CIS EKS 5.5.1"] },
    resource: ENTRY,
    *check({ principalArn }) {
      if (!/^arn:aws[\w-]*:iam::\d{12}:role\//.test(principalArn))
        yield { path: "principalArn", message: `${principalArn} is not a role` };
    },
    good: [entry],
    bad: [
      { ...entry, principalArn: "arn:aws:iam::111122223333:user/alice" },
      { ...entry, principalArn: "arn:aws:iam::111122223333:root" },
    ],
  }),

  inventoryControl({
    id: "identity-developers-read",
    title: "In production developers only read",
    severity: "high",
    why: "what a developer changes by hand in production is in no repository and passed no review",
    fix: "give the entry the group `bulwark:developer-read`",
    refs: {},
    about: [ENTRY],
    *check(entry, inventory) {
      const production = inventory.all(CLUSTER).some(({ inputs }) => inputs.tags?.["environment"] === "production");
      if (production && (entry.inputs.kubernetesGroups ?? []).includes("bulwark:developer"))
        yield { path: "kubernetesGroups", message: "developers may write in production" };
    },
    good: [
      [cluster({ tags: { environment: "production" } }), ...withGroup("bulwark:developer-read")],
      [cluster({ tags: { environment: "staging" } }), ...withGroup("bulwark:developer")],
    ],
    bad: [[cluster({ tags: { environment: "production" } }), ...withGroup("bulwark:developer")]],
  }),
];

const administers = (policyArn: string): boolean => /\/AmazonEKS(Cluster)?AdminPolicy$/.test(policyArn);

/** Why an association's principal administers the whole cluster, as its entry says; undefined when it does not, or not only. */
function purposeOf(association: Subject<unknown>, inventory: Inventory): string | undefined {
  const { policyArn, accessScope } =
    inventory.all(ASSOCIATION).find(({ urn }) => urn === association.urn)?.inputs ?? {};
  if (policyArn === undefined || !administers(policyArn) || accessScope?.type !== "cluster") return undefined;
  const [entry] = inventory.linked(association, "principalArn", ENTRY);
  const purpose = entry?.inputs.tags?.["bulwark:purpose"];
  const alone = (entry?.inputs.kubernetesGroups ?? []).length === 0;
  return alone && purpose !== undefined && PURPOSES.includes(purpose) ? purpose : undefined;
}

function withGroup(group: string) {
  return admitted("AmazonEKSViewPolicy", { groups: [group] });
}
