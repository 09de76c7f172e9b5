import type { Control } from "../control";
import { chartControl } from "./release";

/** Listeners of Vault's own configuration, in HCL, that speak plain text. */
const PLAIN = /tls_disable\s*=\s*("?1"?|"?true"?)/;
const ha = { enabled: true, raft: { enabled: true, config: 'listener "tcp" { address = "[::]:8200" }' } };

/** Charts that the platform does not install and that somebody may bring. */
export const others: readonly Control[] = [
  chartControl({
    id: "charts-webhooks-closed",
    title: "A policy engine or injector that does not answer lets nothing through",
    severity: "critical",
    why: "Gatekeeper and Vault's injector fail open by default: an outage is a way past every policy",
    fix: "set validatingWebhookFailurePolicy: Fail (gatekeeper), injector.webhook.failurePolicy: Fail (vault; the top-level twin does nothing), and leave forceFailurePolicyIgnore off (kyverno)",
    refs: {},
    check: {
      *gatekeeper({ validatingWebhookFailurePolicy: policy }) {
        if (policy !== "Fail") yield `its webhook says ${policy ?? "Ignore"}`;
      },
      *vault({ injector }) {
        const policy = injector?.webhook?.failurePolicy;
        if (injector?.enabled !== false && policy !== "Fail") yield `its injector says ${policy ?? "Ignore"}`;
      },
      *kyverno({ features }) {
        if (features?.forceFailurePolicyIgnore?.enabled === true) yield "its webhooks say Ignore";
      },
    },
    good: [
      {
        gatekeeper: { validatingWebhookFailurePolicy: "Fail" },
        vault: { injector: { webhook: { failurePolicy: "Fail" } } },
        kyverno: {},
      },
      { vault: { injector: { enabled: false } } },
    ],
    bad: [
      { gatekeeper: {} },
      { vault: {} },
      { vault: { injector: { webhook: { failurePolicy: "Ignore" } } } },
      { kyverno: { features: { forceFailurePolicyIgnore: { enabled: true } } } },
    ],
  }),

  chartControl({
    id: "charts-vault-encrypted",
    title: "Vault listens with TLS",
    severity: "critical",
    why: "the chart switches TLS off twice: in global.tlsDisable, and in the listener of its raft configuration",
    fix: "set global.tlsDisable: false, and rewrite server.ha.raft.config without tls_disable",
    refs: {},
    check: {
      *vault({ global, server }) {
        if (global?.tlsDisable !== false) yield "TLS is off";
        const raft = server?.ha?.raft;
        if (raft?.enabled === true && (raft.config === undefined || PLAIN.test(raft.config)))
          yield "the listener of its raft configuration has TLS off";
      },
    },
    good: [{ vault: { global: { tlsDisable: false }, server: { ha } } }],
    bad: [
      { vault: {} },
      { vault: { global: { tlsDisable: false }, server: { ha: { raft: { enabled: true } } } } },
      {
        vault: {
          global: { tlsDisable: false },
          server: { ha: { raft: { enabled: true, config: "tls_disable = 1" } } },
        },
      },
    ],
  }),

  chartControl({
    id: "charts-trivy-reads-less",
    title: "The scanner reads no Secrets of the cluster",
    severity: "high",
    why: "by default it reads and writes every Secret and ServiceAccount, and proxies to nodes",
    fix: "set operator.accessGlobalSecretsAndServiceAccount: false",
    refs: {},
    check: {
      *"trivy-operator"({ operator }) {
        if (operator?.accessGlobalSecretsAndServiceAccount !== false) yield "it reads every Secret";
      },
    },
    good: [{ "trivy-operator": { operator: { accessGlobalSecretsAndServiceAccount: false } } }],
    bad: [{ "trivy-operator": {} }],
  }),
];
