/** A check of the benchmark that cannot pass on a cluster of EKS, and where the thing it asks for is proved instead. */
export interface Exception {
  readonly check: string;
  readonly why: string;
  readonly instead: string;
}

/**
 * What kube-bench is told to skip. Each of these asks about the whole cluster at once and answers "failed" on every cluster of EKS there is
 * (kube-bench v0.15.6, cfg/eks-1.8.0/policies.yaml); whatever else fails is news.
 */
export const EXCEPTIONS: readonly Exception[] = [
  {
    check: "4.1.2",
    why: "Kubernetes itself makes Roles in kube-system that read Secrets (bootstrap-signer, token-cleaner)",
    instead: "no persona and no deployer reads a Secret",
  },
  {
    check: "4.1.3",
    why: "Kubernetes itself makes cluster-admin, whose rights are wildcards",
    instead: "no role of ours holds a wildcard",
  },
  {
    check: "4.1.4",
    why: "Kubernetes' own controllers and its roles admin and edit make pods",
    instead: "a deployer writes controllers in its own tenant, and admission judges their pods",
  },
  {
    check: "4.1.5",
    why: "Kubernetes makes an account `default` in every namespace, and mounts its token",
    instead: "every workload has an account of its own",
  },
  {
    check: "4.1.6",
    why: "controllers call the API and need their token",
    instead: "no pod of a tenant has one",
  },
  {
    check: "4.2.1",
    why: "one privileged pod anywhere fails it, and the pod network is one",
    instead: "Pod Security by namespace, each level with its reason",
  },
  { check: "4.2.2", why: "kube-bench itself sees the node's processes", instead: "Pod Security by namespace" },
  {
    check: "4.2.4",
    why: "the pod network, kube-proxy and the Pod Identity agent are the node's network",
    instead: "Pod Security by namespace",
  },
  {
    check: "4.2.5",
    why: "the pod network's agents may escalate",
    instead: "Pod Security by namespace",
  },
  {
    check: "4.5.2",
    why: "it counts every object in `default`, the NetworkPolicy that 4.3.2 asks for included",
    instead: "no persona and no deployer writes there, and a pod there reaches nothing",
  },
];
