import { controls } from "../../policies/catalogue";
import type { Examples } from "../../policies/control";
import type { Item } from "../../policies/inventory";

/** Controls over what the blueprint does not ship: only who brings something can break them. */
const IDS = [
  "addons-one-policy-engine",
  "detection-one-runtime-monitor",
  "external-secret-served-version",
  "gateway-certificate-from-acm",
  "ingress-callers-named",
  "ingress-no-nginx",
  "ingress-tls-policy",
  "ingress-web-acl",
  "kyverno-lasting-kinds",
  "mesh-ambient-admitted",
  "network-cluster-policy-dialect",
];

/** Each with what breaks it, to be laid beside the production example, and with what does not. */
export const BROUGHT = IDS.map((id): readonly [string, Examples<readonly Item[]>, Examples<readonly Item[]>] => {
  const [control] = controls.filter((one) => one.id === id);
  if (control === undefined) throw new Error(`there is no control ${id}`);
  return [id, control.good, control.bad];
});
