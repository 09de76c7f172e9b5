import type { Hostile } from "./row";

const ACCOUNT = "account-111122223333-eu-central-1";

/** What has ended, ends soon or never ends. */
export const time: readonly Hostile[] = [
  {
    name: "a version of the future",
    change: { "version:": 'version: "1.99"' },
    paths: ["cluster.version"],
    got: "not in the table",
    fix: 'write version: "1.36"',
  },
  {
    name: "a version whose standard support has ended",
    change: { "version:": 'version: "1.33"' },
    paths: ["cluster.version"],
    got: "ended on 2026-07-29",
    fix: 'write version: "1.36"',
  },
  {
    name: "a version that ends within 90 days",
    change: { "version:": 'version: "1.34"' },
    paths: ["cluster.version"],
    got: "ends on 2026-12-02",
    fix: 'write version: "1.36"',
  },
  {
    name: "a teardown that was declared last year",
    change: {
      "owner:":
        'owner: platform@example.com\n    teardown: { reason: the region is being closed down, by: a@example.com, until: "2025-12-31" }',
    },
    paths: ["teardown.until"],
    got: "2025-12-31",
    fix: "remove what has ended",
  },
  {
    name: "a teardown on a day that does not exist, by nobody",
    change: {
      "owner:":
        'owner: platform@example.com\n    teardown: { reason: the region is being closed down, until: "2027-02-30" }',
    },
    paths: ["teardown.by", "teardown.until"],
    got: "nothing",
    fix: "write by: platform@example.com",
  },
  {
    name: "a day without quotes",
    change: {
      "owner:":
        "owner: platform@example.com\n    teardown: { reason: the region is being closed down, by: a@example.com, until: 2027-01-31 }",
    },
    paths: ["teardown.until"],
    got: "2027-01-31 (without quotes YAML reads a point in time",
    fix: 'quote it: until: "2027-01-31"',
  },
  {
    name: "encryption off for good",
    stack: ACCOUNT,
    change: {
      "owner:":
        'owner: platform@example.com\n    ebsEncryption: { managed: "off", reason: the old images cannot start with it, by: a@example.com, until: "2036-01-01" }',
    },
    paths: ["ebsEncryption.until"],
    got: "2036-01-01",
    fix: 'until: "2027-11-23"',
  },
  {
    name: "encryption off without a word",
    stack: ACCOUNT,
    change: { "owner:": 'owner: platform@example.com\n    ebsEncryption: { managed: "off" }' },
    paths: ["ebsEncryption.reason", "ebsEncryption.by", "ebsEncryption.until"],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "off without quotes",
    stack: ACCOUNT,
    change: { "owner:": "owner: platform@example.com\n    instanceMetadata: { managed: off }" },
    paths: ["instanceMetadata.managed"],
    got: "off (without quotes YAML reads true or false",
    fix: 'quote it: managed: "off"',
  },
  {
    name: "an organisation that nobody names",
    stack: ACCOUNT,
    change: { "owner:": "owner: platform@example.com\n    imageBlockPublicAccess: { managed: organisation }" },
    paths: ["imageBlockPublicAccess.by"],
    got: "nothing",
    fix: "write by: declarative policy",
  },
  {
    name: "a cluster in the account layer",
    stack: ACCOUNT,
    change: { "layer:": "layer: account\n    cluster: { name: production }" },
    paths: ["cluster"],
    got: 'the unknown key "cluster"',
    fix: 'remove "cluster"',
  },
];
