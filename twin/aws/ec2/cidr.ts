import { isIPv4, isIPv6 } from "node:net";

/** A block of addresses as numbers, first and last included. */
export interface Cidr {
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
  readonly family: 4 | 6;
}

/** Reads a CIDR; undefined when it is none, or when bits behind the prefix are set. */
export function parse(text: unknown): Cidr | undefined {
  if (typeof text !== "string") return undefined;
  const [address = "", length = ""] = text.split("/");
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (family === undefined || !/^\d{1,3}$/.test(length)) return undefined;

  const bits = family === 4 ? 32 : 128;
  const prefix = Number(length);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = family === 4 ? number4(address) : number6(address);
  return first % size === 0n ? { first, last: first + size - 1n, prefix, family } : undefined;
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when the two share an address. */
export function overlap(one: Cidr, other: Cidr): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** The nth address of an IPv4 block, as text. */
export function addressIn({ first }: Cidr, index: number): string {
  const value = Number(first) + index;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

function number4(address: string): bigint {
  return address.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
}

function number6(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = new Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
