import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { types } from "../facts/taggable-types.json";

/** The tag by which a resource that no state knows, because an update was interrupted, is found again. */
export const URN_TAG = "bulwark:urn";

/** AWS's limit for the value of a tag. */
const LONGEST = 256;
/** Enough to tell any two URNs apart. */
const DIGITS = 16;

const taggable: ReadonlySet<string> = new Set(types);

/**
 * A URN as the value of a tag. A tag takes letters, digits, spaces and `+ - = . _ : / @`, so the `$` between the types of
 * parents becomes a `+`; what is too long or holds other characters ends in a digest, so that two URNs never share a value.
 */
export function urnTag(urn: string): string {
  const plain = urn.replaceAll("$", "+");
  const allowed = plain.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, "_");
  if (allowed === plain && allowed.length <= LONGEST) return allowed;
  const digest = createHash("sha256").update(urn).digest("hex").slice(0, DIGITS);
  return `${allowed.slice(0, LONGEST - DIGITS - 1)}/${digest}`;
}

/** From here on every resource of the running program that takes tags carries its URN in one. */
export function tagWithUrns(): void {
  const stack = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}`;
  // Of each resource the types of its parents and its own, as its URN holds them.
  const chains = new WeakMap<pulumi.Resource, string>();

  pulumi.runtime.registerStackTransformation(({ resource, type, name, props, opts }) => {
    const above = opts.parent && chains.get(opts.parent);
    const chain = above === undefined ? type : `${above}$${type}`;
    chains.set(resource, chain);
    if (!taggable.has(type)) return undefined;
    const value = urnTag(`${stack}::${chain}::${name}`);
    return { props: { ...(props as object), tags: withTag((props as { tags?: Tags }).tags, value) }, opts };
  });
}

type Tags = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** Last, so that nothing else can take its place; plain tags stay plain, which a preview can judge. */
function withTag(tags: Tags | undefined, value: string): Tags {
  if (!pulumi.Output.isInstance(tags) && !(tags instanceof Promise)) return { ...tags, [URN_TAG]: value };
  return pulumi.output(tags).apply((known) => ({ ...known, [URN_TAG]: value }));
}
