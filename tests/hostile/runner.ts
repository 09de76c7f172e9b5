import type { Hostile } from "./row";

const IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/bulwark/runner";
const DIGEST = "0".repeat(64);

/** Machines that administer a cluster, for the wrong people and by the wrong means. */
export const runner: readonly Hostile[] = [
  {
    name: "a runner's image by tag",
    change: { "image:": `image: ${IMAGE}:latest` },
    paths: ["runner.image"],
    got: ":latest",
    fix: "@sha256:",
  },
  {
    name: "a runner's image from a public registry",
    change: { "image:": `image: docker.io/pulumi/pulumi@sha256:${DIGEST}` },
    paths: ["runner.image"],
    got: "docker.io",
    fix: ".dkr.ecr.",
  },
  {
    name: "a runner's image of another account, in another region",
    change: { "image:": `image: 444455556666.dkr.ecr.us-east-1.amazonaws.com/runner@sha256:${DIGEST}` },
    paths: ["runner.image"],
    got: "444455556666",
    fix: "copy it into a repository of account 111122223333 in eu-central-1",
  },
  {
    name: "a branch in place of a reviewed commit",
    change: { "commit:": "commit: main" },
    paths: ["runner.commit"],
    got: '"main"',
    fix: "write commit:",
  },
  {
    name: "everybody as the pipeline",
    change: { "pipeline:": 'pipeline: "*"' },
    paths: ["runner.pipeline"],
    got: '"*"',
    fix: "write pipeline: arn:aws:iam::",
  },
  {
    name: "every role of a kind as the pipeline",
    change: { "pipeline:": "pipeline: arn:aws:iam::111122223333:role/ci-*" },
    paths: ["runner.pipeline"],
    got: "ci-*",
    fix: "write pipeline: arn:aws:iam::",
  },
  {
    name: "another account's role as the pipeline",
    change: { "pipeline:": "pipeline: arn:aws:iam::444455556666:role/ci" },
    paths: ["runner.pipeline"],
    got: "444455556666",
    fix: "name a role of account 111122223333",
  },
  {
    name: "break-glass as the pipeline",
    change: { "pipeline:": "pipeline: arn:aws:iam::111122223333:role/bulwark-production-break-glass" },
    paths: ["runner.pipeline", "runner.pipeline"],
    got: "break-glass",
    fix: "name the pipeline's own role",
  },
  {
    name: "a persona's role as the pipeline",
    change: {
      "pipeline:":
        "pipeline: arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Sre_0123456789abcdef",
    },
    paths: ["runner.pipeline"],
    got: "AWSReservedSSO_Sre",
    fix: "give the pipeline a role of its own",
  },
  {
    name: "a privileged runner with a password and commands of its archive",
    change: {
      "commit:":
        'commit: "5f3c1d2e4b6a798081929394a5b6c7d8e9f00112"\n      privileged: true\n      environment: { PASSWORD: hunter2hunter2 }\n      buildspec: ci/build.yaml',
    },
    paths: ["runner.privileged", "runner.environment", "runner.buildspec"],
    got: 'the unknown key "privileged"',
    fix: 'remove "privileged"',
  },
  {
    name: "a build that may hang for a day",
    change: { "pipeline:": "pipeline: arn:aws:iam::111122223333:role/ci\n      minutes: 1440" },
    paths: ["runner.minutes"],
    got: "1440",
    fix: "write minutes: 60",
  },
  {
    name: "a second deployer beside the runner",
    change: { "roles:": "deployer: arn:aws:iam::111122223333:role/platform-admin\n      roles:" },
    paths: ["identity.deployer"],
    got: "platform-admin",
    fix: "remove deployer, or remove runner",
  },
  {
    name: "a tunnel with a key pair, a public address and a machine of any size",
    change: { "tunnel:": "tunnel: { keyName: operations, publicAddress: true, instanceType: p5.48xlarge }" },
    paths: ["tunnel.keyName", "tunnel.publicAddress", "tunnel.instanceType"],
    got: 'the unknown key "keyName"',
    fix: 'remove "keyName"',
  },
];
