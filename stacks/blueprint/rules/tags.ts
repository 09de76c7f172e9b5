import type { Findings, Rule } from "./rule";

/** Set by the program itself; a free tag of the same name would say two things at once. */
const RESERVED = ["owner", "environment", "data-classification"];

/**
 * Tags by which controllers know what is theirs. On everything, as free tags are, they would hand Karpenter instances and
 * security groups that it must neither end nor use.
 */
const CONTROLLERS = /(^|\.)(kubernetes\.io|k8s\.io|k8s\.aws|karpenter\.sh)\/|^eks:/;

/** AWS allows 50 tags on a resource (Tagging AWS Resources, tag naming limits); ten are left for those set for you. */
const MOST = 40;

function* tag(key: string, value: string | undefined, keys: readonly string[]): Findings {
  const path = ["tags", key];
  const name = key.toLowerCase();
  const got = `a tag named "${key.slice(0, 60)}"`;
  if (name.startsWith("aws:") || name.startsWith("bulwark:"))
    yield {
      path,
      got,
      allowed: "names without the prefixes aws: and bulwark:, which belong to AWS and to this program",
      fix: `rename "${key}"`,
    };
  if (CONTROLLERS.test(name))
    yield {
      path,
      got,
      allowed:
        "names without the prefixes kubernetes.io/, karpenter.sh/ and eks:, by which controllers know what is theirs",
      fix: `rename "${key}"`,
    };
  if (RESERVED.includes(name))
    yield {
      path,
      got,
      allowed: `names other than ${RESERVED.join(", ")}, which the blueprint sets itself`,
      fix: `remove "${key}"`,
    };
  if (key.length === 0 || key.length > 128 || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(key))
    yield {
      path,
      got,
      allowed: "names of 1 to 128 letters, digits, spaces and _ . : / = + - @",
      fix: "write a shorter or plainer name",
    };
  // IAM compares names without regard to case and refuses the second one, long after the first resource exists.
  const twin = keys.find((other) => other !== key && other.toLowerCase() === name);
  if (twin !== undefined && twin < key)
    yield {
      path,
      got,
      allowed: "names that differ in more than upper and lower case",
      fix: `remove "${key}" or "${twin}"`,
    };
  if (value !== undefined && (value.length > 256 || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value)))
    yield {
      path,
      allowed: "values of at most 256 letters, digits, spaces and _ . : / = + - @",
      fix: "write a shorter or plainer value",
    };
}

/** Free tags fit AWS's limits and take nothing that the program sets. */
export const tags: Rule = function* (blueprint) {
  if (!("tags" in blueprint)) return;
  const { tags = {} } = blueprint;
  const keys = Object.keys(tags);
  if (keys.length > MOST)
    yield {
      path: ["tags"],
      got: `${keys.length} tags`,
      allowed: `at most ${MOST} tags`,
      fix: `remove ${keys.length - MOST} of them`,
    };
  for (const [key, value] of Object.entries(tags)) yield* tag(key, value, keys);
};
