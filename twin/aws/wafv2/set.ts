import { AwsError } from "../../error";
import { texts } from "../property";
import { invalid } from "./error";
import { refuseRules } from "./rule";
import { ruleSet } from "./rule-set";
import { IP_SET, REGEX_PATTERN_SET, RULE_GROUP } from "./token";

/** Addresses that rules name. */
export const ipSet = ruleSet(IP_SET, "ipset", "IPSet", {
  replaces: ["name", "namePrefix", "scope", "ipAddressVersion"],
  required: ["ipAddressVersion", "scope"],
  refuseCreate: ({ inputs }) => {
    const addresses = texts(inputs, "addresses");
    const wrong = addresses.find((address) => !address.includes("/"));
    if (wrong !== undefined) throw invalid(`The address is no CIDR, field: IP_ADDRESS, parameter: ${wrong}`);
    if (addresses.length > 10_000)
      throw new AwsError("WAFLimitsExceededException", "An IP set has at most 10000 addresses");
  },
});

/** Expressions that rules name. */
export const regexPatternSet = ruleSet(REGEX_PATTERN_SET, "regexpatternset", "Regex Pattern Set", {
  required: ["scope"],
});

/** Rules that web ACLs share. */
export const ruleGroup = ruleSet(RULE_GROUP, "rulegroup", "RuleGroup", {
  replaces: ["capacity", "name", "namePrefix", "scope"],
  required: ["capacity", "scope", "visibilityConfig"],
  refuseCreate: refuseRules,
  refuseUpdate: refuseRules,
});
