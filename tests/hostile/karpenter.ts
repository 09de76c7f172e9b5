import type { Hostile } from "./row";

/** The example with this in the place of its words for Karpenter. */
const saying = (text: string) => ({ "karpenter:": `karpenter: ${text}`, "reason: campaigns": "" });
const withPools = (pools: string) => ({ "cluster:": `nodes: { pools: ${pools} }\n    cluster:` });
const reason = "reason: campaigns fill the shop within minutes";

/** A controller that may start instances: for nothing, of more than its own, or where it cannot run. */
export const karpenter: readonly Hostile[] = [
  {
    name: "Karpenter switched on without a word",
    change: saying("true"),
    paths: ["karpenter"],
    got: "true",
    fix: "write karpenter: { reason:",
  },
  {
    name: "Karpenter for no reason",
    change: saying("{}"),
    paths: ["karpenter.reason"],
    got: "nothing",
    fix: "reason:",
  },
  {
    name: "Karpenter for a reason that says nothing",
    change: saying("{ reason: scaling }"),
    paths: ["karpenter.reason"],
    got: '"scaling"',
    fix: "reason:",
  },
  {
    name: "Karpenter with a role, a queue and a namespace of somebody's choice",
    change: saying(
      `{ ${reason}, nodeRole: "arn:aws:iam::111122223333:role/admin", interruptionQueue: none, namespace: default }`,
    ),
    paths: ["karpenter.nodeRole", "karpenter.interruptionQueue", "karpenter.namespace"],
    got: 'the unknown key "nodeRole"',
    fix: 'remove "nodeRole"',
  },
  {
    name: "Karpenter that makes instance profiles and passes every role",
    change: saying(`{ ${reason}, createInstanceProfiles: true, passRole: "*" }`),
    paths: ["karpenter.createInstanceProfiles", "karpenter.passRole"],
    got: 'the unknown key "createInstanceProfiles"',
    fix: 'remove "createInstanceProfiles"',
  },
  {
    name: "Karpenter as a list of pools",
    change: saying("[general, batch]"),
    paths: ["karpenter"],
    got: '["general","batch"]',
    fix: "write karpenter: { reason:",
  },
  {
    name: "Karpenter hidden among the nodes",
    change: { "cluster:": `nodes: { karpenter: { ${reason} } }\n    cluster:` },
    paths: ["nodes.karpenter"],
    got: 'the unknown key "karpenter"',
    fix: 'remove "karpenter"',
  },
  {
    name: "Karpenter beside a single node, on which its second replica never starts",
    change: withPools("{ system: { min: 1, max: 1 } }"),
    paths: ["nodes.pools"],
    got: "no pool that Karpenter's two replicas can run on",
    fix: "add a pool that says nothing: system: {}",
  },
  {
    name: "Karpenter whose only lasting pool may shrink to nothing",
    change: withPools("{ system: { min: 0, max: 6 }, burst: { capacity: spot } }"),
    paths: ["nodes.pools"],
    got: "no pool that Karpenter's two replicas can run on",
    fix: "add a pool that says nothing: system: {}",
  },
  {
    name: "a tag that gives Karpenter every security group and subnet",
    change: { "cost-centre:": "karpenter.sh/discovery: production" },
    paths: ["tags.karpenter.sh/discovery"],
    got: 'a tag named "karpenter.sh/discovery"',
    fix: 'rename "karpenter.sh/discovery"',
  },
  {
    name: "tags that make every instance one which Karpenter may end",
    change: {
      "cost-centre:":
        "kubernetes.io/cluster/production: owned\n      karpenter.sh/nodepool: all\n      eks:eks-cluster-name: production",
    },
    paths: ["tags.kubernetes.io/cluster/production", "tags.karpenter.sh/nodepool", "tags.eks:eks-cluster-name"],
    got: 'a tag named "kubernetes.io/cluster/production"',
    fix: 'rename "kubernetes.io/cluster/production"',
  },
  {
    name: "a load balancer controller with more rights than binding targets",
    change: { "cluster:": "controllers: { loadBalancer: { policy: full } }\n    cluster:" },
    paths: ["controllers"],
    got: 'the unknown key "controllers"',
    fix: 'remove "controllers"',
  },
];
