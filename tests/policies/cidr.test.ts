import fc from "fast-check";

import { type Block, contains, merge, parseBlock, worldly } from "../../policies/cidr";

const block = fc.constantFrom<32 | 128>(32, 128).chain((width) =>
  fc
    .record({
      prefix: fc.integer({ min: 0, max: width }),
      bits: fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }),
    })
    .map(({ prefix, bits }): Block => {
      const host = BigInt(width - prefix);
      return { width, prefix, first: (bits >> host) << host };
    }),
);
const addresses = (one: Block): Block[] => {
  const size = 1n << BigInt(one.width - one.prefix);
  return [one.first, one.first + size - 1n, one.first + size / 2n].map((first) => ({
    width: one.width,
    first,
    prefix: one.width,
  }));
};
const holds = (blocks: readonly Block[], address: Block) => blocks.some((one) => contains(one, address));

/** Cuts a block into pieces that together are the block again. */
function cut(one: Block, turns: readonly boolean[]): Block[] {
  const [left, ...rest] = turns;
  if (left === undefined || one.prefix >= one.width) return [one];
  const prefix = one.prefix + 1;
  const halves = [one.first, one.first + (1n << BigInt(one.width - prefix))].map((first): Block => ({
    width: one.width,
    first,
    prefix,
  }));
  const [kept, again] = left ? [halves[0], halves[1]] : [halves[1], halves[0]];
  return [kept, ...(again === undefined ? [] : cut(again, rest))].filter((half) => half !== undefined);
}

describe("blocks of addresses", () => {
  it("merge to fewer blocks that hold the same addresses", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const merged = merge(blocks);
        expect(merged.length).toBeLessThanOrEqual(blocks.length);
        for (const address of blocks.flatMap(addresses)) expect(holds(merged, address)).toBe(true);
        for (const address of merged.flatMap(addresses)) expect(holds(blocks, address)).toBe(true);
        expect(merge(merged)).toEqual(merged);
      }),
    );
  });

  it("are whole again however they were cut and shuffled", () => {
    fc.assert(
      fc.property(block, fc.array(fc.boolean(), { maxLength: 20 }), fc.nat(), (one, turns, seed) => {
        const pieces = cut(one, turns);
        const turned = [...pieces.slice(seed % pieces.length), ...pieces.slice(0, seed % pieces.length)];
        expect(merge(turned)).toEqual([one]);
      }),
    );
  });

  it.each(
    [
      ["0.0.0.0/0"],
      ["::/0"],
      ["0.0.0.0/1", "128.0.0.0/1"],
      ["128.0.0.0/2", "0.0.0.0/1", "192.0.0.0/2"],
      ["::/1"],
      ["2000::/3"],
      ["10.0.0.0/8", "64.0.0.0/2"],
      [Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`)].flat(),
    ].map((cidrs) => [cidrs]),
  )("see the world in %j", (cidrs) => {
    expect(worldly(cidrs)).toBe(true);
  });

  it.each([
    [[]],
    [["10.0.0.0/8"]],
    [["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]],
    [["2001:db8::/32", "fd00::/16"]],
  ])("see no world in %j", (cidrs) => {
    expect(worldly(cidrs)).toBe(false);
  });

  it.each([
    "10.0.0.0/33",
    "10.0.0/8",
    "10.0.0.256/32",
    "::1::/64",
    "fe80::/129",
    "example.com",
    "10.0.0.0/",
    "1:2:3:4:5:6:7/64",
    "10.0.0.0/8/8",
  ])("refuse %s", (text) => {
    expect(() => parseBlock(text)).toThrow("is not a CIDR block");
  });

  it("read an IPv4 address inside an IPv6 one", () => {
    expect(parseBlock("::ffff:10.0.0.1/128")).toEqual(parseBlock("::ffff:a00:1"));
  });
});
