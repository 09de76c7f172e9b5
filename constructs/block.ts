import { isIP } from "node:net";

/**
 * Answers a block of addresses in CIDR form.
 *
 * @param what the thing whose addresses they are, for the error
 * @throws Error for another form, and for the block that is the whole internet
 */
export function block(what: string, cidr: string): string {
  const [address = "", prefix = ""] = cidr.split("/");
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const valid = family > 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
  if (valid && Number(prefix) > 0) return cidr;
  throw new Error(
    `${what} must be a block of addresses such as 10.0.0.0/20 and not the whole internet, got "${cidr}"; write the subnets' blocks`,
  );
}

/** The family that a block's addresses are of. */
export function familyOf(cidr: string): "ipv4" | "ipv6" {
  return cidr.includes(":") ? "ipv6" : "ipv4";
}
