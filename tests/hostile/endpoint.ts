import type { Hostile } from "./row";

const publicFrom = (from: string, reason = "reason: the auditors have no route into the network yet") => ({
  "cluster:": `cluster:\n      endpoint: { access: public, from: ${from}, ${reason} }`,
});

/** The world in every disguise, and other public APIs. */
export const endpoint: readonly Hostile[] = [
  {
    name: "a public API without blocks and reason",
    change: { "cluster:": "cluster:\n      endpoint: { access: public }" },
    paths: ["cluster.endpoint.from", "cluster.endpoint.reason"],
    got: "nothing",
    fix: "write from: [203.0.113.0/28]",
  },
  {
    name: "a public API with an empty list",
    change: publicFrom("[]"),
    paths: ["cluster.endpoint.from"],
    got: "[]",
    fix: "write from: [",
  },
  {
    name: "a public API without a reason worth the name",
    change: publicFrom("[203.0.113.0/28]", 'reason: "              "'),
    paths: ["cluster.endpoint.reason"],
    got: '"   ',
    fix: "write reason: ",
  },
  {
    name: "the world",
    change: publicFrom("[0.0.0.0/0]"),
    paths: ["cluster.endpoint.from", "cluster.endpoint.from[0]"],
    got: "the whole internet",
    fix: "keep the private endpoint",
  },
  {
    name: "the IPv6 world",
    change: publicFrom('["::/0"]'),
    paths: ["cluster.endpoint.from", "cluster.endpoint.from[0]"],
    got: "the whole internet",
    fix: "keep the private endpoint",
  },
  {
    name: "the world in two halves",
    change: publicFrom("[0.0.0.0/1, 128.0.0.0/1]"),
    paths: ["cluster.endpoint.from", "cluster.endpoint.from[0]", "cluster.endpoint.from[1]"],
    got: "the whole internet",
    fix: "keep the private endpoint",
  },
  {
    name: "the world with the bits of a host",
    change: publicFrom("[203.0.113.7/0]"),
    paths: ["cluster.endpoint.from", "cluster.endpoint.from[0]", "cluster.endpoint.from[0]"],
    got: "the whole internet",
    fix: "keep the private endpoint",
  },
  {
    name: "the world as mapped IPv6",
    change: publicFrom('["::ffff:0.0.0.0/96"]'),
    paths: ["cluster.endpoint.from", "cluster.endpoint.from[0]"],
    got: "the whole internet",
    fix: "keep the private endpoint",
  },
  {
    name: "a part of the world as mapped IPv6",
    change: publicFrom('["::ffff:203.0.113.0/124"]'),
    paths: ["cluster.endpoint.from[0]"],
    got: "::ffff:203.0.113.0/124",
    fix: "203.0.113.0/28",
  },
  {
    name: "a third of the world",
    change: publicFrom("[64.0.0.0/2]"),
    paths: ["cluster.endpoint.from[0]"],
    got: "64.0.0.0/2",
    fix: "write the addresses your people",
  },
  {
    name: "neighbours that make a wide block",
    change: publicFrom("[203.0.0.0/20, 203.0.16.0/20]"),
    paths: ["cluster.endpoint.from"],
    got: "203.0.0.0 to 203.0.31.255",
    fix: "keep the private endpoint",
  },
  {
    name: "the bits of a host, a lone address and a repetition",
    change: publicFrom("[203.0.113.7/28, 203.0.113.7, 198.51.100.0/28, 198.51.100.0/28]"),
    paths: ["cluster.endpoint.from[0]", "cluster.endpoint.from[1]", "cluster.endpoint.from[3]"],
    got: "203.0.113.7/28",
    fix: "write - 203.0.113.0/28",
  },
  {
    name: "private addresses as if they restricted anything",
    change: publicFrom("[10.20.0.0/24]"),
    paths: ["cluster.endpoint.from[0]"],
    got: "10.20.0.0/24",
    fix: "remove - 10.20.0.0/24",
  },
  {
    name: "a private API with a list of blocks",
    change: { "cluster:": "cluster:\n      endpoint: { access: private, from: [203.0.113.0/28] }" },
    paths: ["cluster.endpoint.from"],
    got: 'the unknown key "from"',
    fix: 'remove "from"',
  },
];
