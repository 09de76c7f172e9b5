import { GONE, type Mutation } from "./mutation";

const POOL = "NodePool NodePool/general";
const NODES = "EC2NodeClass EC2NodeClass/general";
const AUDIT = "CronJob CronJob/audit/kube-bench";
const POD = "spec.jobTemplate.spec.template.spec";

interface Container {
  readonly image: string;
  readonly args: readonly string[];
}

/** The audit's only container with something said otherwise. */
function container(change: (one: Container) => Partial<Container>) {
  return (containers: readonly Container[]) => containers.map((one) => ({ ...one, ...change(one) }));
}

const appArmor = { appArmorProfile: { type: "RuntimeDefault" } };

/** What is flipped in the platform's own objects. */
export const mutations: readonly Mutation[] = [
  [POOL, "spec.template.spec.terminationGracePeriod", GONE, ["karpenter-expiry-bounded"]],
  [POOL, "spec.template.spec.expireAfter", "Never", ["karpenter-expiry-bounded"]],
  [POOL, "spec.template.metadata", GONE, ["karpenter-image-family"]],
  [POOL, "spec.template.metadata.labels.bulwark/image-family", "ubuntu", ["karpenter-image-family"]],
  [NODES, "spec.amiSelectorTerms", [{ alias: "bottlerocket@latest" }], ["karpenter-image-release-pinned"]],
  [NODES, "spec.amiSelectorTerms", [{ alias: "al2023@v20261112" }], ["karpenter-image-family"]],

  [
    AUDIT,
    `${POD}.containers`,
    container(() => ({ image: "docker.io/aquasec/kube-bench:v0.15.6" })),
    ["pods-image-by-digest"],
  ],
  [
    AUDIT,
    `${POD}.containers`,
    container(({ args }) => ({ args: args.map((word) => word.replace(/eks-.*/, "eks-1.5.0")) })),
    ["audit-benchmark-current"],
  ],
  [AUDIT, `${POD}.serviceAccountName`, GONE, ["audit-rights"]],
  ["ClusterRoleBinding ClusterRoleBinding/bulwark-kube-bench", "", GONE, ["audit-rights"]],
  [AUDIT, `${POD}.securityContext`, appArmor, ["pods-apparmor-on-ubuntu"]],
  [AUDIT, `${POD}.hostUsers`, false, ["pods-user-namespace-possible"]],

  [
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicy/bulwark-cordon-only",
    "spec.failurePolicy",
    "Ignore",
    ["webhook-fails-closed"],
  ],
];
