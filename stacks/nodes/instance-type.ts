import facts from "../../facts/instance-types.json";

const SIZES = new Map(Object.entries(facts.families).map(([family, sizes]) => [family, sizes.split(" ")]));

/** Every instance type that a pool may have. */
export const INSTANCE_TYPES: ReadonlySet<string> = new Set(
  [...SIZES].flatMap(([family, sizes]) => sizes.map((size) => `${family}.${size}`)),
);

/**
 * The processor of an instance type, which its name tells: a `g` after the generation's digit is Graviton (Amazon EC2
 * instance types guide, "Amazon EC2 instance type naming conventions").
 */
export function architecture(type: string): "x86_64" | "arm64" {
  return /^[a-z]+\d+[a-z]*g/.test(type) ? "arm64" : "x86_64";
}
