/** A block of addresses, IPv4 or IPv6, as the range it really is. */
export interface Block {
  readonly family: 4 | 6;
  readonly prefix: number;
  /** The first address of the block. */
  readonly first: bigint;
  /** The last address of the block, itself included. */
  readonly last: bigint;
  /** The address as it was written; above `first` when bits of a host were left in it. */
  readonly written: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

const address4 = (text: string): bigint | undefined => {
  const octets = text.split(".");
  // A leading zero means octal to some readers and decimal to others, so it means nothing here.
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256))
    return undefined;
  return octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
};

const groups6 = (text: string): bigint[] | undefined => {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const tail = part.includes(".") && index === parts.length - 1 ? address4(part) : undefined;
    if (tail !== undefined) groups.push(tail >> 16n, tail & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
};

const address6 = (text: string): bigint | undefined => {
  const halves = text.split("::");
  const [head, tail] = [groups6(halves[0] ?? ""), groups6(halves[1] ?? "")];
  if (halves.length > 2 || !head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...tail];
  return groups.reduce((sum, group) => sum * 0x10000n + group, 0n);
};

/** The block of a family that begins at or holds an address; the prefix must fit the family. */
export function blockAt(family: 4 | 6, address: bigint, prefix: number): Block {
  const size = 1n << BigInt(BITS[family] - prefix);
  const first = address - (address % size);
  return { family, prefix, first, last: first + size - 1n, written: address };
}

/** Reads `10.20.0.0/16` or `2001:db8::/32`; anything else, a lone address included, is undefined. */
export function parseBlock(text: string): Block | undefined {
  const [address = "", digits = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const family = address.includes(":") ? 6 : 4;
  const value = family === 6 ? address6(address) : address4(address);
  const prefix = Number(digits);
  return value === undefined || prefix > BITS[family] ? undefined : blockAt(family, value, prefix);
}

/** Like {@link parseBlock}, for text that was already checked: throws on anything that is no block. */
export function block(text: string): Block {
  const parsed = parseBlock(text);
  if (!parsed)
    throw new Error(`a CIDR block is an address, a slash and a prefix length, got "${text}"; write 10.20.0.0/16`);
  return parsed;
}

const format6 = (address: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  // RFC 5952: the longest run of two or more zero groups becomes "::", the first one of equals.
  const runs = [...groups.join(":").matchAll(/\b0(:0)+\b/g)].map(([run]) => run);
  const longest = runs.reduce<string>((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return groups.join(":");
  return groups.join(":").replace(new RegExp(`(^|:)${longest}(:|$)`), "::");
};

/** An address as text: dotted for IPv4, RFC 5952 for IPv6. */
export function formatAddress(family: 4 | 6, address: bigint): string {
  if (family === 6) return format6(address);
  return [24n, 16n, 8n, 0n].map((shift) => ((address >> shift) & 0xffn).toString()).join(".");
}

/** The one way to write a block: first address, no bits of a host, shortest form. */
export function canonical({ family, first, prefix }: Block): string {
  return `${formatAddress(family, first)}/${prefix}`;
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when the blocks share an address. */
export function overlaps(a: Block, b: Block): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}
