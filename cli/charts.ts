import facts from "../facts/charts.json";
import images from "../facts/images.json";
import { charts } from "../stacks/platform/charts";
import type { ChartRelease } from "../stacks/platform/charts/chart";
import { IMAGE_NAMES, imageSource } from "../stacks/platform/images";

const INTRO = `# The platform's charts

<!-- Generated from facts/charts.json, facts/images.json and stacks/platform/charts/ by \`npm run generate\`; edit those, not this page. -->

Each chart is one file of [\`stacks/platform/charts/\`](../stacks/platform/charts), a pure function whose values are typed by the chart's own keys. What
the values are, with every default that they turn round, is reviewed as
[one snapshot](../tests/platform/__snapshots__/charts.test.ts.snap); what they promise is in [controls.md](controls.md), under \`charts-\`.

## Releases, in the order of installation`;

const OURS = `Charts are releases, so their hooks run; what had a hook that needs an image of its own (cert-manager's \`startupapicheck\`) has it switched off. Pod Security is the
strictest level that admits the chart's pods with these values; what needs *privileged* has a namespace of its own.

**Network policies of charts are off** in istiod, cni, the gateways, cert-manager and external-secrets: policies add up, and theirs let out everything, or
four ports to anywhere. Ours name the peers ([system.md](system.md)). The load balancer controller, Karpenter, Falco and falcosidekick bring none.

**What no value narrows**: istiod, cert-manager and External Secrets read every Secret; Karpenter's chart adds its kinds to \`admin\`. Admission and the
namespaces' closed borders stand behind that.

falcosidekick reads its certificate when it starts: its pods must be restarted every six months at the latest, which a monthly patch of the nodes does by the way.`;

const COPIES = `## Images

Each is run from your own registry, by digest; \`images.registry\` and \`images.digests\` of the platform's blueprint say where and which. The tag is for
people. Gateways and sidecars run \`proxyv2\`: the gateway's chart says \`auto\`, which istiod replaces.`;

const NEWER = `## A newer version

Change \`facts/charts.json\` and the tags in \`facts/images.json\`; read the chart's changed defaults; run the snapshot's test and read what it says; copy the new
images and write their digests. Definitions in a \`crds\` folder (the load balancer controller's) are not upgraded by Helm: apply them first. Karpenter's
come by \`karpenter-crd\`, in the same version.

## Not verified

No image was pulled and nothing ran on a node. The keys of Istio, the load balancer controller, External Secrets, Falco and falcosidekick are those of the versions above
as the project's notes hold them; cert-manager's and Karpenter's charts were rendered with these values besides. Falco under a read-only root, without capabilities but four and with the runtime's
system calls is untried.`;

/** The page of the platform's charts: versions, order, levels and images, from the tables and the charts' own functions. */
export function renderCharts(): string {
  const releases = everyRelease();
  const rows = releases.map(({ name, chart, namespace, podSecurity, after, needs }) => {
    const { version, app, released } = facts.charts[chart];
    return [
      `\`${name}\``,
      `${chart} ${version}`,
      `${app}, ${released}`,
      `\`${namespace}\``,
      podSecurity,
      [...after, ...needs].map((each) => `\`${each}\``).join(", "),
    ];
  });
  const copies = Object.entries(images.images).map(([name, { upstream, tag, usedBy }]) => [
    `\`${name}\``,
    `${upstream}:${tag}`,
    usedBy.join(", "),
  ]);
  return `${[
    INTRO,
    table(["release", "chart", "application, released", "namespace", "level", "after"], rows),
    OURS,
    COPIES,
    table(["name", "copied from", "run by"], copies),
    NEWER,
  ].join("\n\n")}\n`;
}

/** Every release there can be: with an edge and with Karpenter. */
function everyRelease(): readonly ChartRelease[] {
  const account = (name: string) => ({ namespace: name, serviceAccount: name });
  const digests = Object.fromEntries(IMAGE_NAMES.map((name) => [name, `sha256:${"0".repeat(64)}`]));
  return charts({
    cluster: { name: "", endpoint: "", region: "", account: "", vpcId: "", environment: "production" },
    image: imageSource({ registry: "registry.example.com", digests }),
    controllers: {
      externalSecrets: account("external-secrets"),
      loadBalancer: account("aws-load-balancer-controller"),
    },
    karpenter: { queue: "" },
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
