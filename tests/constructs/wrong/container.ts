import { Task, WebService } from "../../../constructs";
import { image, type Wrong } from "./row";

/** Wrong uses of what all workloads have in common: image, user, environment, secrets, scratch, resources. */
export const container: readonly Wrong[] = [
  {
    name: "a tag instead of a digest",
    write: (shop) => new Task(shop, "it", { image: "nginx:1.27" }),
    got: '"nginx:1.27"',
    fix: "write name@sha256:<64 hex digits>",
  },
  {
    name: "no tag at all, which means latest",
    write: (shop) => new Task(shop, "it", { image: "nginx" }),
    got: '"nginx"',
    fix: "write name@sha256:",
  },
  {
    name: "a digest cut short",
    write: (shop) => new Task(shop, "it", { image: `nginx@sha256:${"a".repeat(63)}` }),
    got: "nginx@sha256:aaa",
    fix: "<64 hex digits>",
  },
  {
    name: "the user root",
    write: (shop) => new Task(shop, "it", { image, user: 0 }),
    got: "got 0",
    fix: "a number from 1",
  },
  {
    name: "a user that is no number of Linux's",
    write: (shop) => new Task(shop, "it", { image, user: 2 ** 31 }),
    got: "got 2147483648",
    fix: "to 2147483647",
  },
  {
    name: "a credential in the environment",
    write: (shop) => new Task(shop, "it", { image, env: { DB_PASSWORD: "hunter2" } }),
    got: '"DB_PASSWORD"',
    fix: "name it in `secrets`",
  },
  {
    name: "a credential under a harmless name",
    write: (shop) => new Task(shop, "it", { image, env: { DATABASE: "postgres://app:hunter2@db/orders" } }),
    got: '"DATABASE" holds a credential',
    fix: "name it in `secrets`",
  },
  {
    name: "a private key in the environment",
    write: (shop) => new Task(shop, "it", { image, env: { PEM: "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE" } }),
    got: '"PEM" holds a credential',
    fix: "read the file below /run/secrets",
  },
  {
    name: "a variable that no shell knows",
    write: (shop) => new Task(shop, "it", { image, env: { "log-level": "info" } }),
    got: '"log-level"',
    fix: "rename it",
  },
  {
    name: "memory without a unit",
    write: (shop) => new Task(shop, "it", { image, resources: { memory: "256" } }),
    got: '"256"',
    fix: "write for example 256Mi",
  },
  {
    name: "memory in decimal units",
    write: (shop) => new Task(shop, "it", { image, resources: { memory: "256M" } }),
    got: '"256M"',
    fix: "write for example 256Mi",
  },
  {
    name: "processor time with a unit of memory",
    write: (shop) => new Task(shop, "it", { image, resources: { cpu: "1Gi" } }),
    got: '"1Gi"',
    fix: "write for example 250m or 2",
  },
  {
    name: "less processor time at most than was promised",
    write: (shop) => new Task(shop, "it", { image, resources: { cpu: "2", cpuLimit: "500m" } }),
    got: '(2), got "500m"',
    fix: "raise it",
  },
  {
    name: "a scratch folder with a way back up",
    write: (shop) => new Task(shop, "it", { image, scratch: { "/tmp/../etc": "1Mi" } }),
    got: '"/tmp/../etc"',
    fix: "write for example",
  },
  {
    name: "a relative scratch folder",
    write: (shop) => new Task(shop, "it", { image, scratch: { tmp: "1Mi" } }),
    got: '"tmp"',
    fix: "must be an absolute path",
  },
  {
    name: "the whole file system as a scratch folder",
    write: (shop) => new Task(shop, "it", { image, scratch: { "/": "1Mi" } }),
    got: '"/"',
    fix: "write for example",
  },
  {
    name: "scratch without bounds",
    write: (shop) => new Task(shop, "it", { image, scratch: { "/tmp": "" } }),
    got: 'got ""',
    fix: "write for example 256Mi",
  },
  {
    name: "more scratch than the pod may use of the disk",
    write: (shop) => new Task(shop, "it", { image, scratch: { "/tmp": "200Mi", "/run/app": "100Mi" } }),
    got: "200Mi + 100Mi in 256Mi",
    fix: "raise resources.ephemeralStorage",
  },
  {
    name: "two scratch folders that cannot be told apart",
    write: (shop) => new Task(shop, "it", { image, scratch: { "/a-b": "1Mi", "/a/b": "1Mi" } }),
    got: '"scratch-a-b" twice',
    fix: "rename it",
  },
  {
    name: "one secret twice",
    write: (shop) => new Task(shop, "it", { image, secrets: ["key", "key"] }),
    got: '"key"',
    fix: "leave one away",
  },
  {
    name: "a secret's path instead of its name",
    write: (shop) => new Task(shop, "it", { image, secrets: ["../other-tenant/key"] }),
    got: '"../other-tenant/key"',
    fix: "lower-case letters, digits and dashes",
  },
  {
    name: "a port that is none",
    write: (shop) => new WebService(shop, "it", { image, port: 0 }),
    got: "got 0",
    fix: "from 1024 to 65535",
  },
];
