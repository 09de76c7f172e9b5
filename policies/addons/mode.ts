import { type Control, resourceControl } from "../control";
import { ADDON } from "./example";

interface Configuration {
  readonly env?: Readonly<Record<string, unknown>>;
}

const CNI = { clusterName: "production", addonName: "vpc-cni" };

/** What a pod may do before its policies are in force. */
export const mode: readonly Control[] = [
  resourceControl({
    id: "addons-enforcing-mode-said",
    title: "What a pod may do before its policies are in force is said",
    severity: "medium",
    why: "left out, the VPC CNI enforces as `standard`: every new pod talks to everybody until its policies arrive, and nobody has decided that",
    fix: "set `env.NETWORK_POLICY_ENFORCING_MODE` of the vpc-cni add-on to strict, or to standard while the system's policies are still to come",
    refs: {},
    resource: ADDON,
    *check({ addonName, configurationValues }) {
      if (addonName !== "vpc-cni") return;
      const said = modeOf(configurationValues);
      if (said !== "strict" && said !== "standard")
        yield {
          path: "configurationValues",
          message: "pods may do everything until their policies arrive, because nothing is said",
        };
    },
    good: [
      configured({ NETWORK_POLICY_ENFORCING_MODE: "strict" }),
      configured({ NETWORK_POLICY_ENFORCING_MODE: "standard" }),
    ],
    bad: [
      CNI,
      configured({}),
      configured({ NETWORK_POLICY_ENFORCING_MODE: "lax" }),
      { ...CNI, configurationValues: "env:" },
    ],
  }),
];

function modeOf(configuration: string | undefined): unknown {
  try {
    return (JSON.parse(configuration ?? "{}") as Configuration).env?.["NETWORK_POLICY_ENFORCING_MODE"];
  } catch {
    return undefined;
  }
}

function configured(env: object) {
  return { ...CNI, configurationValues: JSON.stringify({ enableNetworkPolicy: "true", env }) };
}
