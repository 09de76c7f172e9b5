import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import type { Inventory, Subject } from "../inventory";
import { BALANCER, balancerArn, facesInternet } from "./example";

const PROTECTION = token<aws.shield.ProtectionArgs>("aws:shield/protection:Protection");
const RESPONSE = token<aws.shield.ApplicationLayerAutomaticResponseArgs>(
  "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse",
);
const GROUP = token<aws.shield.ProtectionGroupArgs>("aws:shield/protectionGroup:ProtectionGroup");

/** That a flood of requests finds a decision that was made before it. */
export const shield: readonly Control[] = [
  inventoryControl({
    id: "edge-shield-decided",
    title: "Shield Advanced protects every load balancer of the internet, or somebody refused it",
    severity: "medium",
    why: "during the flood it is too late to find out that nobody had subscribed",
    fix: "register `aws.shield.Protection`, or say so in the tag bulwark:shield-advanced: refused",
    refs: { catalogue: "EKS-SHD-1" },
    // A protection of something else that does not exist yet may be this one's, as far as a preview can tell.
    decidedAt: "up",
    about: [BALANCER],
    *check(balancer, inventory) {
      if (!facesInternet(balancer.inputs) || balancer.inputs.tags?.["bulwark:shield-advanced"] === "refused") return;
      if (!isProtected(balancer, inventory)) yield "Shield Advanced neither protects the load balancer nor was refused";
    },
    good: [
      guarded("BLOCK"),
      [item(BALANCER, "main", { internal: true })],
      [item(BALANCER, "main", { tags: { "bulwark:shield-advanced": "refused" } })],
    ],
    bad: [[item(BALANCER, "main", {})], [item(BALANCER, "main", { tags: { "bulwark:shield-advanced": "subscribe" } })]],
  }),

  inventoryControl({
    id: "edge-shield-automatic-response",
    title: "Shield Advanced answers floods of requests by itself, by blocking",
    severity: "medium",
    why: "most attacks are over before a person has read the first alarm",
    fix: "register `aws.shield.ApplicationLayerAutomaticResponse` with action BLOCK",
    refs: { catalogue: "EKS-SHD-2" },
    decidedAt: "up",
    about: [BALANCER],
    *check(balancer, inventory) {
      if (!isProtected(balancer, inventory)) return;
      const responses = inventory.linking(RESPONSE, "resourceArn", balancer);
      if (!responses.some(({ inputs }) => inputs.action === "BLOCK"))
        yield "nothing answers a flood until a person does";
    },
    good: [guarded("BLOCK")],
    bad: [guarded("COUNT"), guarded(undefined)],
  }),

  inventoryControl({
    id: "edge-shield-grouped",
    title: "Protected resources are watched together",
    severity: "low",
    why: "an attack that spreads over several resources stays below what is noticed at each",
    fix: "list the resource among the members of an `aws.shield.ProtectionGroup`",
    refs: { catalogue: "EKS-SHD-3" },
    about: "stack",
    *check(_stack, inventory) {
      const groups = inventory.all(GROUP);
      for (const protection of inventory.all(PROTECTION))
        if (!groups.some((group) => group.inputs.pattern === "ALL" || isMember(protection, group)))
          yield `no protection group holds what ${protection.name} protects`;
    },
    good: [grouped(true)],
    bad: [grouped(false)],
  }),
];

function isProtected(balancer: Subject<unknown>, inventory: Inventory): boolean {
  return inventory.linking(PROTECTION, "resourceArn", balancer).length > 0;
}

// At preview an ARN is unknown while the link is not; a literal ARN is a member by its text.
function isMember({ propertyDependencies: of, inputs }: Subject<aws.shield.ProtectionArgs>, group: Subject<object>) {
  const from = of["resourceArn"] ?? [];
  const { members = [] } = group.inputs as { readonly members?: readonly unknown[] };
  return from.length > 0
    ? from.some((urn) => group.propertyDependencies["members"]?.includes(urn) === true)
    : members.includes(inputs.resourceArn);
}

function guarded(action: string | undefined) {
  const balancer = item(BALANCER, "main", { tags: { "bulwark:shield-advanced": "subscribe" } });
  const links = { resourceArn: [balancer] };
  const protection = item(PROTECTION, "main", { resourceArn: balancerArn }, { links });
  return action === undefined
    ? [balancer, protection]
    : [balancer, protection, item(RESPONSE, "main", { resourceArn: balancerArn, action }, { links })];
}

function grouped(isListed: boolean) {
  const balancer = item(BALANCER, "main", {});
  const group = { protectionGroupId: "main", pattern: "ARBITRARY", aggregation: "MAX", members: [balancerArn] };
  return [
    balancer,
    item(PROTECTION, "main", { resourceArn: balancerArn }, { links: { resourceArn: [balancer] } }),
    ...(isListed ? [item(GROUP, "main", group, { links: { members: [balancer] } })] : []),
  ];
}
