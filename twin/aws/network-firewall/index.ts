import type { Behaviour } from "../../behaviour";
import { firewall } from "./firewall";
import { loggingConfiguration } from "./logging";
import { firewallPolicy, ruleGroup } from "./policy";

/** What of Network Firewall the twin knows. */
export const networkFirewall: readonly Behaviour[] = [firewall, firewallPolicy, ruleGroup, loggingConfiguration];
