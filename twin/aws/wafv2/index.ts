import type { Behaviour } from "../../behaviour";
import { webAclAssociation } from "./association";
import { webAclLoggingConfiguration } from "./logging";
import { ipSet, regexPatternSet, ruleGroup } from "./set";
import { webAcl } from "./web-acl";

/** What of WAF the twin knows. */
export const wafv2: readonly Behaviour[] = [
  webAcl,
  webAclAssociation,
  webAclLoggingConfiguration,
  ipSet,
  regexPatternSet,
  ruleGroup,
];
