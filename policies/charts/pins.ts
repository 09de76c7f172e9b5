import { type Control, resourceControl } from "../control";
import { unpinned } from "./images";
import { chartOf, RELEASE, type Release } from "./release";

const EXACT = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

const unsaid: Release = { chart: "cert-manager", repositoryOpts: { repo: "https://charts.jetstack.io" } };
const good: Release = { ...unsaid, version: "v1.21.1" };
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const image = { repository: "registry.example.com/cert-manager-controller", digest };

/** Which chart runs, where it comes from, and whether it is the one that was read. */
export const pins: readonly Control[] = [
  resourceControl({
    id: "charts-version-pinned",
    title: "A chart is installed in one exact version",
    severity: "high",
    why: "a range is another chart after somebody's release: what was reviewed is not what is installed",
    fix: "write the whole version, for example `version: 1.30.3`, and leave `devel` away",
    refs: {},
    resource: RELEASE,
    *check({ version, devel }) {
      if (version === undefined || !EXACT.test(version)) yield `the version is ${version ?? "whatever is newest"}`;
      if (devel === true) yield "development versions may be chosen";
    },
    good: [good, { ...good, version: "1.31.0-rc.0" }],
    bad: [unsaid, { ...good, version: "^1.21.0" }, { ...good, version: "1.21.x" }, { ...good, devel: true }],
  }),

  resourceControl({
    id: "charts-source-encrypted",
    title: "A chart comes over an encrypted connection",
    severity: "high",
    why: "whoever stands between changes the chart, and a chart is rights in the cluster",
    fix: "name the repository by https:// or oci://",
    refs: {},
    resource: RELEASE,
    *check({ chart, repositoryOpts }) {
      const from = repositoryOpts?.repo ?? chart;
      if (from.includes("://") && !/^(https|oci):\/\//.test(from)) yield `the chart comes from ${from}`;
    },
    good: [good, { chart: "oci://public.ecr.aws/karpenter/karpenter" }],
    bad: [
      { ...good, repositoryOpts: { repo: "http://charts.example.com" } },
      { chart: "http://charts.example.com/falco-9.1.0.tgz" },
    ],
  }),

  resourceControl({
    id: "charts-values-visible",
    title: "What a chart is told stands where it can be judged",
    severity: "medium",
    why: "values in a file are read after every control has spoken, and the last word is theirs",
    fix: "write the values in `values`, and leave `valueYamlFiles` and `postrender` away",
    refs: {},
    resource: RELEASE,
    *check({ valueYamlFiles, postrender, reuseValues }) {
      if ((valueYamlFiles ?? []).length > 0) yield "values come from files";
      if (postrender !== undefined) yield "a program changes what the chart renders";
      if (reuseValues === true) yield "values of an earlier release are kept";
    },
    good: [good],
    bad: [
      { ...good, postrender: "./patch.sh" },
      { ...good, reuseValues: true },
    ],
  }),

  resourceControl({
    id: "charts-namespace-levelled",
    title: "No chart makes its own namespace",
    severity: "high",
    why: "such a namespace has no Pod Security level, no default deny and no quota",
    fix: "make the namespace first, with its level, and leave `createNamespace` away",
    refs: {},
    resource: RELEASE,
    *check({ createNamespace }) {
      if (createNamespace === true) yield "the chart makes its own namespace";
    },
    good: [good, { ...good, createNamespace: false }],
    bad: [{ ...good, createNamespace: true }],
  }),

  resourceControl({
    id: "charts-images-by-digest",
    title: "Every image of a chart is named by digest",
    severity: "critical",
    why: "a tag can be moved: 76 of 77 tags of a well-known scanner were, in March 2026",
    fix: "write the digest where the chart takes it: in `digest`, in the tag (`1.2.3@sha256:…`) or in the whole reference",
    refs: {},
    resource: RELEASE,
    *check(inputs) {
      const values: unknown = inputs.values ?? {};
      for (const path of unpinned(chartOf(inputs), values))
        yield { path: `values.${path}`, message: `${path} names no digest` };
    },
    good: [
      {
        ...good,
        values: {
          image,
          webhook: { image },
          cainjector: { image },
          acmesolver: { image },
          startupapicheck: { enabled: false },
        },
      },
      { chart: "gateway", values: { name: "in" } },
      { chart: "base" },
      { chart: "unknown", values: { image: `registry.example.com/unknown@${digest}` } },
    ],
    bad: [
      good,
      { ...good, values: { image, webhook: { image }, cainjector: { image } } },
      { chart: "istiod", values: { image: "registry.example.com/pilot:1.30.3" } },
      { chart: "falco", values: { image: { repository: "falco", tag: "0.44.1" } } },
      { chart: "unknown" },
      { chart: "unknown", values: { image: { repository: "registry.example.com/unknown", tag: "1.2.3" } } },
      { chart: "unknown", values: { image: `registry.example.com/unknown@${digest}`, sidecar: { image: "busybox" } } },
    ],
  }),

  resourceControl({
    id: "charts-no-ingress-nginx",
    title: "The retired ingress-nginx is not installed",
    severity: "high",
    why: "it gets no fixes since March 2026, and it reads every Secret that an Ingress names",
    fix: "take the mesh's gateway; or an ALB by `TlsIngress` in clusters without the platform",
    refs: {},
    resource: RELEASE,
    *check(inputs) {
      if (chartOf(inputs) === "ingress-nginx") yield "ingress-nginx is installed";
    },
    good: [good],
    bad: [{ chart: "ingress-nginx" }, { chart: "oci://registry.example.com/charts/ingress-nginx" }],
  }),
];
