import type { Behaviour, Call, DeleteCall, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { invalid } from "./error";
import { everyText } from "./rule";
import { ACL, ASSOCIATION, RULE_GROUP } from "./token";

/** What rule sets of every kind share: names unique by kind and scope, an optimistic lock, no deletion while in use. */
export function ruleSet(token: string, kind: string, words: string, more: Partial<Behaviour>): Behaviour {
  return {
    token,
    service: "WAFV2",
    words: `WAFv2 ${words}`,
    replaces: ["name", "namePrefix", "scope"],
    autoName: { property: "name" },
    minutes: { create: 0.1, update: 0.1 },
    id: ({ world }) => world.uuid(),
    outputs: (call, id) => arnAndLock(call, kind, id),
    refuseDelete: refuseUsed,
    ...more,
    refuseCreate: (call) => {
      const { world, inputs } = call;
      refuseScope(call);
      const same = (other: Properties): boolean =>
        other["name"] === inputs["name"] && other["scope"] === inputs["scope"];
      if (world.all(token).some((other) => same(other.inputs)))
        throw new AwsError(
          "WAFDuplicateItemException",
          "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
        );
      more.refuseCreate?.(call);
    },
  };
}

/** The ARN, and the token that a change must name. */
export function arnAndLock({ world, inputs }: Call, kind: string, id: string): Properties {
  const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
  const path = `${scope}/${kind}/${text(inputs, "name") ?? ""}/${id}`;
  return { arn: `arn:aws:wafv2:${world.region}:${world.accountId}:${path}`, lockToken: world.uuid(world.now()) };
}

function refuseScope({ world, inputs }: Call): void {
  const scope = text(inputs, "scope") ?? "";
  const known = scope === "REGIONAL" || (scope === "CLOUDFRONT" && world.region === "us-east-1");
  if (!known) throw invalid(`The scope is not valid., field: SCOPE_VALUE, parameter: ${scope}`);
}

function refuseUsed({ world, stored }: DeleteCall): void {
  const arn = text(stored.properties, "arn") ?? "";
  const inRules = [ACL, RULE_GROUP]
    .flatMap((token) => world.all(token))
    .some(({ inputs }) => everyText(inputs["rules"]).includes(arn));
  const associated = world.all(ASSOCIATION).some(({ inputs }) => inputs["webAclArn"] === arn);
  if (inRules || associated)
    throw new AwsError(
      "WAFAssociatedItemException",
      "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
    );
}
