import { document, type Statement, volumeKey } from "../addons/permissions";
import type { ClusterBlueprint } from "../blueprint/schema";
import { clusterArn } from "../identity/trust";
import { discoveryTag, nodeRoleArn, profileArn, queueArn } from "./name";

/** What Karpenter makes; each carries the cluster's tags from its first moment. */
const MADE = ["fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume"];

/** What it makes them from, of AWS or of whoever lends it to this account. */
const GIVEN = ["capacity-reservation", "placement-group"];

/** Where it makes them: the network's, never its own. */
const PLACES = ["security-group", "subnet"];

const LAUNCH = ["ec2:CreateFleet", "ec2:RunInstances"];

/** Kinds, prices and states, which EC2 and IAM offer no resources for. */
const LOOK = [
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribePlacementGroups",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
];

/**
 * What Karpenter's controller may do (Karpenter's documentation, "CloudFormation", controller authorization), less what a
 * pre-made instance profile makes needless and narrower in one thing: instances start only in the subnets and with
 * the security group that carry this cluster's discovery tag.
 *
 * @control karpenter-launches-own
 * @control karpenter-tags-own
 * @control karpenter-ends-own
 * @control karpenter-network-own
 * @control iam-pass-role-pinned
 */
export function controllerPolicy(blueprint: ClusterBlueprint): string {
  const { region, cluster } = blueprint;
  const ec2 = (types: readonly string[], account = "*") =>
    types.map((type) => `arn:aws:ec2:${region}:${account}:${type}/*`);
  const owned = { [`kubernetes.io/cluster/${cluster.name}`]: "owned" };
  const asked = { ...owned, "eks:eks-cluster-name": cluster.name };
  const requested = { StringEquals: tags("Request", asked), StringLike: tags("Request", NODEPOOL) };
  const existing = { StringEquals: tags("Resource", owned), StringLike: tags("Resource", NODEPOOL) };

  return document(
    ...common(blueprint),
    allow("Given", LAUNCH, [...ec2(["image", "snapshot"], ""), ...ec2(GIVEN)]),
    // Karpenter tries a NodeClass by a dry run of CreateFleet that names subnets which do not exist, and so have no tag;
    // the instances of a fleet are started under RunInstances, which this statement does not give.
    allow("FleetPlaces", ["ec2:CreateFleet"], ec2(PLACES)),
    allow("Places", ["ec2:RunInstances"], ec2(PLACES), {
      StringEquals: tags("Resource", discoveryTag(blueprint)),
    }),
    allow("OwnTemplates", LAUNCH, ec2(["launch-template"]), existing),
    allow("Make", [...LAUNCH, "ec2:CreateLaunchTemplate"], ec2(MADE), requested),
    allow("TagWhatIsMade", ["ec2:CreateTags"], ec2(MADE), {
      ...requested,
      StringEquals: {
        ...requested.StringEquals,
        "ec2:CreateAction": ["CreateFleet", "CreateLaunchTemplate", "RunInstances"],
      },
    }),
    allow("NameInstances", ["ec2:CreateTags"], ec2(["instance"]), {
      ...existing,
      StringEqualsIfExists: tags("Request", { "eks:eks-cluster-name": cluster.name }),
      "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
    }),
    allow(
      "End",
      ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      ec2(["instance", "launch-template"]),
      existing,
    ),
  );
}

/**
 * The most that the controller may ever do: instances in this region, one node role, one queue. What its policy says of
 * tags is not said again, so that a policy may be corrected without both agreeing by accident.
 */
export function controllerBoundary(blueprint: ClusterBlueprint): string {
  return document(
    ...common(blueprint),
    allow(
      "Instances",
      [...LAUNCH, "ec2:CreateLaunchTemplate", "ec2:CreateTags", "ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      [`arn:aws:ec2:${blueprint.region}:*:*`],
    ),
  );
}

const NODEPOOL = { "karpenter.sh/nodepool": "*" };

/** What policy and boundary both allow. */
function common(blueprint: ClusterBlueprint): readonly Statement[] {
  const { region } = blueprint;
  const here = { StringEquals: { "aws:RequestedRegion": region } };
  return [
    allow("Look", LOOK, "*", here),
    // Prices are answered in few regions, profiles in one.
    allow("Lists", ["iam:ListInstanceProfiles", "pricing:GetProducts"], "*"),
    allow("Profile", ["iam:GetInstanceProfile"], profileArn(blueprint)),
    allow("PassNodeRole", ["iam:PassRole"], nodeRoleArn(blueprint), {
      StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
    }),
    allow("Images", ["ssm:GetParameter"], `arn:aws:ssm:${region}::parameter/aws/service/*`),
    allow("Queue", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], queueArn(blueprint)),
    allow("Cluster", ["eks:DescribeCluster"], clusterArn(blueprint)),
    // Clusters are no resource type there; the question is narrowed by what it asks about.
    allow("ZonalShift", ["arc-zonal-shift:GetManagedResource"], "*", {
      StringEquals: { "aws:ResourceIdentifier": clusterArn(blueprint) },
    }),
    ...volumeKey(blueprint),
  ];
}

function tags(of: "Request" | "Resource", keys: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [`aws:${of}Tag/${key}`, value]));
}

function allow(
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[],
  Condition?: NonNullable<Statement["Condition"]>,
): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}
