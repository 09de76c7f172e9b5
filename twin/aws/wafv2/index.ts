import type { Behaviour, Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { webAclAssociation } from "./association";
import { webAclLoggingConfiguration } from "./logging";
import { ipSet, regexPatternSet, ruleGroup } from "./set";
import { ACL, ASSOCIATION } from "./token";
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

/** What WAF answers to look-ups: a web ACL by its name, or by what it guards. */
export const wafv2Invokes: Readonly<Record<string, Invoke>> = {
  "aws:wafv2/getWebAcl:getWebAcl": (args, world) => {
    const [name, resourceArn] = [text(args, "name"), text(args, "resourceArn")];
    const association = world.all(ASSOCIATION).find(({ properties }) => properties["resourceArn"] === resourceArn);
    const found =
      name === undefined
        ? world.findBy(ACL, "arn", association?.properties["webAclArn"])
        : world.findBy(ACL, "name", name);
    if (found === undefined)
      throw new AwsError("NotFound", `reading WAFv2 WebACL (${name ?? resourceArn ?? ""}): couldn't find resource`);
    return { description: "", ...found.properties, ...args, id: found.id, region: world.region };
  },
};
