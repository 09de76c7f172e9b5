import chartFacts from "../../facts/charts.json";
import imageFacts from "../../facts/images.json";
import { ISTIOD_VALUES, MESH_CONFIG } from "../../constructs/mesh/config";
import { EGRESS_GATEWAY_VALUES, INGRESS_GATEWAY_VALUES } from "../../constructs/mesh/gateway-values";
import { ISSUER } from "../../constructs/platform";
import { SYSTEM_NAMESPACES } from "../../constructs/system/namespaces";
import { charts } from "../../stacks/platform/charts";
import { type ChartObject, type ChartRelease, releaseInputs } from "../../stacks/platform/charts/chart";
import { imageSource } from "../../stacks/platform/images";
import { CONTEXT } from "./context";

const RELEASES = charts(CONTEXT);
const NAMES = RELEASES.map(({ name }) => name);

function release(name: string, releases = RELEASES): ChartRelease {
  const found = releases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no release is called ${name}`);
  return found;
}

/** One value of a release, by its path. */
function value(name: string, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], release(name).values);
}

/** The images that a release asks for. */
function asked(name: string): string[] {
  const seen = new Map<string, Set<string>>();
  for (const image of Object.keys(imageFacts.images)) {
    const marked = { ...CONTEXT.image(image), digest: `MARK:${image}`, reference: `MARK:${image}` };
    const context = { ...CONTEXT, image: (each: string) => (each === image ? marked : CONTEXT.image(each)) };
    for (const each of charts(context))
      if (JSON.stringify(each.values).includes(`MARK:${image}`))
        seen.set(each.name, (seen.get(each.name) ?? new Set()).add(image));
  }
  return [...(seen.get(name) ?? [])];
}

const certificates = RELEASES.flatMap(({ objects }) => objects).filter(({ kind }) => kind === "Certificate");
const spec = ({ spec: said }: ChartObject) =>
  said as { secretName: string; dnsNames: string[]; usages: string[]; issuerRef: object };

describe("the values of each chart", () => {
  // If the difference is meant: npx jest -u, and read it.
  it.each(NAMES)("are those that were reviewed: %s", (name) => {
    const { values, objects, after, needs, podSecurity, skipCrds } = release(name);

    expect({ after, needs, objects, podSecurity, skipCrds, values }).toMatchSnapshot();
  });

  it("are the same twice", () => {
    expect(charts(CONTEXT)).toEqual(RELEASES);
  });
});

describe("the order of installation", () => {
  it("puts every release after those it waits for", () => {
    for (const [index, { after }] of RELEASES.entries())
      expect(after.filter((each) => !NAMES.slice(0, index).includes(each))).toEqual([]);
  });

  it("begins with certificates, brings the mesh before its gateways, and ends with who watches the nodes", () => {
    expect(NAMES).toEqual([
      "cert-manager",
      "istio-base",
      "istio-cni",
      "istiod",
      "istio-egressgateway",
      "external-secrets",
      "aws-load-balancer-controller",
      "istio-ingressgateway",
      "karpenter-crd",
      "karpenter",
      "falcosidekick",
      "falco",
    ]);
  });

  it("installs neither a way in without an edge, nor Karpenter where nobody asked for it", () => {
    const { externalSecrets } = CONTEXT.controllers;
    const few = charts({ ...CONTEXT, karpenter: undefined, controllers: { externalSecrets } });

    expect(NAMES.filter((name) => !few.some((each) => each.name === name))).toEqual([
      "aws-load-balancer-controller",
      "istio-ingressgateway",
      "karpenter-crd",
      "karpenter",
    ]);
  });
});

describe("values that must agree", () => {
  it("gives the mesh's control plane what the constructs rely on", () => {
    expect(release("istiod").values).toMatchObject({ ...ISTIOD_VALUES, meshConfig: MESH_CONFIG });
  });

  it("gives each gateway what its objects rely on", () => {
    expect(release("istio-ingressgateway").values).toMatchObject(INGRESS_GATEWAY_VALUES);
    expect(release("istio-egressgateway").values).toMatchObject(EGRESS_GATEWAY_VALUES);
  });

  it("names one revision, the default, in all charts of the mesh, and one version", () => {
    const mesh = RELEASES.filter(({ repository }) => repository.includes("istio"));

    expect(mesh.map(({ values }) => "revision" in values)).toEqual(mesh.map(() => false));
    expect(value("istio-base", "defaultRevision")).toBe("default");
    expect(new Set(mesh.map(({ version }) => version)).size).toBe(1);
    expect(release("karpenter").version).toBe(release("karpenter-crd").version);
  });

  it("leaves istiod's namespace and the plugin's own to themselves", () => {
    expect(value("istio-cni", "excludeNamespaces")).toEqual(
      expect.arrayContaining([release("istiod").namespace, release("istio-cni").namespace]),
    );
  });

  it("lets Falco speak to the name that falcosidekick's certificate has, with a certificate that it has", () => {
    const url = new URL(String(value("falco", "falco.http_output.url")));
    const server = certificates.find(({ metadata }) => metadata.namespace === "falcosidekick");
    const client = certificates.find(({ metadata }) => metadata.namespace === "falco");

    expect(url.port).toBe("2801");
    expect(server && spec(server)).toMatchObject({
      dnsNames: [url.hostname],
      usages: ["digital signature", "server auth"],
    });
    expect(value("falcosidekick", "config.tlsserver.existingSecret")).toBe(server && spec(server).secretName);
    expect(client && spec(client).usages).toEqual(["digital signature", "client auth"]);
    expect(value("falco", "certs.existingSecret")).toBe(client && spec(client).secretName);
    expect(value("falco", "certs.existingClientSecret")).toBe(client && spec(client).secretName);
    expect(release("falco").after).toContain("falcosidekick");
  });

  it("has everything signed by the platform's one issuer", () => {
    const signed = [
      ...certificates.map((each) => spec(each).issuerRef),
      value("external-secrets", "webhook.certManager.cert.issuerRef"),
    ];

    expect(signed).toEqual(signed.map(() => ({ group: "cert-manager.io", ...ISSUER })));
    const users = RELEASES.filter(({ needs }) => needs.includes(`${ISSUER.kind} ${ISSUER.name}`));
    expect(users.map(({ name }) => name)).toEqual(["external-secrets", "falcosidekick", "falco"]);
  });

  it("runs controllers as the accounts to which the cluster layer handed their roles", () => {
    const accounts = Object.values(CONTEXT.controllers) as { namespace: string; serviceAccount: string }[];
    for (const { namespace, serviceAccount } of accounts) {
      expect(release(serviceAccount).namespace).toBe(namespace);
      expect(value(serviceAccount, "serviceAccount.name")).toBe(serviceAccount);
    }
    expect(value("karpenter", "serviceAccount.name")).toBe("karpenter");
  });

  it("makes the map that Falco's pods mount and the chart no longer makes", () => {
    const map = release("falco").objects.find(({ kind }) => kind === "ConfigMap");

    expect(map).toMatchObject({ metadata: { name: "falco-falcoctl", namespace: "falco" } });
    expect(Object.keys(map?.data ?? {})).toEqual(["falcoctl.yaml"]);
  });

  it("installs each release into a namespace of the platform whose level admits its pods, and no stricter one", () => {
    const levels = Object.fromEntries(SYSTEM_NAMESPACES.map(({ name, level }) => [name, level]));

    expect(RELEASES.map(({ name, namespace }) => [name, levels[namespace]])).toEqual(
      RELEASES.map(({ name, podSecurity }) => [name, podSecurity]),
    );
  });

  it("keeps objects of a release in its own namespace", () => {
    for (const { namespace, objects } of RELEASES)
      expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(objects.map(() => namespace));
  });
});

describe("versions and images", () => {
  it("uses every chart of the table, in its version and from its repository", () => {
    expect(new Set(RELEASES.map(({ chart }) => chart))).toEqual(new Set(Object.keys(chartFacts.charts)));
    for (const { chart, version, repository } of RELEASES)
      expect(chartFacts.charts[chart]).toMatchObject({ version, repository });
  });

  it("asks for every image of the table in the charts that the table says, and for no other", () => {
    for (const { name, chart } of RELEASES) {
      const said = Object.entries(imageFacts.images).filter(([, { usedBy }]) => usedBy.includes(chart));
      expect([name, asked(name).sort()]).toEqual([name, said.map(([image]) => image).sort()]);
    }
  });

  it("refuses an image without a digest, and one that nothing runs", () => {
    const image = imageSource({ registry: "registry.example.com", digests: {} });

    expect(() => image("pilot")).toThrow('image "pilot" has no digest');
    expect(() => image("pilott")).toThrow('no chart runs an image "pilott"');
  });

  it("names a chart in a registry by its whole address, and one in a repository by name and repository", () => {
    expect(releaseInputs(release("karpenter"))).toMatchObject({
      chart: "oci://public.ecr.aws/karpenter/karpenter",
      version: "1.14.1",
      skipCrds: true,
      createNamespace: false,
    });
    expect(releaseInputs(release("karpenter"))).not.toHaveProperty("repositoryOpts");
    expect(releaseInputs(release("falco"))).toMatchObject({
      chart: "falco",
      repositoryOpts: { repo: "https://falcosecurity.github.io/charts" },
    });
  });
});
