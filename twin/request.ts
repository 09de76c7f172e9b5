import type { Properties } from "./behaviour";

/** What a provider is configured with: the inputs of `aws.Provider` that the account judges or uses. */
export interface Configuration {
  readonly region?: string;
  readonly allowedAccountIds?: readonly string[];
  readonly forbiddenAccountIds?: readonly string[];
  readonly defaultTags?: { readonly tags?: Readonly<Record<string, string>> };
}

/** Which resource a request is about. */
export interface Subject {
  readonly urn: string;
  /** The Pulumi token, `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The logical name; absent: the URN's last part. */
  readonly name?: string;
}

/** Inputs to be judged and completed before anything else is done with them. Secrets' wrappers and unknowns may occur. */
export interface CheckRequest extends Subject {
  readonly news: Properties;
  /** The checked inputs of the last deployment: an automatic name given then is kept. */
  readonly olds?: Properties;
  /** The engine's random seed as hex digits or text; absent: the URN decides the automatic name. */
  readonly randomSeed?: string;
}

/** The engine shows failures against the resource and goes no further; `inputs` carry the automatic name. */
export interface CheckAnswer {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** Old inputs against new ones, both as {@link CheckAnswer} gave them. */
export interface DiffRequest extends Subject {
  readonly id: string;
  readonly oldInputs: Properties;
  /** The properties of the last deployment, for what the provider itself changes (default tags). */
  readonly olds?: Properties;
  readonly news: Properties;
  readonly ignoreChanges?: readonly string[];
}

/** The kind of change at one path, as the engine's detailed diff names it. */
export type Change = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

/** What would change: top-level properties, the ones that replace, and every leaf path with its kind. */
export interface DiffAnswer {
  readonly changes: boolean;
  readonly diffs: readonly string[];
  readonly replaces: readonly string[];
  /** True when old and new are one thing in AWS, of which a later deletion would leave nothing. */
  readonly deleteBeforeReplace: boolean;
  readonly detailed: Readonly<Record<string, Change>>;
}

/** A create; in a preview nothing is recorded and what AWS would answer is unknown. */
export interface CreateRequest extends Subject {
  readonly inputs: Properties;
  readonly preview?: boolean;
}

/** The new id (empty in a preview) and all properties. */
export interface CreateAnswer {
  readonly id: string;
  readonly properties: Properties;
}

/** An update in place. */
export interface UpdateRequest extends Subject {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly olds?: Properties;
  readonly inputs: Properties;
  readonly ignoreChanges?: readonly string[];
  readonly preview?: boolean;
}

/** A read: for a refresh, for `Resource.get`, and for an import. */
export interface ReadRequest extends Subject {
  readonly id: string;
  /** True when nothing but the id is known, as for an import: some types refuse that. @default false */
  readonly importing?: boolean;
  /** What the account answered last, where that is known: a refresh. */
  readonly olds?: Properties;
}

/** What the account holds under an id. */
export interface ReadAnswer {
  readonly id: string;
  readonly inputs: Properties;
  readonly properties: Properties;
}

/** A deletion; deleting what is gone succeeds. */
export interface DeleteRequest extends Subject {
  readonly id: string;
}

/** What is still in the account, by who is to blame for it. */
export interface Leftovers {
  /** Made by a program and not deleted. */
  readonly made: readonly Leftover[];
  /** Made or kept by AWS behind the program's back; the note says why. */
  readonly behindTheBack: readonly Leftover[];
  /** Deleted, and gone only after a waiting period (KMS keys, secrets). */
  readonly scheduled: readonly Leftover[];
}

/** One thing that is left. */
export interface Leftover {
  readonly type: string;
  readonly id: string;
  readonly urn?: string;
  readonly note?: string;
}
