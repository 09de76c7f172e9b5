/** A block of addresses: its family's width, the number of its first address, and how many leading bits are fixed. */
export interface Block {
  readonly width: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

// Shorter prefixes than these hold so much of the internet that calling them a restriction would be a pretence.
const WORLDLY = { 32: 8, 128: 16 } as const;

/** Reads `10.0.0.0/8` or `2001:db8::/32`; host bits are cleared, as AWS does. Throws on anything else. */
export function parseBlock(text: string): Block {
  const [address = "", bits, ...rest] = text.trim().split("/");
  const width = address.includes(":") ? 128 : 32;
  const prefix = bits === undefined ? width : Number(bits);
  if (rest.length > 0 || !/^\d*$/.test(bits ?? "") || bits === "" || prefix > width) throw malformed(text);
  const host = BigInt(width - prefix);
  const number = width === 32 ? fromIpv4(address, text) : fromIpv6(address, text);
  return { width, first: (number >> host) << host, prefix };
}

/** True when every address of the inner block lies in the outer one. */
export function contains(outer: Block, inner: Block): boolean {
  if (outer.width !== inner.width || outer.prefix > inner.prefix) return false;
  const host = BigInt(outer.width - outer.prefix);
  return inner.first >> host === outer.first >> host;
}

/** The fewest blocks that hold the same addresses: contained blocks vanish, two halves become their whole. */
export function merge(blocks: readonly Block[]): Block[] {
  const merged: Block[] = [];
  for (const block of [...blocks].sort(byPosition)) {
    const last = merged.at(-1);
    if (last !== undefined && contains(last, block)) continue;
    merged.push(block);
    joinHalves(merged);
  }
  return merged;
}

/** The blocks that together reach (nearly) everybody: `0.0.0.0/1` beside `128.0.0.0/1` is the world as much as `::/0`. */
export function worldly(cidrs: readonly string[]): boolean {
  return merge(cidrs.map(parseBlock)).some(({ width, prefix }) => prefix < WORLDLY[width]);
}

function joinHalves(merged: Block[]): void {
  for (;;) {
    const [left, right] = merged.slice(-2);
    if (left === undefined || right === undefined) return;
    const whole = { width: left.width, first: left.first, prefix: left.prefix - 1 };
    const aligned = ((left.first >> BigInt(left.width - left.prefix)) & 1n) === 0n;
    if (left.prefix !== right.prefix || left.prefix === 0 || !aligned || !contains(whole, right)) return;
    merged.splice(-2, 2, whole);
  }
}

function byPosition(a: Block, b: Block): number {
  if (a.width !== b.width) return a.width - b.width;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}

function fromIpv4(address: string, text: string): bigint {
  const parts = address.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) throw malformed(text);
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function fromIpv6(address: string, text: string): bigint {
  const [head = "", tail, ...rest] = address.split("::");
  if (rest.length > 0) throw malformed(text);
  const left = groups(head, text);
  const right = tail === undefined ? [] : groups(tail, text);
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) throw malformed(text);
  return [...left, ...Array<bigint>(missing).fill(0n), ...right].reduce((sum, group) => (sum << 16n) | group, 0n);
}

function groups(text: string, whole: string): bigint[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (group.includes(".")) {
      const number = fromIpv4(group, whole);
      return [number >> 16n, number & 0xffffn];
    }
    if (!/^[0-9a-f]{1,4}$/i.test(group)) throw malformed(whole);
    return [BigInt(`0x${group}`)];
  });
}

function malformed(text: string): Error {
  return new Error(`"${text}" is not a CIDR block; write it as 10.0.0.0/16 or 2001:db8::/32`);
}
