import { type Control, inventoryControl } from "./control";
import { object, type KubernetesObject, objectsOf } from "./object";
import { type Container, type Pod, podsOf } from "./pods/pod";
import type { Inventory } from "./inventory";

/** The newest benchmark for EKS that kube-bench knows (kube-bench 0.15.6, `cfg/`). */
const BENCHMARK = "eks-1.8.0";
const IS_BENCH = /(?:^|\/)kube-bench(?:[:@]|$)/;

interface Binding extends KubernetesObject {
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

const audits = (inventory: Inventory) =>
  podsOf(inventory).flatMap((pod) =>
    pod.containers.filter(({ image = "" }) => IS_BENCH.test(image)).map((container) => ({ pod, container })),
  );

/** What an audit by kube-bench promises. */
export const audit: readonly Control[] = [
  inventoryControl({
    id: "audit-benchmark-current",
    title: "kube-bench judges by the newest benchmark for EKS",
    severity: "medium",
    why: "kube-bench's own job judges by EKS 1.5.0, and without a name it takes a benchmark that is not EKS's at all: both pass what has long been known to be wrong",
    fix: `give kube-bench the arguments --benchmark ${BENCHMARK}`,
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { pod, container } of audits(inventory)) {
        const said = benchmarkOf(container);
        if (said !== BENCHMARK) yield `${pod.of} judges by ${said ?? "whatever it finds"}`;
      }
    },
    good: [bench(["run", "--benchmark", BENCHMARK]), bench(["run", `--benchmark=${BENCHMARK}`])],
    bad: [bench(["run", "--benchmark", "eks-1.5.0"]), bench(["run"])],
  }),

  inventoryControl({
    id: "audit-rights",
    title: "kube-bench may read what it judges",
    severity: "medium",
    why: "without rights the checks of policies ask the API server, are refused, and say nothing about the cluster",
    fix: "give the pod an account of its own and bind it to a role that lists pods, namespaces, network policies, roles and service accounts",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { pod } of audits(inventory)) {
        const account = pod.spec.serviceAccountName ?? "default";
        if (account === "default") yield `${pod.of} runs under the account that everybody has`;
        else if (!isBound(pod, account, inventory)) yield `${pod.of}: nothing lets ${account} read the cluster`;
      }
    },
    good: [bench(["run", "--benchmark", BENCHMARK])],
    bad: [
      bench(["run", "--benchmark", BENCHMARK], {}),
      bench(["run", "--benchmark", BENCHMARK], { serviceAccountName: "nobody" }),
    ],
  }),
];

function benchmarkOf({ command = [], args = [] }: Container): string | undefined {
  const words = [...command, ...args].flatMap((word) => word.split(/[\s=]+/));
  const at = words.indexOf("--benchmark");
  return at === -1 ? undefined : words[at + 1];
}

function isBound({ namespace }: Pod, account: string, inventory: Inventory): boolean {
  return objectsOf<Binding>(inventory, ["rbac.authorization.k8s.io"], ["ClusterRoleBinding"]).some(
    ({ object: { subjects = [] } }) =>
      subjects.some(
        ({ kind, name, namespace: at }) => kind === "ServiceAccount" && name === account && at === namespace,
      ),
  );
}

function bench(args: readonly string[], spec: object = { serviceAccountName: "kube-bench" }) {
  const image = `registry.example.com/mirror/kube-bench@sha256:${"0".repeat(64)}`;
  const template = { spec: { ...spec, containers: [{ name: "kube-bench", image, args }] } };
  const subjects = [{ kind: "ServiceAccount", name: "kube-bench", namespace: "audit" }];
  return [
    object(
      "batch/v1",
      "CronJob",
      { metadata: { name: "kube-bench", namespace: "audit" }, spec: { jobTemplate: { spec: { template } } } },
      "kube-bench",
    ),
    object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", { subjects }, "kube-bench"),
  ];
}
