import type { Hostile } from "./row";

/** Who administers, and what tags say. */
export const people: readonly Hostile[] = [
  {
    name: "nobody in charge",
    change: { "- arn:aws:iam::111122223333:role/platform-admin": "" },
    paths: ["access.administrators"],
    got: "nothing",
    fix: "write administrators: [",
  },
  {
    name: "everybody in charge",
    change: { "- arn:aws:iam::111122223333:role/platform-admin": "- arn:aws:iam::111122223333:role/*" },
    paths: ["access.administrators[0]"],
    got: "role/*",
    fix: "write - arn:aws:iam::111122223333:role/platform-admin",
  },
  {
    name: "a star after one letter and one in the path",
    change: {
      "- arn:aws:iam::111122223333:role/platform-admin":
        "- arn:aws:iam::111122223333:role/p*\n        - arn:aws:iam::111122223333:role/teams-*/admin",
    },
    paths: ["access.administrators[0]", "access.administrators[1]"],
    got: "role/p*",
    fix: "name the role",
  },
  {
    name: "administrators of another account",
    change: { "- arn:aws:iam::111122223333:role/platform-admin": "- arn:aws:iam::999988887777:role/platform-admin" },
    paths: ["access.administrators[0]"],
    got: "999988887777",
    fix: "of account 111122223333",
  },
  {
    name: "a user and the root in charge",
    change: {
      "- arn:aws:iam::111122223333:role/platform-admin":
        "- arn:aws:iam::111122223333:user/alice\n        - arn:aws:iam::111122223333:root",
    },
    paths: ["access.administrators[0]", "access.administrators[1]"],
    got: "user/alice",
    fix: "write - arn:",
  },
  {
    name: "a break-glass role of every day",
    change: { "breakGlass:": "breakGlass: arn:aws:iam::111122223333:role/platform-admin" },
    paths: ["access.breakGlass", "identity.breakGlass"],
    got: "role/platform-admin",
    fix: "another role than access.administrators[0]",
  },
  {
    name: "tags that take what is set for them",
    change: { "cost-centre:": "Owner: somebody\n      aws:createdBy: me\n      bulwark:cluster: other" },
    paths: ["tags.Owner", "tags.aws:createdBy", "tags.bulwark:cluster"],
    got: 'a tag named "Owner"',
    fix: 'remove "Owner"',
  },
  {
    name: "tags that are no text or one name twice",
    change: { "cost-centre:": "cost-centre: 4711\n      Cost-Centre: other" },
    paths: ["tags.cost-centre", "tags.cost-centre"],
    got: "4711 (without quotes YAML reads a number",
    fix: 'quote it: cost-centre: "4711"',
  },
];
