import type { Behaviour } from "../../behaviour";
import { firewall } from "./firewall";
import { setting } from "./setting";

/** Route 53 Resolver: DNS Firewall, query logs, and settings of a VPC. */
export const resolver: readonly Behaviour[] = [...firewall, ...setting];
