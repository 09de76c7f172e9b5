import { deployment, type Scene } from "./scene";

/** Something careless, and what the provider says to it. */
export interface Careless {
  readonly does: string;
  readonly by: (scene: Scene) => Promise<unknown>;
  readonly says: string | RegExp;
}

const { spec } = deployment;
const [container] = spec.template.spec.containers;
const shop = (name: string) => ({ name, namespace: "shop" });
const pods = (pod: object) => ({
  ...deployment,
  spec: { ...spec, template: { ...spec.template, spec: { containers: [container], ...pod } } },
});
const chart = { chart: "cert-manager", repositoryOpts: { repo: "https://charts.jetstack.io" }, namespace: "shop" };

/** Each row is an object or a release that a real cluster would not take. */
export const refusals: readonly Careless[] = [
  {
    does: "names a namespace that nobody made",
    by: (scene) => scene.make("core/v1:ConfigMap", { metadata: { name: "settings", namespace: "shoop" } }),
    says: 'namespaces "shoop" not found',
  },
  {
    does: "misspells a field",
    by: (scene) => scene.make("apps/v1:Deployment", pods({ hostNetworking: true })),
    says: "failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.template.spec.hostNetworking: field not declared in schema",
  },
  {
    does: "misspells a field inside a container",
    by: (scene) => scene.make("apps/v1:Deployment", pods({ containers: [{ ...container, securtyContext: {} }] })),
    says: '.spec.template.spec.containers[name="web"].securtyContext: field not declared in schema',
  },
  {
    does: "writes a number where text belongs",
    by: (scene) => scene.make("core/v1:ConfigMap", { metadata: shop("settings"), data: { port: 8080 } }),
    says: ".data.port: expected string, got 8080",
  },
  {
    does: "sets one variable twice",
    by: (scene) =>
      scene.make("apps/v1:Deployment", pods({ containers: [{ ...container, env: [{ name: "A" }, { name: "A" }] }] })),
    says: 'duplicate entries for key [name="A"]',
  },
  {
    does: "forgets what is required",
    by: (scene) => scene.make("apps/v1:Deployment", { ...deployment, spec: { template: spec.template } }),
    says: 'Deployment.apps "web" is invalid: spec.selector: Required value',
  },
  {
    does: "selects other pods than its own",
    by: (scene) =>
      scene.make("apps/v1:Deployment", {
        ...deployment,
        spec: { ...spec, selector: { matchLabels: { app: "shop" } } },
      }),
    says: "`selector` does not match template `labels`",
  },
  {
    does: "gives a name in capitals",
    by: (scene) => scene.make("core/v1:ConfigMap", { metadata: shop("Settings") }),
    says: "a lowercase RFC 1123 subdomain must consist of",
  },
  {
    does: "begins a Service's name with a digit",
    by: (scene) => scene.make("core/v1:Service", { metadata: shop("1web"), spec: { ports: [{ port: 80 }] } }),
    says: "a DNS-1035 label must consist of",
  },
  {
    does: "puts a space into a label",
    by: (scene) => scene.make("core/v1:ConfigMap", { metadata: { ...shop("settings"), labels: { team: "the shop" } } }),
    says: "a valid label must be an empty string or consist of",
  },
  {
    does: "makes what is there already",
    by: async (scene) => {
      await scene.make("core/v1:ConfigMap", { metadata: shop("settings") }, "one");
      await scene.make("core/v1:ConfigMap", { metadata: shop("settings") }, "other");
    },
    says: 'configmaps "settings" already exists',
  },
  {
    does: "makes a namespace that every cluster has",
    by: (scene) => scene.make("core/v1:Namespace", { metadata: { name: "kube-system" } }),
    says: 'namespaces "kube-system" already exists',
  },
  {
    does: "uses a kind before its definition is there",
    by: (scene) => scene.make("networking.istio.io/v1:VirtualService", { metadata: shop("web") }),
    says: 'no matches for kind "VirtualService" in version "networking.istio.io/v1"',
  },
  {
    does: "uses an API version that is no longer served",
    by: (scene) => scene.make("policy/v1beta1:PodDisruptionBudget", { metadata: shop("web") }),
    says: 'no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"',
  },
  {
    does: "offers a Service without a port",
    by: (scene) => scene.make("core/v1:Service", { metadata: shop("web"), spec: { selector: { app: "web" } } }),
    says: 'Service "web" is invalid: spec.ports: Required value',
  },
  {
    does: "says both halves of a disruption budget",
    by: (scene) =>
      scene.make("policy/v1:PodDisruptionBudget", {
        metadata: shop("web"),
        spec: { minAvailable: 1, maxUnavailable: 1 },
      }),
    says: "minAvailable and maxUnavailable cannot be both set",
  },
  {
    does: "runs pods under an account that is not there",
    by: (scene) => scene.make("apps/v1:Deployment", pods({ serviceAccountName: "web" })),
    says: /timed out waiting to be Ready: .*serviceaccount "web" not found/,
  },
  {
    does: "gives pods a priority that is not there",
    by: (scene) => scene.make("apps/v1:Deployment", pods({ priorityClassName: "tenant-high" })),
    says: "no PriorityClass with name tenant-high was found",
  },
  {
    does: "mounts a Secret that nobody writes",
    by: (scene) =>
      scene.make("apps/v1:Deployment", pods({ volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] })),
    says: 'secret "web-tls" not found',
  },
  {
    does: "installs a release under a name in use",
    by: async (scene) => {
      await scene.make("helm.sh/v3:Release", { ...chart, name: "cert-manager" }, "one");
      await scene.make("helm.sh/v3:Release", { ...chart, name: "cert-manager" }, "other");
    },
    says: "cannot re-use a name that is still in use",
  },
  {
    does: "installs a release into a namespace that nobody made",
    by: (scene) => scene.make("helm.sh/v3:Release", { ...chart, name: "cert-manager", namespace: "cert-manager" }),
    says: 'create: failed to create: namespaces "cert-manager" not found',
  },
  {
    does: "installs a chart of no repository",
    by: (scene) => scene.make("helm.sh/v3:Release", { chart: "cert-manager", namespace: "shop" }),
    says: "non-absolute URLs should be in form of repo_name/path_to_chart, got: cert-manager",
  },
  {
    does: "names a release with a capital",
    by: (scene) => scene.make("helm.sh/v3:Release", { ...chart, name: "Cert" }),
    says: "invalid release name, must match regex",
  },
  {
    does: "installs external-secrets with a certificate before cert-manager",
    by: (scene) =>
      scene.make("helm.sh/v3:Release", {
        ...chart,
        chart: "external-secrets",
        name: "external-secrets",
        values: { webhook: { certManager: { enabled: true } } },
      }),
    says: 'no matches for kind "Certificate" in version "cert-manager.io/v1"',
  },
  {
    does: "makes a list instead of what is in it",
    by: (scene) => scene.make("core/v1:ConfigMapList", { items: [] }),
    says: "list resources exist for compatibility",
  },
  {
    does: "changes a priority",
    by: async (scene) => {
      const high = await scene.make("scheduling.k8s.io/v1:PriorityClass", { metadata: { name: "high" }, value: 10 });
      await high.update({ metadata: { name: "high" }, value: 20 });
    },
    says: "value: Invalid value: 20: field is immutable",
  },
  {
    does: "talks to a cluster without a kubeconfig",
    by: (scene) => scene.account.kubernetes({}).create(settings),
    says: "configured Kubernetes cluster is unreachable: unable to load Kubernetes client configuration",
  },
  {
    does: "talks to a cluster that is not in the account",
    by: (scene) => scene.account.kubernetes({ kubeconfig: kubeconfig("https://gone.example") }).create(settings),
    says: /configured Kubernetes cluster is unreachable: .* lookup gone\.example: no such host/,
  },
];

const settings = {
  urn: "urn:pulumi:test::bulwark::kubernetes:core/v1:ConfigMap::settings",
  type: "kubernetes:core/v1:ConfigMap",
  inputs: { metadata: { name: "settings" } },
};

/** A kubeconfig for one server. */
export function kubeconfig(server: string, authority = ""): string {
  return JSON.stringify({
    clusters: [{ name: "main", cluster: { server, "certificate-authority-data": authority } }],
    contexts: [{ name: "main", context: { cluster: "main", user: "me" } }],
    "current-context": "main",
  });
}
