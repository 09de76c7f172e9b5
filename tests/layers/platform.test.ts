import { mkdtempSync, rmSync, writeFileSync, mkdirSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SYSTEM_NAMESPACES } from "../../constructs/system/namespaces";
import { manifests, nameOf, resolved } from "../../stacks/platform/manifest";
import { RESERVED } from "../../stacks/blueprint/rules/platform";
import { type Run, run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import program from "../../stacks";
import { type Pod, refusals } from "../constructs/pod-security";
import { fingerprint, only } from "./found";
import { clusterOutputs, configured, EXAMPLE, platform } from "./platform";

// The two layers together are some four hundred resources.
jest.setTimeout(60_000);

let outputs: Readonly<Record<string, unknown>>;
let example: Run;
beforeAll(async () => {
  outputs = await clusterOutputs();
  example = await platform(outputs);
});

const isKubernetes = ({ type }: Registration) => type.startsWith("kubernetes:");
const isRelease = ({ type }: Registration) => type === "kubernetes:helm.sh/v3:Release";
const objects = () => example.registrations.filter((each) => isKubernetes(each) && !isRelease(each));

/** Everything that exists before a resource, near and far. */
function before(resource: Registration): ReadonlySet<string> {
  const byUrn = new Map(example.registrations.map((each) => [each.urn, each]));
  const seen = new Set<string>();
  const visit = (urns: readonly string[]): void => {
    for (const urn of urns.filter((each) => !seen.has(each))) {
      seen.add(urn);
      visit(byUrn.get(urn)?.dependencies ?? []);
    }
  };
  visit(resource.dependencies);
  return new Set([...seen].map((urn) => byUrn.get(urn)?.name ?? urn));
}

const found = (name: string) => only(example.registrations.filter(isKubernetes), typeOf(name), name);
const typeOf = (name: string) =>
  example.registrations.find((each) => isKubernetes(each) && each.name === name)?.type ?? `nothing called ${name}`;

describe("the platform layer of the example", () => {
  it("makes everything through one provider that is bound to one cluster and holds no credential", () => {
    const provider = only(example.registrations, "pulumi:providers:kubernetes");
    const kubeconfig = JSON.parse(String(provider.inputs["kubeconfig"])) as {
      users: { user: { exec?: { command: string; args: string[] } } }[];
    };

    expect(
      example.registrations.filter(isKubernetes).every((each) => each.provider.startsWith(`${provider.urn}::`)),
    ).toBe(true);
    expect(provider.inputs["clusterIdentifier"]).toBe(outputs["arn"]);
    expect(provider.inputs["skipUpdateUnreachable"]).toBeUndefined();
    expect(kubeconfig.users[0]?.user.exec).toMatchObject({ command: "aws" });
    expect(kubeconfig.users[0]?.user.exec?.args).toEqual(expect.arrayContaining(["get-token", "production"]));
    expect(JSON.stringify(kubeconfig)).not.toMatch(/token"?:|client-key|password/);
  });

  it("registers the same twice, byte for byte", async () => {
    expect(fingerprint((await platform(outputs)).registrations)).toBe(fingerprint(example.registrations));
  });

  it("gives every object a type of its own, its own name and no text of an unknown value", () => {
    for (const { type, name, inputs } of objects()) {
      const { apiVersion, kind, metadata } = inputs as { apiVersion: string; kind: string; metadata: { name: string } };
      expect(type).toBe(`kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`);
      expect(name).toBe(nameOf({ kind, metadata }));
    }
    expect(JSON.stringify(objects().map(({ inputs }) => inputs))).not.toMatch(/Output<T>|\[object |undefined/);
    expect(objects().length).toBeGreaterThan(120);
  });

  it.each([
    ["cert-manager", "Namespace/cert-manager", "a namespace before what runs in it"],
    ["cert-manager", "NetworkPolicy/cert-manager/default-deny", "policies before pods"],
    ["ClusterIssuer/platform-ca", "cert-manager", "the definition before the issuer"],
    ["istiod", "Certificate/istio-system/cacerts", "the mesh's authority before who signs with it"],
    ["istiod", "istio-cni", "the plugin before who counts on it"],
    ["istio-cni", "istio-base", "definitions before the mesh"],
    ["PeerAuthentication/istio-system/default", "istiod", "the webhook before what it judges"],
    ["istio-ingressgateway", "AuthorizationPolicy/istio-ingress/public", "who may come before anybody can"],
    ["istio-egressgateway", "AuthorizationPolicy/istio-egress/allow-nothing", "nobody may leave before somebody can"],
    ["istio-ingressgateway", "TargetGroupBinding/istio-ingress/istio-ingressgateway", "the binding before its pods"],
    [
      "TargetGroupBinding/istio-ingress/istio-ingressgateway",
      "aws-load-balancer-controller",
      "the controller before its binding",
    ],
    ["aws-load-balancer-controller", "cert-manager", "who signs before whose webhook is signed"],
    ["external-secrets", "ClusterIssuer/platform-ca", "who signs before whose webhook is signed"],
    ["SecretStore/team-shop/tenant", "external-secrets", "the operator before its store"],
    ["karpenter", "karpenter-crd", "definitions before the controller"],
    ["NodePool/general", "karpenter", "the controller before its pools"],
    ["falco", "falcosidekick", "who listens before who speaks"],
    ["falco", "Certificate/falco/falco-client", "the certificate before who shows it"],
    ["NetworkPolicy/team-shop/default-deny", "Namespace/team-shop", "a tenant before what is in it"],
    [
      "RoleBinding/team-shop/bulwark-deployer",
      "ValidatingAdmissionPolicyBinding/bulwark-team-shop-network-policies",
      "the limit before the right",
    ],
  ])("makes %s after %s: %s", (later, earlier) => {
    expect(before(found(later))).toContain(earlier);
  });

  it("waits until certificates are ready, since others start with what they hold", () => {
    const certificates = objects().filter(({ type }) => type === "kubernetes:cert-manager.io/v1:Certificate");

    expect(certificates.length).toBeGreaterThan(3);
    for (const { inputs } of certificates)
      expect(inputs).toMatchObject({ metadata: { annotations: { "pulumi.com/waitFor": "condition=Ready" } } });
  });

  it("says that the system policies are complete, in words that name them", () => {
    expect(example.outputs["systemPolicies"]).toContain("kube-system");
  });

  it("keeps what a tenant's namespace holds until somebody writes a teardown", async () => {
    const kept = (run: Run) => run.registrations.filter(({ protect }) => protect).map(({ name }) => name);
    const teardown = { reason: "the cluster is replaced", by: "platform@example.com", until: "2027-01-31" };

    expect(kept(example).sort()).toEqual(["Namespace/team-pay", "Namespace/team-shop"]);
    expect(kept(await platform(outputs, { teardown }))).toEqual([]);
  });

  it("writes no pod that its namespace's Pod Security level refuses", () => {
    const levels = new Map<string, string>(SYSTEM_NAMESPACES.map(({ name, level }) => [name, level]));
    expect(objects().filter(({ inputs }) => podOf(inputs) !== undefined).length).toBeGreaterThan(0);
    for (const { name, inputs } of objects()) {
      const pod = podOf(inputs);
      if (pod === undefined) continue;
      const namespace = (inputs["metadata"] as { namespace: string }).namespace;
      const level = levels.get(namespace) ?? "restricted";
      expect([name, level === "privileged" ? [] : refusals(pod)]).toEqual([name, []]);
    }
  });

  it("pins Karpenter's image and bounds how long a node lives", () => {
    const { spec } = found("EC2NodeClass/general").inputs as { spec: Record<string, unknown> };
    const pool = found("NodePool/general").inputs["spec"] as { template: { spec: Record<string, unknown> } };

    expect(JSON.stringify(spec["amiSelectorTerms"])).toMatch(/bottlerocket@v\d+\.\d+\.\d+"/);
    expect(spec).toMatchObject({ metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } });
    expect(spec).not.toHaveProperty("role");
    expect(pool.template.spec["expireAfter"]).toMatch(/^\d+h$/);
    expect(pool.template.spec["terminationGracePeriod"]).toMatch(/^\d+h$/);
  });

  it("opens no security group from the binding, which the cluster layer has done", () => {
    const { spec } = found("TargetGroupBinding/istio-ingress/istio-ingressgateway").inputs as { spec: object };

    expect(spec).not.toHaveProperty("networking");
    expect(spec).toMatchObject({
      targetType: "ip",
      targetGroupARN: (outputs["edge"] as { targetGroupArn: string }).targetGroupArn,
    });
  });
});

function podOf(inputs: Readonly<Record<string, unknown>>): Pod | undefined {
  const { kind, spec } = inputs as {
    kind: string;
    spec?: { template?: Pod; jobTemplate?: { spec: { template: Pod } } };
  };
  if (kind === "CronJob") return spec?.jobTemplate?.spec.template;
  return ["Deployment", "DaemonSet", "StatefulSet", "Job"].includes(kind) ? spec?.template : undefined;
}

describe("a platform that does not fit its cluster", () => {
  const nothingMade = async (attempt: Promise<Run>, ...words: string[]) => {
    const message = await attempt.then(
      () => "accepted",
      (error: unknown) => String(error),
    );
    for (const each of words) expect(message).toContain(each);
  };

  it("is told which command comes first when the cluster is not there", async () => {
    await nothingMade(
      run(program, { stack: "production-platform", config: configured("production-platform") }),
      "production cannot be read",
      "npm run up -- production",
    );
  });

  it("is told which outputs an older cluster lacks", async () => {
    const older = Object.fromEntries(Object.entries(outputs).filter(([key]) => !["environment", "pods"].includes(key)));

    await nothingMade(platform(older), "environment: ", "pods: ", "npm run up -- production");
  });

  it("is refused in another environment, account and region, all at once", async () => {
    const other = { ...outputs, environment: "staging", account: "444455556666", region: "eu-west-1" };

    await nothingMade(
      platform(other),
      'environment: got "production"',
      'account: got "111122223333"',
      'region: got "eu-central-1"',
      "write region: eu-west-1",
    );
  });

  it("is refused under another name than the runner may write", async () => {
    await nothingMade(platform(outputs, {}, "platform"), "the platform of production is the stack production-platform");
  });

  it("is refused when it names groups, hosts and names that the cluster does not know", async () => {
    const said = JSON.parse(configured("production-platform")["bulwark:blueprint"] ?? "{}") as { tenants: object };
    const tenants = {
      "team-new": {
        owner: "team-new@example.com",
        hosts: ["new.example.com"],
        reaches: ["api.stripe.com"],
        personas: { developer: ["oidc:strangers"] },
      },
    };

    await nothingMade(
      platform(outputs, { tenants: { ...said.tenants, ...tenants } }),
      'tenants.team-new.personas.developer: got "oidc:strangers"',
      'tenants.team-new.hosts: got "new.example.com"',
      'tenants.team-new.reaches: got "api.stripe.com"',
    );
  });
});

describe("requirements", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-requirements-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const wrote = async (tenant: string, file: string, content: unknown): Promise<string> => {
    const place = join(folder, `${tenant}-${file}`);
    cpSync(EXAMPLE, place, { recursive: true });
    mkdirSync(join(place, "requirements", tenant), { recursive: true });
    writeFileSync(
      join(place, "requirements", tenant, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
    return platform(outputs, {}, "production-platform", place).then(
      () => "accepted",
      (error: unknown) => String(error),
    );
  };
  const needs = (more: object) => ({
    workload: "web",
    serviceAccount: "web",
    reaches: [],
    buckets: [],
    secrets: [],
    hosts: [],
    calls: [],
    accepts: [],
    ...more,
  });
  const asked = (more: object, tenant = "team-pay", application = "new") => ({
    application,
    tenant,
    owner: "team-pay@example.com",
    workloads: [needs(more)],
  });

  it("that were approved open the gateways for the workload that asked", () => {
    expect(JSON.stringify(found("AuthorizationPolicy/istio-egress/api-example-com-d0c43d38").inputs)).toContain(
      "cluster.local/ns/team-shop/sa/storefront",
    );
    expect(JSON.stringify(found("AuthorizationPolicy/istio-ingress/public").inputs)).toContain("shop.example.com");
  });

  it.each([
    [
      "of a host that nobody approved",
      "team-pay",
      "new.json",
      asked({ reaches: ["api.example.com"] }),
      "add it to tenants.team-pay.reaches",
    ],
    [
      "of another tenant's public name",
      "team-pay",
      "new.json",
      asked({ hosts: ["shop.example.com"] }),
      "add it to tenants.team-pay.hosts",
    ],
    [
      "of a tenant that does not exist",
      "team-x",
      "new.json",
      asked({}, "team-x"),
      "add tenants.team-x to the configuration",
    ],
    [
      "that speak for another tenant than their folder",
      "team-pay",
      "new.json",
      asked({}, "team-shop"),
      "move the file to requirements/team-shop/",
    ],
    ["under another application's name", "team-pay", "old.json", asked({}), "rename the file to new.json"],
    [
      "of a wildcard",
      "team-shop",
      "new.json",
      asked({ reaches: ["*.example.com"] }, "team-shop"),
      "workloads.0.reaches.0",
    ],
    ["with a key that nobody reads", "team-pay", "new.json", asked({ roles: ["admin"] }), "workloads.0"],
    ["that are no JSON", "team-pay", "new.json", "tenant: team-pay", "requirements/team-pay/new.json: is no JSON"],
    [
      "of a name that another workload has",
      "team-shop",
      "new.json",
      asked({ hosts: ["shop.example.com"] }, "team-shop"),
      "team-shop/new/web and team-shop/shop/storefront",
    ],
  ])("%s are refused", async (_, tenant, file, content, words) => {
    const message = await wrote(tenant, file, content);

    expect(message).toContain("nothing was created");
    expect(message).toContain(words);
  });
});

describe("strict network policies", () => {
  const strict = () => {
    const config = JSON.parse(configured("production")["bulwark:blueprint"] ?? "{}") as Record<string, unknown>;
    return { "bulwark:blueprint": JSON.stringify({ ...config, addons: { networkPolicy: "strict" } }) };
  };

  it("are refused until the platform has said that the system policies stand", async () => {
    for (const stacks of [{}, { "production-platform": {} }])
      await expect(run(program, { stack: "production", config: strict(), stacks })).rejects.toThrow(
        "npm run up -- production-platform",
      );
  });

  it("are accepted once it has", async () => {
    const { registrations } = await run(program, {
      stack: "production",
      config: strict(),
      stacks: { "production-platform": example.outputs },
    });

    expect(JSON.stringify(only(registrations, "aws:eks/addon:Addon", "main-vpc-cni").inputs)).toContain("strict");
  });
});

describe("names", () => {
  it("of the cluster's own namespaces are no tenant's", () => {
    expect([...RESERVED].sort()).toEqual(SYSTEM_NAMESPACES.map(({ name }) => name).sort());
  });

  it("are refused in an object that holds the text of an unknown value", () => {
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "it" },
      data: { vpc: "Calling [toString] on an [Output<T>] is not supported." },
    };

    expect(() => resolved(object)).toThrow("ConfigMap/it: data.vpc");
    expect(manifests()).toEqual([]);
  });
});
