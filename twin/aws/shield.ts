import type { Behaviour, Call, Reference, World } from "../behaviour";
import { AwsError } from "../error";
import { globalArn } from "./arn";
import { text, texts } from "./property";
import { shieldResponse } from "./shield-response";
import { invalid, shieldType, SUBSCRIPTION } from "./shield-type";

const PROTECTION = "aws:shield/protection:Protection";

const subscription: Behaviour = {
  token: SUBSCRIPTION,
  service: "Shield",
  words: "Shield Subscription",
  replaces: [],
  global: true,
  // Deleting only stops the renewal: the account stays subscribed to the end of its year.
  onDelete: "keep",
  defaults: () => ({ autoRenew: "ENABLED", skipDestroy: false }),
  refuseCreate: ({ inputs }) => {
    if (inputs["autoRenew"] === "DISABLED")
      throw new AwsError("InvalidParameterException", "A subscription begins with auto-renew ENABLED"); // wording not verified
  },
  id: ({ world }) => world.accountId,
  outputs: () => ({}),
};

/** What Shield protects, by the form of its ARN (Shield developer guide, "Resources you can protect"). */
const PROTECTABLE = [
  /^arn:aws:cloudfront::\d{12}:distribution\//,
  /^arn:aws:route53:::hostedzone\//,
  /^arn:aws:globalaccelerator::\d{12}:accelerator\//,
  /^arn:aws:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(?!net\/|gwy\/)/,
  /^arn:aws:ec2:[\w-]+:\d{12}:eip-allocation\/eipalloc-/,
];

/** Whether a resource that this account could know is there; distributions and accelerators are out of sight. */
function isThere(world: World, arn: string): boolean {
  if (arn.includes(":loadbalancer/")) return world.findBy("aws:lb/loadBalancer:LoadBalancer", "arn", arn) !== undefined;
  if (arn.includes(":hostedzone/"))
    return world.find("aws:route53/zone:Zone", arn.split("/").at(-1) ?? "") !== undefined;
  if (arn.includes(":eip-allocation/")) return world.find("aws:ec2/eip:Eip", arn.split("/").at(-1) ?? "") !== undefined;
  return true;
}

const protection = shieldType("protection", "Protection", {
  replaces: ["name", "resourceArn"],
  required: ["resourceArn"],
  autoName: { property: "name" },
  refuseCreate: ({ world, inputs }) => {
    const arn = text(inputs, "resourceArn") ?? "";
    if (!PROTECTABLE.some((form) => form.test(arn)))
      throw new AwsError("InvalidResourceException", `Unrecognized resource '${arn}'`); // wording not verified
    if (!isThere(world, arn)) throw new AwsError("InvalidResourceException", `The resource '${arn}' does not exist`); // wording not verified
    if (world.all(PROTECTION).some((other) => other.inputs["resourceArn"] === arn))
      throw new AwsError("ResourceAlreadyExistsException", `The referenced protection already exists for ${arn}`); // wording not verified
  },
  id: ({ world }) => world.uuid(),
  outputs: ({ world }, id) => ({ arn: globalArn(world, "shield", `protection/${id}`) }),
});

const protectionGroup = shieldType("protectionGroup", "Protection Group", {
  replaces: ["protectionGroupId"],
  required: ["aggregation", "pattern", "protectionGroupId"],
  refuseCreate: refuseGroup,
  refuseUpdate: refuseGroup,
  id: ({ inputs }) => text(inputs, "protectionGroupId") ?? "",
  outputs: ({ world }, id) => ({ protectionGroupArn: globalArn(world, "shield", `protection-group/${id}`) }),
});

function refuseGroup({ inputs }: Call): void {
  const pattern = text(inputs, "pattern");
  if ((text(inputs, "protectionGroupId") ?? "").length > 36)
    throw invalid("protection_group_id has at most 36 characters");
  if (pattern === "ARBITRARY" && texts(inputs, "members").length === 0)
    throw invalid("pattern ARBITRARY needs members");
  if (pattern === "BY_RESOURCE_TYPE" && inputs["resourceType"] === undefined)
    throw invalid("pattern BY_RESOURCE_TYPE needs a resource type");
}

const ofProtection: Reference = {
  path: "shieldProtectionId",
  to: PROTECTION,
  missing: () => new AwsError("ResourceNotFoundException", "The referenced protection does not exist."),
};

const protectionHealthCheckAssociation = shieldType(
  "protectionHealthCheckAssociation",
  "Protection Health Check Association",
  {
    replaces: ["healthCheckArn", "shieldProtectionId"],
    required: ["healthCheckArn", "shieldProtectionId"],
    references: [
      ofProtection,
      {
        path: "healthCheckArn",
        to: "aws:route53/healthCheck:HealthCheck",
        by: "arn",
        missing: (arn) => new AwsError("InvalidResourceException", `The health check '${arn}' does not exist`),
      },
    ],
    id: ({ inputs }) => `${text(inputs, "shieldProtectionId") ?? ""}+${text(inputs, "healthCheckArn") ?? ""}`, // not verified
    outputs: () => ({}),
  },
);

const applicationLayerAutomaticResponse = shieldType(
  "applicationLayerAutomaticResponse",
  "Application Layer Automatic Response",
  {
    replaces: ["resourceArn"],
    required: ["action", "resourceArn"],
    refuseCreate: ({ world, inputs }) => {
      const arn = text(inputs, "resourceArn") ?? "";
      if (!["BLOCK", "COUNT"].includes(text(inputs, "action") ?? "")) throw invalid("action is BLOCK or COUNT");
      if (!world.all(PROTECTION).some((other) => other.inputs["resourceArn"] === arn))
        throw new AwsError("ResourceNotFoundException", "The referenced protection does not exist.");
      const associations = world.all("aws:wafv2/webAclAssociation:WebAclAssociation");
      if (arn.includes(":loadbalancer/") && !associations.some((other) => other.inputs["resourceArn"] === arn))
        throw new AwsError("InvalidOperationException", `The resource '${arn}' has no web ACL`); // wording not verified
    },
    id: ({ inputs }) => text(inputs, "resourceArn") ?? "",
    outputs: () => ({}),
  },
);

/** What of Shield Advanced the twin knows. */
export const shield: readonly Behaviour[] = [
  subscription,
  protection,
  protectionGroup,
  protectionHealthCheckAssociation,
  applicationLayerAutomaticResponse,
  ...shieldResponse,
];
