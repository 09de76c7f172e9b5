import type { Control } from "../control";
import { chartControl } from "./release";

const nothing = {
  processClusterExternalSecret: false,
  processClusterGenerator: false,
  processClusterPushSecret: false,
  processPushSecret: false,
};
const few = { aggregateToView: false, aggregateToEdit: false, aggregateToAdmin: false };

/** Who makes certificates and who brings secrets: both read every Secret, so what more they may is counted. */
export const secrets: readonly Control[] = [
  chartControl({
    id: "charts-cert-manager-definitions",
    title: "Certificates outlive cert-manager's release",
    severity: "high",
    why: "definitions that go with the release take every Certificate along, and every server's with them",
    fix: "set crds.enabled: true, and leave crds.keep on",
    refs: {},
    check: {
      *"cert-manager"({ crds }) {
        if (crds?.enabled !== true) yield "the definitions are somebody else's task";
        if (crds?.keep === false) yield "the definitions go with the release";
      },
    },
    good: [{ "cert-manager": { crds: { enabled: true } } }],
    bad: [{ "cert-manager": {} }, { "cert-manager": { crds: { enabled: true, keep: false } } }],
  }),

  chartControl({
    id: "charts-cert-manager-own-lease",
    title: "cert-manager has no rights in kube-system",
    severity: "medium",
    why: "its lease lies there by default, and with it a Role in the namespace of the cluster's own pods",
    fix: "set global.leaderElection.namespace: cert-manager",
    refs: {},
    check: {
      *"cert-manager"({ global }) {
        const { namespace = "kube-system" } = global?.leaderElection ?? {};
        if (namespace === "kube-system") yield "its lease lies in kube-system";
      },
    },
    good: [{ "cert-manager": { global: { leaderElection: { namespace: "cert-manager" } } } }],
    bad: [{ "cert-manager": {} }, { "cert-manager": { global: { leaderElection: { namespace: "kube-system" } } } }],
  }),

  chartControl({
    id: "charts-cert-manager-approval",
    title: "cert-manager approves for issuers that are named",
    severity: "high",
    why: "an empty list is no list: every signer's requests are approved",
    fix: "leave approveSignerNames away, or name at least one",
    refs: {},
    check: {
      *"cert-manager"({ approveSignerNames }) {
        if (approveSignerNames?.length === 0) yield "every signer is approved";
      },
    },
    good: [{ "cert-manager": {} }, { "cert-manager": { approveSignerNames: ["clusterissuers.cert-manager.io/*"] } }],
    bad: [{ "cert-manager": { approveSignerNames: [] } }],
  }),

  chartControl({
    id: "charts-cert-manager-ambient",
    title: "No issuer uses what cert-manager's pod may do in AWS",
    severity: "medium",
    why: "whoever writes a ClusterIssuer would act in Route 53 under the controller's role",
    fix: "set config.clusterIssuerAmbientCredentials: false; an issuer that needs AWS names its role",
    refs: {},
    check: {
      *"cert-manager"({ config }) {
        if (config?.clusterIssuerAmbientCredentials !== false) yield "cluster issuers act under the pod's role";
      },
    },
    good: [{ "cert-manager": { config: { clusterIssuerAmbientCredentials: false } } }],
    bad: [{ "cert-manager": {} }],
  }),

  chartControl({
    id: "charts-no-aggregated-rights",
    title: "No chart adds rights to view, edit and admin",
    severity: "high",
    why: "whoever was given `edit` in one namespace would write Certificates and ExternalSecrets without anybody deciding it",
    fix: "set global.rbac.aggregateClusterRoles: false (cert-manager), rbac.aggregateToView, -Edit and -Admin: false (external-secrets)",
    refs: {},
    check: {
      *"cert-manager"({ global }) {
        if (global?.rbac?.aggregateClusterRoles !== false) yield "view, edit and admin grow by its kinds";
      },
      *"external-secrets"({ rbac }) {
        const grown = (["View", "Edit", "Admin"] as const).filter((role) => rbac?.[`aggregateTo${role}`] !== false);
        if (grown.length > 0) yield `${grown.join(", ").toLowerCase()} grow by its kinds`;
      },
    },
    good: [
      { "cert-manager": { global: { rbac: { aggregateClusterRoles: false } } }, "external-secrets": { rbac: few } },
    ],
    bad: [
      { "cert-manager": {} },
      { "external-secrets": {} },
      { "external-secrets": { rbac: { ...few, aggregateToEdit: true } } },
    ],
  }),

  chartControl({
    id: "charts-external-secrets-no-tokens",
    title: "External Secrets makes no tokens of service accounts",
    severity: "critical",
    why: "who may make a token of any account is everybody, the cluster's administrators included",
    fix: "set rbac.serviceAccountTokenCreate: false",
    refs: {},
    check: {
      *"external-secrets"({ rbac }) {
        if (rbac?.serviceAccountTokenCreate !== false) yield "it may make a token of any service account";
      },
    },
    good: [{ "external-secrets": { rbac: { serviceAccountTokenCreate: false } } }],
    bad: [{ "external-secrets": {} }, { "external-secrets": { rbac: { serviceAccountTokenCreate: true } } }],
  }),

  chartControl({
    id: "charts-external-secrets-one-way",
    title: "Secrets come into one namespace at a time, and none goes out",
    severity: "high",
    why: "a PushSecret carries a Secret out of the cluster, a ClusterExternalSecret into every namespace",
    fix: "set processClusterExternalSecret, processClusterGenerator, processClusterPushSecret and processPushSecret: false",
    refs: {},
    check: {
      *"external-secrets"(values) {
        const on = (Object.keys(nothing) as (keyof typeof nothing)[]).filter((key) => values[key] !== false);
        if (on.length > 0) yield `${on.join(", ")} are on`;
        if (values.genericTargets?.enabled === true) yield "it may write other kinds than Secrets";
        if (values.crds?.unsafeServeV1Beta1 === true) yield "the retired v1beta1 is served";
      },
    },
    good: [{ "external-secrets": nothing }],
    bad: [
      { "external-secrets": {} },
      { "external-secrets": { ...nothing, processPushSecret: true } },
      { "external-secrets": { ...nothing, genericTargets: { enabled: true } } },
      { "external-secrets": { ...nothing, crds: { unsafeServeV1Beta1: true } } },
    ],
  }),

  chartControl({
    id: "charts-external-secrets-readers",
    title: "One account of External Secrets reads Secrets, and one replica at a time",
    severity: "high",
    why: "the certificate controller reads every Secret for one certificate; two replicas without a leader write twice",
    fix: "set certController.create: false with webhook.certManager, and leaderElect: true",
    refs: {},
    check: {
      *"external-secrets"({ certController, leaderElect, replicaCount = 1 }) {
        if (certController?.create !== false) yield "the certificate controller reads every Secret";
        if (replicaCount > 1 && leaderElect !== true) yield `${replicaCount} replicas write at the same time`;
      },
    },
    good: [{ "external-secrets": { certController: { create: false }, replicaCount: 2, leaderElect: true } }],
    bad: [{ "external-secrets": {} }, { "external-secrets": { certController: { create: false }, replicaCount: 2 } }],
  }),
];
