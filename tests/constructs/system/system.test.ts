import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import {
  App,
  Audit,
  CONTROL_PLANE_PORTS,
  SYSTEM_NAMESPACES,
  systemPoliciesComplete,
  type SystemArgs,
  Tenant,
} from "../../../constructs";
import { flows } from "../../../stacks/network/flows";
import { type Manifest, ofKind, pods } from "../manifest";
import { present, refusals, type Resource } from "../mesh/definitions";
import { chooses, type Selector } from "../reachability/selector";
import { ARGS, IMAGE, platform, system } from "./program";

interface Policy {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
}

const everything = platform();
const ours = system();
const BOTH = ["Ingress", "Egress"];
const policiesIn = (namespace: string) =>
  ofKind(everything, "NetworkPolicy")
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata, spec }) => ({ name: metadata.name, spec: spec as unknown as Policy }));
const isDefaultDeny = ({ spec }: { readonly spec: Policy }) =>
  JSON.stringify(spec) === JSON.stringify({ podSelector: {}, policyTypes: BOTH });

describe("the system namespaces", () => {
  it.each(SYSTEM_NAMESPACES.map(({ name }) => name))("deny what is not allowed, both ways, once: %s", (namespace) => {
    const policies = policiesIn(namespace);
    expect(policies.filter(isDefaultDeny).map(({ name }) => name)).toEqual(["default-deny"]);
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  });

  it("are made with a level at a pinned version and the reason for it, and none is weaker than it must be", () => {
    const made = ofKind(ours, "Namespace");
    const levels = Object.fromEntries(
      made.map(({ metadata: { name, labels } }) => [name, labels?.["pod-security.kubernetes.io/enforce"]]),
    );
    expect(levels).toEqual({
      "istio-system": "restricted",
      "istio-cni": "privileged",
      "istio-ingress": "restricted",
      "istio-egress": "restricted",
      "cert-manager": "restricted",
      "external-secrets": "restricted",
      "aws-load-balancer-controller": "restricted",
      karpenter: "restricted",
      falco: "privileged",
      falcosidekick: "restricted",
      audit: "privileged",
    });
    for (const { metadata } of made) {
      for (const mode of ["enforce", "audit", "warn"])
        expect(metadata.labels?.[`pod-security.kubernetes.io/${mode}-version`]).toBe("v1.36");
      expect(metadata.labels?.["pod-security.kubernetes.io/warn"]).toBe("restricted");
      expect(metadata.annotations?.["bulwark/pod-security-reason"]).toMatch(/\w+ \w+/);
    }
  });

  it("stand outside the mesh, but for the gateways", () => {
    const meshed = ofKind(ours, "Namespace").filter(
      ({ metadata }) => metadata.labels?.["istio-injection"] !== "disabled",
    );
    expect(meshed.map(({ metadata }) => metadata.name)).toEqual(["istio-ingress", "istio-egress"]);
    // Outside of it nothing asks for mutual TLS: the API server, which calls webhooks, could not give it.
    const strict = ofKind(everything, "PeerAuthentication").map(({ metadata }) => metadata.namespace);
    expect(strict.sort()).toEqual(["istio-system", "team-shop"]);
  });

  it("hold no pod where nothing is ever to run", () => {
    expect(ofKind(ours, "ResourceQuota").map(({ metadata, spec }) => [metadata.namespace, spec])).toEqual(
      ["kube-node-lease", "kube-public"].map((name) => [name, { hard: { pods: "0" } }]),
    );
  });

  it("cannot be a tenant's", () => {
    for (const { name } of SYSTEM_NAMESPACES)
      expect(() => new Tenant(new App(), name, { owner: "a@example.com", podSecurityVersion: "v1.36" })).toThrow(
        /must not be a namespace of the cluster itself/,
      );
  });
});

