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

/**
 * Answers the block that is one address, counted from the beginning of another block.
 *
 * @param what the block that is counted from, for the error
 * @throws Error for an IPv6 block that is not written with `::` at its end, as AWS writes it
 */
export function addressIn(what: string, cidr: string, index: number): string {
  const [address = "", prefix = ""] = block(what, cidr).split("/");
  if (familyOf(cidr) === "ipv6") {
    if (address.endsWith("::")) return `${address}${index.toString(16)}/128`;
    throw new Error(`${what} must be written from its first address, got "${cidr}"; write it with :: at its end`);
  }
  const written = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(prefix));
  const found = written - (written % size) + index;
  return `${[24, 16, 8, 0].map((bits) => Math.floor(found / 2 ** bits) % 256).join(".")}/32`;
}
