import { images } from "./node-image";
import type { Hostile } from "./row";

const withNodes = (text: string) => ({ "cluster:": `nodes: ${text}\n    cluster:` });
const system = (text: string) => withNodes(`{ pools: { system: ${text} } }`);

/** Machines that cannot be, and machines that should not be. */
export const nodes: readonly Hostile[] = [
  {
    name: "no pool at all",
    change: withNodes("{ pools: {} }"),
    paths: ["nodes.pools"],
    got: "no pool",
    fix: "add a pool that says nothing: system: {}",
  },
  {
    name: "Amazon Linux 2 nodes",
    change: system("{ os: al2 }"),
    paths: ["nodes.pools.system.os"],
    got: '"al2"',
    fix: "did you mean os: al2023",
  },
  {
    name: "an image of unknown make",
    change: system("{ imageId: ami-0123456789abcdef0 }"),
    paths: ["nodes.pools.system.imageId"],
    got: 'the unknown key "imageId"',
    fix: 'did you mean "image"',
  },
  {
    name: "metadata that pods can reach, a key pair and a public address",
    change: system("{ metadataHops: 2, keyName: operations, publicAddress: true }"),
    paths: ["nodes.pools.system.metadataHops", "nodes.pools.system.keyName", "nodes.pools.system.publicAddress"],
    got: 'the unknown key "metadataHops"',
    fix: 'remove "metadataHops"',
  },
  {
    name: "volumes without encryption",
    change: system("{ encrypted: false }"),
    paths: ["nodes.pools.system.encrypted"],
    got: 'the unknown key "encrypted"',
    fix: 'remove "encrypted"',
  },
  {
    name: "a script as root with a password in it",
    change: system("{ userData: 'export PASSWORD=hunter2hunter2' }"),
    paths: ["nodes.pools.system.userData"],
    got: 'the unknown key "userData"',
    fix: 'remove "userData"',
  },
  {
    name: "a shell on the nodes without a reason",
    change: withNodes("{ shell: { access: session-manager } }"),
    paths: ["nodes.shell.reason"],
    got: "nothing",
    fix: "write reason: ",
  },
  {
    name: "a shell on the nodes by SSH",
    change: withNodes("{ shell: { access: ssh } }"),
    paths: ["nodes.shell.access"],
    got: '"ssh"',
    fix: "write access: none",
  },
  {
    name: "instance types that are misspelt, twice there, and too old",
    change: system("{ instanceTypes: [m6i.larg, m5.large, m5.large, t2.medium] }"),
    paths: [
      "nodes.pools.system.instanceTypes[0]",
      "nodes.pools.system.instanceTypes[2]",
      "nodes.pools.system.instanceTypes[3]",
    ],
    got: "m6i.larg",
    fix: "did you mean - m6i.large",
  },
  {
    name: "two architectures in one pool",
    change: system("{ instanceTypes: [m6i.large, m7g.large] }"),
    paths: ["nodes.pools.system.instanceTypes"],
    got: "m6i.large beside m7g.large",
    fix: "make two pools of them",
  },
  {
    name: "more nodes at least than at most",
    change: system("{ min: 9, max: 3, desired: 20 }"),
    paths: ["nodes.pools.system.min", "nodes.pools.system.desired"],
    got: "9",
    fix: "write min: 3 or a larger max",
  },
  {
    name: "a disk that holds no image, a number in quotes and half a node",
    change: system('{ diskGiB: 8, min: "3", max: 4.5 }'),
    paths: ["nodes.pools.system.diskGiB", "nodes.pools.system.min", "nodes.pools.system.max"],
    got: "8",
    fix: "write diskGiB: 50",
  },
  {
    name: "only pools that the cluster's own pods may not use",
    change: withNodes("{ pools: { batch: { taints: ['dedicated=batch:NoSchedule'] } } }"),
    paths: ["nodes.pools"],
    got: "no pool without taints",
    fix: "add a pool that says nothing",
  },
  {
    name: "a production cluster on spot capacity alone",
    change: system("{ capacity: spot }"),
    paths: ["nodes.pools"],
    got: "only spot capacity",
    fix: "add a pool that says nothing",
  },
  {
    name: "labels and taints in Kubernetes' own name, and one twice",
    change: system(
      "{ labels: { node-role.kubernetes.io/master: '' }, taints: ['a=1:NoSchedule', 'a=2:NoSchedule', 'x.k8s.io/y:NoExecute'] }",
    ),
    paths: [
      "nodes.pools",
      "nodes.pools.system.labels.node-role.kubernetes.io/master",
      "nodes.pools.system.taints[1]",
      "nodes.pools.system.taints[2]",
    ],
    got: "no pool without taints",
    fix: "add a pool that says nothing",
  },
  {
    name: "a taint that has no effect",
    change: withNodes("{ pools: { system: {}, batch: { taints: ['dedicated=batch'] } } }"),
    paths: ["nodes.pools.batch.taints[0]"],
    got: "dedicated=batch",
    fix: "write - dedicated=batch:NoSchedule",
  },
  {
    name: "a pool whose name no label can carry",
    change: withNodes("{ pools: { system: {}, Batch_Jobs: {} } }"),
    paths: ["nodes.pools.Batch_Jobs"],
    got: 'a pool named "Batch_Jobs"',
    fix: "write a shorter or plainer name",
  },
  {
    name: "level 2 where the image does not carry it, and a release of another system",
    change: system("{ os: al2023, cis: 2, release: 1.66.0-1a2b3c4d }"),
    paths: ["nodes.pools.system.cis", "nodes.pools.system.release"],
    got: "2",
    fix: "write cis: 1",
  },
  {
    name: "a release of another Kubernetes version",
    change: system("{ os: al2023, release: 1.35.4-20261112 }"),
    paths: ["nodes.pools.system.release"],
    got: "1.35.4-20261112",
    fix: "write release: 1.36.2-20261112",
  },
  {
    name: "the newest release, whatever it is",
    change: system("{ release: latest }"),
    paths: ["nodes.pools.system.release"],
    got: "latest",
    fix: "or leave it out",
  },
  ...images,
];
