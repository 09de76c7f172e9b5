import { controls } from "../../policies/catalogue";
import type { Examples } from "../../policies/control";
import type { Item } from "../../policies/inventory";

/** Controls over what the blueprint does not ship or ships right: only who brings something can break them. */
const IDS = [
  "addons-one-policy-engine",
  "audit-benchmark-current",
  "audit-rights",
  "detection-one-runtime-monitor",
  "external-secret-served-version",
  "gateway-certificate-from-acm",
  "ingress-callers-named",
  "ingress-no-nginx",
  "ingress-tls-policy",
  "ingress-web-acl",
  "karpenter-expiry-bounded",
  "karpenter-image-family",
  "karpenter-image-release-pinned",
  "kyverno-lasting-kinds",
  "mesh-ambient-admitted",
  "network-cluster-policy-dialect",
  "pods-apparmor-on-ubuntu",
  "pods-image-by-digest",
  "pods-user-namespace-possible",
  "webhook-fails-closed",
];

/** Each with what breaks it, to be laid beside the production example, and with what does not. */
export const BROUGHT = IDS.map((id): readonly [string, Examples<readonly Item[]>, Examples<readonly Item[]>] => {
  const [control] = controls.filter((one) => one.id === id);
  if (control === undefined) throw new Error(`there is no control ${id}`);
  return [id, control.good, control.bad];
});
