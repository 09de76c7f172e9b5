import { type Control, inventoryControl } from "../control";
import { ADDON, CLUSTER, clusterWith } from "./example";

/** Whether network policies mean anything. */
export const network: readonly Control[] = [
  inventoryControl({
    id: "addons-network-policy",
    title: "The cluster enforces network policies",
    severity: "high",
    why: "without an engine every NetworkPolicy is accepted, shown, and ignored",
    fix: 'give the vpc-cni add-on the configuration value enableNetworkPolicy "true"',
    refs: {
      catalogue: "EKS-NET-15",
      cis: ["CIS EKS 4.3.1", "CIS EKS 5.4.4"],
      kubescape: ["C-0205", "C-0230"],
    },
    about: [CLUSTER],
    *check(cluster, inventory) {
      const engines = inventory
        .linking(ADDON, "clusterName", cluster)
        .filter(({ inputs }) => inputs.addonName === "vpc-cni");
      if (engines.length === 0) yield "no vpc-cni add-on enforces network policies";
      for (const { name, inputs } of engines) {
        const setting = valueOf(inputs.configurationValues, "enableNetworkPolicy");
        if (setting !== "true") yield `add-on ${name} leaves the network-policy engine off`;
      }
    },
    good: [clusterWith("1.36", cni('{"enableNetworkPolicy":"true"}'))],
    bad: [
      clusterWith("1.36", { addonName: "vpc-cni" }),
      clusterWith("1.36", cni('{"enableNetworkPolicy":"false"}')),
      clusterWith("1.36", cni('{"env":{"enableNetworkPolicy":"true"}}')),
      clusterWith("1.36", cni("enableNetworkPolicy: true")),
      clusterWith("1.36"),
    ],
  }),
];

// EKS takes YAML too; what is not JSON is not read here, and so does not count as on.
function valueOf(configuration: string | undefined, key: string): unknown {
  try {
    return (JSON.parse(configuration ?? "{}") as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function cni(configurationValues: string) {
  return { addonName: "vpc-cni", configurationValues };
}
