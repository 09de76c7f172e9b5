/** The tokens of WAF that know each other. */
export const ACL = "aws:wafv2/webAcl:WebAcl";
export const RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup";
export const IP_SET = "aws:wafv2/ipSet:IpSet";
export const REGEX_PATTERN_SET = "aws:wafv2/regexPatternSet:RegexPatternSet";
export const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
