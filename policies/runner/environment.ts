import { type Control, inventoryControl, resourceControl } from "../control";
import type { Inventory } from "../inventory";
import { ACCOUNT, base, IMAGE, PROJECT, projectOf, PROVIDER } from "./example";

const environment = (more: object) => ({ ...base, environment: { ...base.environment, ...more } });
const variable = (type?: string) => ({ name: "DATABASE_PASSWORD", value: "x", ...(type !== undefined && { type }) });

/** What builds run in. */
export const environments: readonly Control[] = [
  inventoryControl({
    id: "runner-image-pinned",
    title: "Builds run in one image, by digest, out of our own registry",
    severity: "critical",
    why: "a build administers the cluster; whoever may move a tag, or owns the registry, decides what it does",
    fix: "name an image in Amazon ECR of this account by @sha256 and set `imagePullCredentialsType: SERVICE_ROLE`",
    refs: {},
    about: [PROJECT],
    *check({ inputs }, inventory) {
      const { image, imagePullCredentialsType: how } = inputs.environment;
      const [, owner] =
        /^(\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[^@:]+@sha256:[0-9a-f]{64}$/.exec(image) ?? [];
      if (owner === undefined)
        yield { path: "environment.image", message: `${image} is not an image of Amazon ECR by digest` };
      else if (!ownAccounts(inventory).includes(owner))
        yield { path: "environment.image", message: `the image belongs to account ${owner}` };
      if (how !== "SERVICE_ROLE")
        yield { path: "environment.imagePullCredentialsType", message: "CodeBuild fetches the image as itself" };
    },
    good: [projectOf(environment({ imagePullCredentialsType: "SERVICE_ROLE" }))],
    bad: [
      projectOf({}),
      projectOf(environment({ image: "aws/codebuild/standard:7.0", imagePullCredentialsType: "SERVICE_ROLE" })),
      projectOf(environment({ image: IMAGE.replace(/@.*/, ":latest"), imagePullCredentialsType: "SERVICE_ROLE" })),
      projectOf(
        environment({ image: IMAGE.replace(ACCOUNT, "444455556666"), imagePullCredentialsType: "SERVICE_ROLE" }),
      ),
      projectOf(
        environment({ image: `pulumi/pulumi@sha256:${"0".repeat(64)}`, imagePullCredentialsType: "SERVICE_ROLE" }),
      ),
    ],
  }),

  resourceControl({
    id: "runner-unprivileged",
    title: "Builds are not privileged",
    severity: "high",
    why: "a privileged build is root on the machine under it, with everything that AWS left there",
    fix: "leave `privilegedMode` and `dockerServer` out; build images elsewhere",
    refs: { checkov: ["CKV_AWS_316"] },
    resource: PROJECT,
    *check({ environment: { privilegedMode, dockerServer } }) {
      if (privilegedMode === true) yield { path: "environment.privilegedMode", message: "builds are privileged" };
      if (dockerServer !== undefined)
        yield { path: "environment.dockerServer", message: "builds command a machine that runs containers" };
    },
    good: [base, environment({ privilegedMode: false })],
    bad: [
      environment({ privilegedMode: true }),
      environment({ dockerServer: { computeType: "BUILD_GENERAL1_SMALL" } }),
    ],
  }),

  resourceControl({
    id: "runner-no-plaintext",
    title: "A project holds no values of variables",
    severity: "high",
    why: "whoever may list projects reads them, and every build prints them one day",
    fix: "keep secrets in AWS Secrets Manager, and say what is no secret in the commands",
    refs: {},
    resource: PROJECT,
    *check({ environment: { environmentVariables } }) {
      for (const { name, type } of environmentVariables ?? [])
        if (type === undefined || type === "PLAINTEXT")
          yield { path: "environment.environmentVariables", message: `${name} stands there for everybody to read` };
    },
    good: [base, environment({ environmentVariables: [variable("SECRETS_MANAGER")] })],
    bad: [
      environment({ environmentVariables: [variable()] }),
      environment({ environmentVariables: [variable("SECRETS_MANAGER"), variable("PLAINTEXT")] }),
    ],
  }),
];

/** The accounts that the stack is bound to; providers get every input that is no string as JSON text. */
function ownAccounts(inventory: Inventory): readonly unknown[] {
  return inventory.all(PROVIDER).flatMap(({ inputs: { allowedAccountIds } }) => {
    const list: unknown = typeof allowedAccountIds === "string" ? JSON.parse(allowedAccountIds) : allowedAccountIds;
    return Array.isArray(list) ? (list as readonly unknown[]) : [];
  });
}
