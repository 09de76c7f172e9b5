import type { Hostile } from "./row";

/** Keys beside the blueprint. */
export const settings: readonly Hostile[] = [
  {
    name: "a misspelt configuration key",
    change: { "config:": "config:\n  bulwark:blueprnt: {}" },
    paths: ["bulwark:blueprnt"],
    got: 'the unknown key "bulwark:blueprnt"',
    fix: 'did you mean "bulwark:blueprint"',
  },
  {
    name: "a region for the provider nobody uses",
    change: { "config:": "config:\n  aws:region: us-east-1" },
    paths: ["aws:region"],
    got: "aws:region",
    fix: "pulumi config rm aws:region",
  },
  {
    name: "credential checks switched off beside two more mistakes",
    change: {
      "config:": 'config:\n  aws:skipCredentialsValidation: "true"',
      "version:": "version: 1.36",
      "cidr:": "cidr: 8.8.0.0/16",
    },
    paths: ["aws:skipCredentialsValidation", "network.cidr", "cluster.version"],
    got: "aws:skipCredentialsValidation",
    fix: "remove it",
  },
];