describe("the policies of the platform", () => {
  it("name both directions, since strict mode leaves the other one open", () => {
    for (const { metadata, spec } of ofKind(ours, "NetworkPolicy"))
      expect([metadata.name, spec?.["policyTypes"]]).toEqual([metadata.name, BOTH]);
  });

  it("open no block that is the whole internet", () => {
    expect(JSON.stringify(ofKind(ours, "NetworkPolicy"))).not.toMatch(/0\.0\.0\.0\/0|"::\/0"/);
  });

  it.each(CONTROL_PLANE_PORTS.map(({ workload, port }) => [workload, port] as const))(
    "let the control plane in to %s on %d, and so do the security groups by that name",
    (workload, port) => {
      const policy = ofKind(ours, "NetworkPolicy").find(({ metadata }) => metadata.name === `allow-${workload}`);
      const from = ARGS.network.controlPlane.map((cidr) => ({ ipBlock: { cidr } }));
      expect(policy?.spec?.["ingress"]).toContainEqual({ from, ports: [{ protocol: "TCP", port }] });
      const opened = flows(false).filter((flow) => flow.from === "cluster" && flow.to === "nodes");
      const name = workload.replace(/-webhook$/, "");
      expect(opened.find((flow) => flow.port === port)?.why).toContain(name);
    },
  );

  it("know every webhook and API that the control plane calls", () => {
    expect(CONTROL_PLANE_PORTS.map(({ workload, port }) => `${workload}:${port}`)).toEqual([
      "istiod:15017",
      "aws-load-balancer-controller:9443",
      "cert-manager-webhook:10250",
      "external-secrets-webhook:10250",
      "metrics-server:10251",
    ]);
  });

  it("say what they cover, namespace by namespace and workload by workload, for whoever switches to strict", () => {
    const said = systemPoliciesComplete(everything);
    for (const { metadata } of ofKind(ours, "NetworkPolicy"))
      expect(said).toContain(metadata.name.replace(/^(allow-|default-deny$)/, ""));
    for (const { name } of SYSTEM_NAMESPACES) expect(said).toContain(name);
    expect(said).toBe(systemPoliciesComplete([...everything].reverse()));
  });

  it("let nobody switch while a namespace or a workload would be cut off", () => {
    expect(() => systemPoliciesComplete(ours)).toThrow(
      /must not become strict: no default deny in istio-egress, istio-ingress, no allowances for nothing; emit System, Mesh/,
    );
    const but = (name: string, change: object) =>
      everything.map((each) =>
        each.metadata.namespace === "karpenter" && each.metadata.name === name
          ? { ...each, spec: { ...each.spec, ...change } }
          : each,
      );
    for (const change of [{ policyTypes: ["Ingress"] }, { podSelector: { matchLabels: { app: "karpenter" } } }]) {
      expect(() => systemPoliciesComplete(but("default-deny", change))).toThrow(/no default deny in karpenter, no/);
      expect(() => systemPoliciesComplete(but("allow-karpenter", change))).toThrow(/no allowances for karpenter;/);
    }
  });
});

const CORPUS = join(__dirname, "../../../../shared/corpora/system-workloads");
(existsSync(CORPUS) ? it : it.skip)("choose every pod that AWS publishes for the nodes, for both directions", () => {
  const published = readdirSync(CORPUS)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => parseAllDocuments(readFileSync(join(CORPUS, file), "utf8")))
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
  const own = pods(published).filter(({ pod }) => pod.spec.hostNetwork !== true);
  const uncovered = own.filter(({ namespace, pod }) => {
    const chosen = policiesIn(namespace).filter(({ spec }) => chooses(spec.podSelector, pod.metadata.labels));
    return !BOTH.every((type) => chosen.some(({ spec }) => spec.policyTypes.includes(type)));
  });
  expect(own.map(({ by }) => by.metadata.name)).toEqual(expect.arrayContaining(["coredns", "ebs-csi-controller"]));
  expect(uncovered.map(({ by }) => by.metadata.name)).toEqual([]);
});

