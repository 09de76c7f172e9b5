import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text } from "../property";
import { FIREWALL, invalid } from "./token";

/** Where a firewall writes what it saw. */
export const loggingConfiguration: Behaviour = {
  token: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
  service: "Network Firewall",
  words: "NetworkFirewall Logging Configuration",
  replaces: ["firewallArn"],
  required: ["firewallArn", "loggingConfiguration.logDestinationConfigs"],
  references: [
    {
      path: "firewallArn",
      to: FIREWALL,
      by: "arn",
      missing: (arn) => new AwsError("ResourceNotFoundException", `Firewall ${arn} does not exist`),
    },
  ],
  refuseCreate: refuseLogs,
  refuseUpdate: refuseLogs,
  id: ({ inputs }) => text(inputs, "firewallArn") ?? "",
  outputs: ({ inputs }) => ({ enableMonitoringDashboard: inputs["enableMonitoringDashboard"] ?? false }),
};

function refuseLogs({ inputs }: Call): void {
  const configurations = objects(objects(inputs, "loggingConfiguration")[0] ?? {}, "logDestinationConfigs");
  const types = configurations.map(({ logType }) => String(logType));
  if (new Set(types).size < types.length || types.some((type) => !["FLOW", "ALERT", "TLS"].includes(type)))
    throw invalid("Each log type FLOW, ALERT, TLS at most once");
}
