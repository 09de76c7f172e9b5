import type { AwsError } from "./error";
import type { Given } from "./given";

/** Plain property values as Pulumi sends them, without secrets' wrappers; an unknown never reaches a behaviour. */
export type Properties = Readonly<Record<string, unknown>>;

/** One resource as the account remembers it. */
export interface Stored {
  readonly type: string;
  readonly id: string;
  /** The Pulumi resource that made it; absent for what AWS made behind the program's back. */
  readonly urn?: string;
  readonly region: string;
  /** What was asked for, with names filled in. */
  readonly inputs: Properties;
  /** What a read answers: inputs, AWS's own defaults and computed values. */
  readonly properties: Properties;
  /** For example ACTIVE, CREATING, UPDATING, DELETING, PENDING_DELETION; types without states are always ACTIVE. */
  readonly status: string;
  /** Why AWS made or keeps it, in words; only for what no program asked for. */
  readonly note?: string;
}

/** Who calls AWS: the session, and the role behind it, which is what policies name. */
export interface Caller {
  /** What `getCallerIdentity` answers: `arn:aws:sts::111122223333:assumed-role/platform-admin/rehearsal`. */
  readonly arn: string;
  /** The role or user of that session, the value of `aws:PrincipalArn`. */
  readonly principal: string;
}

/** What a behaviour may see and do in the account. */
export interface World {
  readonly accountId: string;
  readonly caller: Caller;
  /** The region of the call (a resource's own `region` input wins over the provider's). */
  readonly region: string;
  /** What the account is like besides its resources: quotas, what the caller may do, what is offered. */
  readonly given: Given;
  /** All live resources of a type in this region (IAM, Route 53 and other global types: everywhere). */
  all(type: string): readonly Stored[];
  /** All live resources of all types in this region; those of global types are seen from us-east-1 alone. */
  everything(): readonly Stored[];
  /** The live resource of that type with this id, or undefined. */
  find(type: string, id: string): Stored | undefined;
  /** The live resource whose property (dotted path) has this value. */
  findBy(type: string, property: string, value: unknown): Stored | undefined;
  /** Records something AWS makes by itself; it has no URN and shows up among the leftovers unless a rule takes it away. */
  makeBehindTheBack(resource: {
    type: string;
    id: string;
    inputs?: Properties;
    properties: Properties;
    note: string;
  }): void;
  /** Changes stored properties of another resource (a new default version, an attachment). */
  amend(type: string, id: string, properties: Properties): void;
  /** Takes away something AWS made by itself. */
  takeAway(type: string, id: string): void;
  /** Deterministic lower-case hex digits for this resource, for example `hex(17)`; a second stream has another `salt`. */
  hex(digits: number, salt?: string): string;
  /** A deterministic UUID for this resource. */
  uuid(salt?: string): string;
  /** The virtual time now, RFC 3339. */
  now(): string;
}

/** A create or update under way. */
export interface Call {
  readonly world: World;
  readonly inputs: Properties;
}

/** An update of a resource that exists. */
export interface UpdateCall extends Call {
  readonly old: Stored;
  /** Top-level properties that differ. */
  readonly changed: readonly string[];
}

/** A deletion. */
export interface DeleteCall {
  readonly world: World;
  readonly stored: Stored;
}

/** An input that names another resource; the account refuses a create or update whose reference does not exist. */
export interface Reference {
  /** Dotted path of the input; `[]` stands for every element: `vpcConfig.subnetIds[]`. */
  readonly path: string;
  /** The token of the type that is named. */
  readonly to: string;
  /** Which property of the other resource the input holds; absent: its id. `arn`, `name` … */
  readonly by?: string;
  /** The error AWS answers when nothing of that id exists. */
  readonly missing: (value: string) => AwsError;
  /**
   * The error AWS answers when the *other* resource is deleted while this one still refers to it; absent: the deletion
   * goes through.
   */
  readonly held?: (other: Stored) => AwsError;
  /** True when values that are not of this account (an AWS-managed policy's ARN, `alias/aws/ebs`) must pass. */
  readonly unless?: (value: string) => boolean;
}

/** How one AWS resource type behaves: what it needs, what replaces it, what it refuses, and what AWS answers. */
export interface Behaviour {
  /** The Pulumi token, `aws:ec2/vpc:Vpc`. */
  readonly token: string;
  /** The service as AWS's errors name it: `EC2`, `EKS`, `KMS`. */
  readonly service: string;
  /** The resource as the provider's errors name it: `creating EC2 VPC`. */
  readonly words: string;
  /**
   * Dotted paths whose change replaces the resource; "all" means everything but tags. `region` is always one of them. The
   * end of a path narrows it: `a?` only when it appears or disappears, `a-` only when all of it disappears, `a!` whenever it
   * changes once it was set, `a:x>y` only when it goes from x to y.
   */
  readonly replaces: readonly string[] | "all";
  /**
   * Inputs that say which one thing of AWS's this sets: a bucket's policy, a region's default. A replacement with the same
   * values must delete first, as the deletion would otherwise take away what the creation has just written.
   */
  readonly slot?: readonly string[];
  /** Paths that must be present beyond what the SDK's constructor demands. */
  readonly required?: readonly string[];
  /** The property that Pulumi names by itself when it is absent (`<logical name>-<7 hex digits>`). */
  readonly autoName?: { readonly property: string; readonly transform?: (name: string) => string };
  /** AWS's own defaults for absent inputs, as a read reports them. */
  readonly defaults?: (call: Call) => Properties;
  readonly references?: readonly Reference[];
  /** How long it takes, in AWS minutes; the clock turns them into milliseconds. */
  readonly minutes?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  /** Refuses what AWS refuses: throws an {@link AwsError}. References were already looked up. */
  readonly refuseCreate?: (call: Call) => void;
  readonly refuseUpdate?: (call: UpdateCall) => void;
  readonly refuseDelete?: (call: DeleteCall) => void;
  /** True when the changes need no call, or one that takes no time and gets in nobody's way (tags). */
  readonly isQuiet?: (call: UpdateCall) => boolean;
  /** The id of a new resource. */
  readonly id: (call: Call) => string;
  /** Computed properties: arn and all others the SDK marks as output. Called again after every update. */
  readonly outputs: (call: Call, id: string) => Properties;
  /** Outputs that a preview does not know any more once these properties change; all others keep their last values. */
  readonly renews?: (changed: readonly string[]) => readonly string[];
  /** What AWS makes, changes or takes away besides. */
  readonly afterCreate?: (call: Call, id: string) => void;
  readonly afterUpdate?: (call: UpdateCall) => void;
  readonly afterDelete?: (call: DeleteCall) => void;
  /** "forget" (default): gone. "keep": AWS keeps it (delete is a no-op). "schedule": pending deletion (KMS keys). */
  readonly onDelete?: "forget" | "keep" | "schedule";
  /** True for IAM, Route 53, Shield and other types that belong to no region. */
  readonly global?: boolean;
  /** False where the SDK's documentation says "You cannot import this resource". */
  readonly importable?: false;
  /**
   * Adoption by `import` of a setting that AWS has from the first day (EBS encryption by default …): what a read of this
   * id answers when nothing was stored yet.
   */
  readonly readsWithout?: (
    world: World,
    id: string,
  ) => { readonly id: string; readonly properties: Properties } | undefined;
}

/** The answer to an invoke (`aws:index/getCallerIdentity:getCallerIdentity`); throws an {@link AwsError}. */
export type Invoke = (args: Properties, world: World) => Properties;