describe("what the platform is made of besides", () => {
  it("encrypts volumes with the blueprint's key unless another class is named", () => {
    expect(ofKind(ours, "StorageClass")).toMatchObject([
      {
        metadata: { name: "encrypted", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true", kmsKeyId: ARGS.disksKey },
        volumeBindingMode: "WaitForFirstConsumer",
      },
    ]);
  });

  it("puts the platform before tenants when a node is full, and whoever says nothing among the tenants", () => {
    const classes = ofKind(ours, "PriorityClass") as unknown as {
      readonly value: number;
      readonly globalDefault: boolean;
    }[];
    const [platformCritical, tenants] = classes;
    expect(classes.map(({ globalDefault }) => globalDefault)).toEqual([false, true]);
    expect(platformCritical?.value).toBeGreaterThan(tenants?.value ?? Infinity);
    // Above a thousand million the API server admits Kubernetes' own classes only.
    expect(platformCritical?.value).toBeLessThan(1_000_000_000);
  });

  it("asks the benchmark of EKS by its name, on lists alone, and reads the node without changing it", () => {
    const [job] = pods(everything).filter(({ by }) => by.metadata.name === "kube-bench");
    const [container] = job?.pod.spec.containers ?? [];
    const args = (container as { readonly args?: readonly string[] } | undefined)?.args ?? [];
    expect(args).toContain("--benchmark=eks-1.8.0");
    expect(args.find((arg) => arg.startsWith("--skip="))).not.toContain("3.");
    expect(job?.pod.spec).toMatchObject({ hostPID: true, serviceAccountName: "kube-bench" });
    expect(container).toMatchObject({ securityContext: { privileged: false, readOnlyRootFilesystem: true } });
    const mounts = (container as unknown as { readonly volumeMounts: readonly { name: string; readOnly?: boolean }[] })
      .volumeMounts;
    expect(mounts.filter(({ readOnly }) => readOnly !== true).map(({ name }) => name)).toEqual(["tmp"]);
    const [role] = ofKind(everything, "ClusterRole") as unknown as {
      readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
    }[];
    expect(new Set(role?.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["list"]));
    expect(role?.rules.flatMap(({ resources }) => resources)).toEqual(
      expect.arrayContaining(["pods", "namespaces", "networkpolicies", "roles", "rolebindings", "serviceaccounts"]),
    );
    expect(role?.rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
  });

  (present ? it : it.skip)("is valid by the schemas of the projects that read it", () => {
    const groups = ["cert-manager.io/v1", "networking.k8s.aws/v1alpha1"];
    const custom = everything.filter(({ apiVersion }) => groups.includes(apiVersion)) as Resource[];
    expect([...new Set(custom.map(({ kind }) => kind))].sort()).toEqual([
      "Certificate",
      "ClusterIssuer",
      "ClusterNetworkPolicy",
      "Issuer",
    ]);
    expect(custom.flatMap(refusals)).toEqual([]);
  });

  it("signs in cert-manager's own namespace, under a root that keeps its key", () => {
    const root = ofKind(everything, "Certificate").find(({ metadata }) => metadata.name === "platform-ca");
    expect(root).toMatchObject({
      metadata: { namespace: "cert-manager" },
      spec: { isCA: true, secretName: "platform-ca", privateKey: { algorithm: "ECDSA", rotationPolicy: "Never" } },
    });
    const [issuer] = ofKind(everything, "ClusterIssuer");
    expect(issuer?.metadata).toEqual({ name: "platform-ca", labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    expect(issuer?.spec).toEqual({ ca: { secretName: "platform-ca" } });
  });
});

describe("what the platform is told wrongly", () => {
  const network = (more: object): Partial<SystemArgs> => ({ network: { ...ARGS.network, ...more } });

  it.each<[string, Partial<SystemArgs>, RegExp]>([
    [
      "the internet as control plane",
      network({ controlPlane: ["0.0.0.0/0"] }),
      /not the whole internet.*0\.0\.0\.0\/0/,
    ],
    ["an address as block", network({ endpoints: ["10.20.0.1"] }), /network\.endpoints must be a block.*10\.20\.0\.1/],
    ["no block", network({ nodes: ["subnet-1"] }), /network\.nodes must be a block.*subnet-1/],
    ["the other family", { family: "ipv6" }, /network\.controlPlane must hold a block of the pods' own family ipv6/],
    [
      "services from the middle",
      { ...network({ services: "fd00:ec2:1::8/108" }) },
      /family ipv4|written from its first/,
    ],
    ["the latest standard", { podSecurityVersion: "latest" as "v1.36" }, /podSecurityVersion must be.*"latest"/],
    ["an alias of AWS as key", { disksKey: "alias/aws/ebs" }, /disksKey must be the ARN of a KMS key.*keys\.disks/],
  ])("is refused with the fix: %s", (_, args, message) => {
    expect(() => system(args)).toThrow(message);
  });

  it("is refused for the audit too", () => {
    const audit = (image: string, schedule?: string) => () =>
      new Audit(new App(), "audit", { image, ...(schedule !== undefined && { schedule }) });
    expect(audit("docker.io/aquasec/kube-bench:latest")).toThrow(/pinned by digest/);
    expect(audit(IMAGE, "every night")).toThrow(/five fields of cron/);
  });

  it("finds the API server's address in either family", () => {
    const six = {
      ...ARGS.network,
      controlPlane: ["2600:1f14:1::/64"] as const,
      nodes: ["2600:1f14:2::/64"] as const,
      services: "fd12:3456:789a::/108",
    };
    expect(JSON.stringify(system({ family: "ipv6", network: six }))).toContain('"cidr":"fd12:3456:789a::1/128"');
    expect(JSON.stringify(ours)).toContain('"cidr":"172.20.0.1/32"');
    expect(() => system({ family: "ipv6", network: { ...six, services: "fd12:3456:789a::8/108" } })).toThrow(
      /network\.services must be written from its first address.*::8\/108/,
    );
  });
});
