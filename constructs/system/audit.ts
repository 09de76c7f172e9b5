import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";
import { cron } from "../cron";
import { pinned } from "../image";
import { EXCEPTIONS } from "./exceptions";
import { SYSTEM_WORKLOADS } from "./workloads";

export interface AuditArgs {
  /** The image of kube-bench, by digest. */
  readonly image: string;
  /** When it runs: five fields of cron, in UTC. @default three o'clock every night */
  readonly schedule?: string;
}

const { namespace, labels } = SYSTEM_WORKLOADS["kube-bench"];
const NAME = "kube-bench";

/** Said in words: what kube-bench finds out by itself is an older benchmark, or Kubernetes' own (kube-bench, cfg/config.yaml). */
const BENCHMARK = "eks-1.8.0";

/** Where a node keeps what the benchmark asks about; read, never written. */
const FOLDERS = ["/var/lib/kubelet", "/etc/systemd", "/etc/kubernetes"];

/**
 * The CIS benchmark of EKS, once a night: its findings are in the job's log, and a run that finds something fails. It sees the files and processes of the
 * node that it happens to run on, and of the cluster's objects the lists that the checks ask for, never a Secret.
 */
export class Audit extends Chart {
  constructor(scope: Construct, id: string, { image, schedule = "0 3 * * *" }: AuditArgs) {
    super(scope, id, { namespace, labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    this.identity();
    this.rights();
    this.job(pinned(image), cron(schedule));
  }

  private identity(): void {
    new k8s.KubeServiceAccount(this, "service-account", {
      metadata: { name: NAME },
      automountServiceAccountToken: false,
    });
  }

  /** What the policy checks list with kubectl (cfg/eks-1.8.0/policies.yaml); without it they run and find nothing. */
  private rights(): void {
    const list = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: ["list"] });
    clusterScoped(
      new k8s.KubeClusterRole(this, "role", {
        metadata: { name: `bulwark-${NAME}` },
        rules: [
          list("", "namespaces", "nodes", "pods", "replicationcontrollers", "serviceaccounts", "services"),
          list("apps", "daemonsets", "deployments", "replicasets", "statefulsets"),
          list("autoscaling", "horizontalpodautoscalers"),
          list("batch", "cronjobs", "jobs"),
          list("networking.k8s.io", "networkpolicies"),
          list("rbac.authorization.k8s.io", "clusterrolebindings", "clusterroles", "rolebindings", "roles"),
        ],
      }),
    );
    clusterScoped(
      new k8s.KubeClusterRoleBinding(this, "binding", {
        metadata: { name: `bulwark-${NAME}` },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: `bulwark-${NAME}` },
        subjects: [{ kind: "ServiceAccount", namespace, name: NAME }],
      }),
    );
  }

  private job(image: string, schedule: string): void {
    new k8s.KubeCronJob(this, "cron-job", {
      metadata: { name: NAME },
      spec: {
        schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: { backoffLimit: 0, activeDeadlineSeconds: 900, ttlSecondsAfterFinished: 604_800, template: pod(image) },
        },
      },
    });
  }
}

function pod(image: string): k8s.PodTemplateSpec {
  return {
    metadata: { labels: { ...labels } },
    spec: {
      serviceAccountName: NAME,
      // The policy checks ask the API.
      automountServiceAccountToken: true,
      enableServiceLinks: false,
      restartPolicy: "Never",
      // The node checks read the kubelet's command line.
      hostPid: true,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: NAME,
          image,
          command: ["kube-bench"],
          args: [
            "run",
            "--targets=node,policies,managedservices,controlplane",
            `--benchmark=${BENCHMARK}`,
            `--skip=${EXCEPTIONS.map(({ check }) => check).join(",")}`,
            "--json",
            "--exit-code=1",
          ],
          // kubectl keeps a cache in the home folder.
          env: [{ name: "HOME", value: "/tmp" }],
          resources: {
            requests: { cpu: k8s.Quantity.fromString("100m"), memory: k8s.Quantity.fromString("256Mi") },
            limits: { cpu: k8s.Quantity.fromString("1"), memory: k8s.Quantity.fromString("256Mi") },
          },
          // Root, because the files belong to root; nothing else of what root may do.
          securityContext: {
            runAsUser: 0,
            privileged: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
          volumeMounts: [
            { name: "tmp", mountPath: "/tmp" },
            ...FOLDERS.map((path) => ({ name: volume(path), mountPath: path, readOnly: true })),
          ],
        },
      ],
      volumes: [
        { name: "tmp", emptyDir: { sizeLimit: k8s.Quantity.fromString("64Mi") } },
        ...FOLDERS.map((path) => ({ name: volume(path), hostPath: { path } })),
      ],
    },
  };
}

function volume(path: string): string {
  return path.slice(1).replaceAll("/", "-");
}
