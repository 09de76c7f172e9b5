import type { Hostile } from "./row";

const hosts = (list: string) => ({ "hosts:": `hosts: ${list}` });
const exposure = (text: string) => ({ "exposure:": `exposure: ${text}` });
const shield = (text: string) => ({ "shield:": text === "" ? "" : `shield: ${text}` });
const waf = (text: string) => ({ "hosts:": `waf: ${text}\n      hosts: [shop.example.com]` });
const internet = (from: string) => exposure(`{ to: internet, reason: customers come from everywhere, from: ${from} }`);
const trial = 'action: count, reason: uploads of the shop are being measured, by: a@example.com, until: "2027-01-31"';

/** Doors that are wider than they look. */
export const edge: readonly Hostile[] = [
  {
    name: "a certificate for every name there is",
    change: hosts('["*.example.com"]'),
    paths: ["edge.hosts[0]"],
    got: "*.example.com",
    fix: "write the hosts one by one",
  },
  {
    name: "an edge without hosts",
    change: hosts("[]"),
    paths: ["edge.hosts"],
    got: "[]",
    fix: "write hosts: [shop.example.com]",
  },
  {
    name: "a host of another zone, one twice and one that is an address of the web",
    change: hosts('[shop.example.org, pay.example.com, pay.example.com, "https://example.com"]'),
    paths: ["edge.hosts[0]", "edge.hosts[2]", "edge.hosts[3]"],
    got: "shop.example.org",
    fix: "write - shop.example.com",
  },
  {
    name: "a host that only ends like the zone",
    change: hosts("[evilexample.com]"),
    paths: ["edge.hosts[0]"],
    got: "evilexample.com",
    fix: "write - evilexample.example.com",
  },
  {
    name: "a first host that no certificate can carry as its name",
    change: hosts(`[${"a".repeat(60)}.example.com]`),
    paths: ["edge.hosts[0]"],
    got: "a first name of 72 characters",
    fix: "write a shorter name first",
  },
  {
    name: "a zone of a whole registry",
    change: { "zone:": "zone: { mode: create, name: COM }" },
    paths: ["edge.zone.name"],
    got: "COM",
    fix: "write name: example.com",
  },
  {
    name: "an existing zone without id",
    change: { "zone:": "zone: { mode: existing, name: example.com }" },
    paths: ["edge.zone.id"],
    got: "nothing",
    fix: "write id: Z0123456789EXAMPLE",
  },
  {
    name: "the internet without a reason",
    change: exposure("{ to: internet }"),
    paths: ["edge.exposure.reason"],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "a restriction to the whole internet",
    change: internet("[0.0.0.0/1, 128.0.0.0/1]"),
    paths: ["edge.exposure.from", "edge.exposure.from[0]", "edge.exposure.from[1]"],
    got: "the whole internet",
    fix: "remove `from`",
  },
  {
    name: "private addresses as visitors from the internet",
    change: internet("[10.20.0.0/16, 203.0.113.7/28, 203.0.113.9]"),
    paths: ["edge.exposure.from[0]", "edge.exposure.from[1]", "edge.exposure.from[2]"],
    got: "10.20.0.0/16",
    fix: "remove - 10.20.0.0/16",
  },
  {
    name: "an internal load balancer for an address of the internet",
    change: exposure("{ to: internal, from: [203.0.113.0/28] }"),
    paths: ["edge.exposure.from[0]"],
    got: "203.0.113.0/28",
    fix: "remove - 203.0.113.0/28",
  },
  {
    name: "a load balancer of the internet in a network without one",
    change: { "cidr:": "cidr: 10.20.0.0/16\n      nat: none", "images:": "", "- family:": "" },
    paths: ["edge.exposure.to"],
    got: "internet",
    fix: "write to: internal",
  },
  {
    name: "production on the internet without a word about Shield",
    change: shield(""),
    paths: ["edge.shield"],
    got: "nothing",
    fix: "write shield: { advanced: refused",
  },
  {
    name: "production on the internet that says it has not decided on Shield",
    change: shield("{ advanced: undecided }"),
    paths: ["edge.shield"],
    got: '{"advanced":"undecided"}',
    fix: "write shield: { advanced: refused",
  },
  {
    name: "Shield Advanced without acknowledging its term and price",
    change: shield("{ advanced: subscribe, by: a@example.com }"),
    paths: ["edge.shield.acknowledged"],
    got: "nothing",
    fix: 'write acknowledged: "one year at 3000 USD a month',
  },
  {
    name: "Shield Advanced acknowledged with a shrug",
    change: shield("{ advanced: subscribe, acknowledged: yes, by: nobody }"),
    paths: ["edge.shield.acknowledged", "edge.shield.by"],
    got: "yes",
    fix: 'write acknowledged: "one year at 3000 USD a month',
  },
  {
    name: "Shield Advanced refused by nobody for no reason",
    change: shield("{ advanced: refused }"),
    paths: ["edge.shield.reason", "edge.shield.by"],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "Shield Advanced for what the internet cannot reach",
    change: {
      ...exposure("{ to: internal }"),
      ...shield(
        '{ advanced: subscribe, acknowledged: "one year at 3000 USD a month, renewed until cancelled", by: a@example.com }',
      ),
    },
    paths: ["edge.shield.advanced"],
    got: "subscribe",
    fix: "remove `shield`",
  },
  {
    name: "a response team that may act and has nobody to call",
    change: shield(
      "{ advanced: subscribed, responseTeam: { access: granted, supportPlan: business, contacts: [], reason: we want to be called first, by: a@example.com } }",
    ),
    paths: ["edge.shield.responseTeam.contacts"],
    got: "[]",
    fix: 'write contacts: [{ email: on-call@example.com, phone: "+4930123456" }]',
  },
  {
    name: "a response team for whoever, on no support plan",
    change: shield("{ advanced: subscribed, responseTeam: { access: granted, supportPlan: basic } }"),
    paths: [
      "edge.shield.responseTeam.contacts",
      "edge.shield.responseTeam.reason",
      "edge.shield.responseTeam.by",
      "edge.shield.responseTeam.supportPlan",
    ],
    got: "nothing",
    fix: "write contacts: ",
  },
  {
    name: "phones that nobody reaches from abroad, and one that rings twice",
    change: shield(
      '{ advanced: subscribed, responseTeam: { access: granted, supportPlan: enterprise, reason: we want to be called first, by: a@example.com, contacts: [{ email: a@example.com, phone: 030 123456 }, { email: b@example.com, phone: "+4930123456" }, { email: c@example.com, phone: "+4930123456" }, { email: d@example.com }] } }',
    ),
    paths: [
      "edge.shield.responseTeam.contacts[0].phone",
      "edge.shield.responseTeam.contacts[2]",
      "edge.shield.responseTeam.contacts[3].phone",
    ],
    got: "030 123456",
    fix: 'write phone: "+4930123456"',
  },
  {
    name: "a response team without the subscription that pays it",
    change: shield(
      "{ advanced: refused, reason: the shop earns less than it costs, by: a@example.com, responseTeam: { access: granted } }",
    ),
    paths: ["edge.shield.responseTeam"],
    got: 'the unknown key "responseTeam"',
    fix: 'remove "responseTeam"',
  },
  {
    name: "rules that only count, for ever",
    change: waf("{ botControl: { action: count } }"),
    paths: ["edge.waf.botControl.reason", "edge.waf.botControl.by", "edge.waf.botControl.until"],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "rules that counted until last year",
    change: waf(
      `{ bodySize: { ${trial.replace("2027-01-31", "2025-01-31")} }, challenge: { ${trial.replace("2027-01-31", "2036-01-31")} } }`,
    ),
    paths: ["edge.waf.bodySize.until", "edge.waf.challenge.until"],
    got: "2025-01-31",
    fix: "remove what has ended",
  },
  {
    name: "bodies of any size, for ever",
    change: waf("{ bodySize: { action: none } }"),
    paths: ["edge.waf.bodySize.action"],
    got: "none",
    fix: "write action: block",
  },
  {
    name: "no limit of requests worth the name",
    change: waf("{ rateLimit: 2000000 }"),
    paths: ["edge.waf.rateLimit"],
    got: "2000000",
    fix: "write rateLimit: 2000",
  },
  {
    name: "a web ACL switched off",
    change: waf("{ enabled: false, commonRules: count }"),
    paths: ["edge.waf.enabled", "edge.waf.commonRules"],
    got: 'the unknown key "enabled"',
    fix: 'remove "enabled"',
  },
  {
    name: "a TLS policy of one's own",
    change: { "hosts:": "sslPolicy: ELBSecurityPolicy-2016-08\n      hosts: [shop.example.com]" },
    paths: ["edge.sslPolicy"],
    got: 'the unknown key "sslPolicy"',
    fix: 'remove "sslPolicy"',
  },
];
