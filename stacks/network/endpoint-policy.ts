import endpoints from "../../facts/aws-endpoints.json";
import registries from "../../facts/image-registries.json";

interface Caller {
  readonly account: string;
  readonly region: string;
  /** Buckets of AWS from which something in the VPC reads. */
  readonly buckets?: readonly string[];
}

type Statement = Readonly<Record<string, unknown>>;

/**
 * Services whose resources are data of ours: there the resource must be ours as well, or a stolen pod could copy into
 * somebody else's account. The other services also answer about resources of AWS (public images, public parameters).
 */
const ownDataOnly: ReadonlySet<string> = new Set(["kms", "logs", "secretsmanager", "sqs"]);

/**
 * What may pass an interface endpoint: principals of this account, and where data could leave, only to resources of this
 * account. It grants nothing by itself; it is the most that may happen through this door.
 */
export function endpointPolicy(service: string, caller: Caller): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements(service, caller) });
}

/** The accounts whose repositories hold the images of EKS's add-ons and of Bottlerocket in this region. */
export function imageAccounts(region: string): readonly string[] {
  const eks = (registries.eks as Partial<Record<string, string>>)[region];
  const bottlerocket = (registries.bottlerocket as Partial<Record<string, string>>)[region];

  if (eks === undefined)
    throw new Error(
      `the registry of EKS's add-on images is not known for region "${region}"; known are ${Object.keys(registries.eks).join(", ")}; add the region to facts/image-registries.json from the Amazon EKS User Guide`,
    );
  return bottlerocket === undefined ? [eks] : [eks, bottlerocket];
}

function statements(service: string, caller: Caller): readonly Statement[] {
  switch (service) {
    case "s3":
      return [
        ownPrincipals(caller, "s3:*", { "aws:ResourceAccount": caller.account }),
        imageLayers(caller),
        ...imageBuilds(caller),
      ];
    case "ecr.api":
    case "ecr.dkr":
      return [
        ownPrincipals(caller, "ecr:*", { "aws:ResourceAccount": caller.account }),
        { ...ownPrincipals(caller, "ecr:GetAuthorizationToken"), Sid: "Login" },
        systemImages(caller),
      ];
    case "sts":
      return assumptions(caller);
    default:
      return [ownPrincipals(caller, "*", ownDataOnly.has(service) ? { "aws:ResourceAccount": caller.account } : {})];
  }
}

function ownPrincipals({ account }: Caller, action: string, more: Readonly<Record<string, string>> = {}): Statement {
  return {
    Sid: "OwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: action,
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": account, ...more } },
  };
}

// ECR answers a pull with links that it has signed itself, so the principal at S3 is not of this account.
function imageLayers({ region }: Caller): Statement {
  return {
    Sid: "ImageLayers",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${endpoints.ecrLayerBucket.replace("{region}", region)}/*`,
  };
}

// Image Builder's tools are fetched without credentials, so the principal is of no account at all.
function imageBuilds({ buckets = [] }: Caller): readonly Statement[] {
  if (buckets.length === 0) return [];
  const Resource = buckets.map((bucket) => `arn:aws:s3:::${bucket}/*`);
  return [{ Sid: "ImageBuilds", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource }];
}

function systemImages({ account, region }: Caller): Statement {
  return {
    Sid: "SystemImages",
    Effect: "Allow",
    Principal: "*",
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: imageAccounts(region).map((owner) => `arn:aws:ecr:${region}:${owner}:repository/*`),
    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
  };
}

// A pod that assumes its role with a token has no account yet, so only the role can be confined.
function assumptions({ account }: Caller): readonly Statement[] {
  const ours = { StringEquals: { "aws:PrincipalAccount": account } };
  const common = { Effect: "Allow", Principal: "*" };
  const roles = `arn:aws:iam::${account}:role/*`;

  return [
    { Sid: "OwnTokens", ...common, Action: "sts:AssumeRoleWithWebIdentity", Resource: roles },
    { Sid: "OwnRoles", ...common, Action: ["sts:AssumeRole", "sts:TagSession"], Resource: roles, Condition: ours },
    { Sid: "WhoAmI", ...common, Action: "sts:GetCallerIdentity", Resource: "*", Condition: ours },
  ];
}
