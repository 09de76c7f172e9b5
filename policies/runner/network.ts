import { type Control, inventoryControl } from "../control";
import type { Item } from "../inventory";
import { confined, loose, looseness } from "../network/confined";
import { GROUP } from "../network/rule";
import { leadsToInternet, routedSubnet, SUBNET } from "../route";
import { UNKNOWN } from "../unknown";
import { PROJECT, projectOf } from "./example";

const inside = { vpcId: "vpc-1", subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };

/** Where builds stand, and what they reach. */
export const networks: readonly Control[] = [
  inventoryControl({
    id: "runner-private-subnets",
    title: "Builds run in private subnets of our own network",
    severity: "high",
    why: "outside it a build reaches no private API, and whatever it holds may leave by a way that nobody watches",
    fix: "give the project a `vpcConfig` with private subnets",
    refs: {},
    about: [PROJECT],
    *check(project, inventory) {
      if (project.inputs.vpcConfig === undefined)
        yield { path: "vpcConfig", message: "builds run outside our network" };
      else
        for (const subnet of inventory.linked(project, "vpcConfig.subnets", SUBNET))
          if (leadsToInternet(subnet, inventory))
            yield { path: "vpcConfig.subnets", message: `${subnet.name} is public` };
    },
    // Subnets that were there before are known at a preview, when the group is not.
    good: [placed(routedSubnet("natGatewayId")), projectOf({ vpcConfig: { ...inside, securityGroupIds: [UNKNOWN] } })],
    bad: [projectOf({}), placed(routedSubnet("gatewayId"))],
  }),

  inventoryControl({
    id: "runner-group-confined",
    title: "A build reaches named groups by TLS and nothing else, and nothing reaches it",
    severity: "high",
    why: "what a build holds administers the cluster; a way to the internet is a way out for it",
    fix: "give the project a security group of its own with rules to other groups on 443",
    refs: {},
    about: [PROJECT],
    *check(project, inventory) {
      if (project.inputs.vpcConfig === undefined) return;
      const groups = inventory.linked(project, "vpcConfig", GROUP);
      if (groups.length === 0)
        yield {
          path: "vpcConfig.securityGroupIds",
          message: "the group is not of this stack, so its rules are unknown",
        };
      for (const group of groups) yield* looseness(group, inventory);
    },
    good: [placed(confined)],
    bad: [projectOf({ vpcConfig: inside }), placed(loose[0] ?? []), placed(loose[1] ?? []), placed(loose[2] ?? [])],
  }),
];

/** A project whose network is the first of these resources; the rest belongs to it. */
function placed([first, ...rest]: readonly Item[]): readonly Item[] {
  if (first === undefined) throw new Error("the example has no network");
  return [...rest, ...projectOf({ vpcConfig: inside }, { vpcConfig: [first] })];
}
