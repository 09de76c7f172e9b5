import { type Control, inventoryControl } from "../control";
import { covers, pinned } from "../iam-document";
import { ec2, isOwn, LAUNCH, launcher, launcherRights, reaches, ROLE, tagged } from "./example";

/** What a launch makes, and so can be asked to carry tags. */
const MADE = ["fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume"];
/** What ends an instance or takes it out of service. */
const ENDS = ["TerminateInstances", "StopInstances", "RebootInstances", "DeleteLaunchTemplate"].map(
  (one) => `ec2:${one}`,
);
const ENDED = ["instance", "launch-template"];

const creating = { "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] };
const places = { Action: LAUNCH, Resource: [ec2("subnet"), ec2("security-group")] };
const discovered = { StringEquals: { "aws:ResourceTag/karpenter.sh/discovery": "production" } };
const naming = (...keys: string[]) => ({
  Action: "ec2:CreateTags",
  Resource: ec2("instance"),
  Condition: { ...tagged("Resource"), "ForAllValues:StringEquals": { "aws:TagKeys": keys } },
});

/** What Karpenter's controller may do to instances. */
export const launch: readonly Control[] = [
  inventoryControl({
    id: "karpenter-launches-own",
    title: "What Karpenter starts carries the tags of its cluster from the first moment",
    severity: "high",
    why: "an instance that nobody's tags claim is one that nobody ends, and no rule about tags holds for it",
    fix: "ask for the request tags kubernetes.io/cluster/<cluster>=owned and karpenter.sh/nodepool, and for templates for the same resource tags",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      const rights = launcherRights(role, inventory);
      for (const action of [...LAUNCH, "ec2:CreateLaunchTemplate"])
        for (const statement of rights.filter((one) => covers(one, action))) {
          const made = MADE.filter((kind) => reaches(statement, kind));
          const old = made.join() === "launch-template" && isOwn(statement, "resource", inventory);
          if (made.length > 0 && !old && !isOwn(statement, "request", inventory))
            yield `${action} on ${made.join(", ")} asks for no tags of this cluster`;
        }
    },
    good: [launcher(), launcher({ Action: LAUNCH, Resource: ec2("launch-template"), Condition: tagged("Resource") })],
    bad: [
      launcher({ Action: LAUNCH, Resource: ec2("instance") }),
      launcher({ Action: "ec2:*", Resource: "*" }),
      launcher({ Action: LAUNCH, Resource: ec2("volume"), Condition: tagged("Request", "staging") }),
      launcher({ Action: LAUNCH, Resource: ec2("instance"), Condition: tagged("Resource") }),
      launcher({ Action: "ec2:CreateLaunchTemplate", Resource: ec2("launch-template") }),
    ],
  }),

  inventoryControl({
    id: "karpenter-tags-own",
    title: "Karpenter tags only what it is making, and names only its own instances",
    severity: "critical",
    why: "tags say what it may end: whoever may tag any instance may end any instance",
    fix: "bind CreateTags to `ec2:CreateAction` and the request tags, or to its own instances and the keys that give no rights",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      for (const statement of launcherRights(role, inventory).filter((one) => covers(one, "ec2:CreateTags"))) {
        const making = pinned(statement, "ec2:CreateAction");
        if (making.length > 0 && making.every((one) => !/[*?]/.test(one)) && isOwn(statement, "request", inventory))
          continue;
        const keys = statement.conditions
          .filter(({ operator, key }) => operator === "ForAllValues:StringEquals" && key === "aws:tagkeys")
          .flatMap(({ values }) => values);
        const claiming = keys.filter((key) => /^(kubernetes\.io\/cluster\/|karpenter\.sh\/nodepool)/.test(key));
        if (!isOwn(statement, "resource", inventory) || keys.length === 0) yield "it may tag what is not its own";
        else if (claiming.length > 0) yield `it may change the tags that say what is its own: ${claiming.join(", ")}`;
      }
    },
    good: [
      launcher(naming("karpenter.sh/nodeclaim", "Name")),
      launcher({
        Action: "ec2:CreateTags",
        Resource: ec2("instance"),
        Condition: { ...tagged("Request"), StringEquals: { ...tagged("Request").StringEquals, ...creating } },
      }),
    ],
    bad: [
      launcher({ Action: "ec2:CreateTags", Resource: ec2("instance") }),
      launcher({ Action: "ec2:CreateTags", Resource: ec2("instance"), Condition: tagged("Request") }),
      launcher({ Action: "ec2:CreateTags", Resource: ec2("instance"), Condition: tagged("Resource") }),
      launcher(naming("kubernetes.io/cluster/production")),
      launcher({ Action: "ec2:Create*", Resource: "*", Condition: { StringEquals: creating } }),
    ],
  }),

  inventoryControl({
    id: "karpenter-ends-own",
    title: "Karpenter ends only what it has started",
    severity: "critical",
    why: "a controller that can end any instance can end the whole account",
    fix: "ask for the resource tags kubernetes.io/cluster/<cluster>=owned and karpenter.sh/nodepool",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      for (const statement of launcherRights(role, inventory)) {
        const ends = ENDS.filter((action) => covers(statement, action));
        if (
          ends.length > 0 &&
          ENDED.some((kind) => reaches(statement, kind)) &&
          !isOwn(statement, "resource", inventory)
        )
          yield `${ends.join(", ")} on what others have started`;
      }
    },
    good: [launcher({ Action: "ec2:TerminateInstances", Resource: ec2("instance"), Condition: tagged("Resource") })],
    bad: [
      launcher({ Action: "ec2:TerminateInstances", Resource: ec2("instance") }),
      launcher({ Action: "ec2:Terminate*", Resource: "*", Condition: tagged("Resource", "staging") }),
      launcher({
        Action: "ec2:DeleteLaunchTemplate",
        Resource: ec2("launch-template"),
        Condition: { StringEqualsIfExists: tagged("Resource").StringEquals, StringLike: tagged("Resource").StringLike },
      }),
    ],
  }),

  inventoryControl({
    id: "karpenter-network-own",
    title: "Karpenter starts instances in its own subnets and security group",
    severity: "high",
    why: "whoever can write a NodeClass could otherwise put a node into a public subnet or another team's group",
    fix: "pin `aws:ResourceTag/karpenter.sh/discovery` or `ec2:Vpc` for subnets and security groups, or name them",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      // A fleet's instances start under RunInstances; CreateFleet alone starts none.
      for (const statement of launcherRights(role, inventory).filter((one) => covers(one, "ec2:RunInstances"))) {
        const kinds = ["subnet", "security-group"].filter((kind) => reaches(statement, kind));
        const pins = ["aws:ResourceTag/karpenter.sh/discovery", "ec2:Vpc"].flatMap((key) => pinned(statement, key));
        const named = statement.resources.length > 0 && statement.resources.every((arn) => !/[*?]/.test(arn));
        if (kinds.length > 0 && !named && (pins.length === 0 || pins.some((pin) => /[*?]/.test(pin))))
          yield `instances may be started with any ${kinds.join(" and ")}`;
      }
    },
    good: [launcher({ ...places, Condition: discovered }), launcher({ ...places, Action: "ec2:CreateFleet" })],
    bad: [
      launcher(places),
      launcher({ ...places, Condition: { StringLike: { "aws:ResourceTag/karpenter.sh/discovery": "*" } } }),
      launcher({ ...places, Resource: "*", Condition: tagged("Request") }),
    ],
  }),
];
