import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import type { Inventory, Item, Subject } from "../inventory";
import { isSet } from "../unknown";
import { stepsOf } from "./document";
import { COMPONENT, RECIPE, recipe as base } from "./example";

const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");

/** Where AWS and Canonical publish images for EKS: nobody else can write a public parameter under these names. */
const KNOWN =
  /^ssm:(arn:aws[\w-]*:ssm:[\w-]*::parameter)?\/aws\/service\/(eks\/optimized-ami|canonical\/ubuntu\/eks)\/|^arn:aws[\w-]*:imagebuilder:[\w-]*:aws:image\//;
const document = (...phases: readonly (readonly [phase: string, ...steps: readonly string[]])[]) =>
  JSON.stringify({
    schemaVersion: "1.0",
    phases: phases.map(([name, ...steps]) => ({ name, steps: steps.map((step) => ({ name: step })) })),
  });
const volume = (ebs: object) => ({ ...base, blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";

/** What an image is made of. */
export const recipe: readonly Control[] = [
  resourceControl({
    id: "image-base-known",
    title: "An image is built from one that AWS or Canonical publishes for EKS",
    severity: "critical",
    why: "whoever made the base image is root on every node",
    fix: "let `parentImage` name a parameter under /aws/service/eks/optimized-ami or /aws/service/canonical/ubuntu/eks",
    refs: { catalogue: "EKS-NODE-6", checkov: ["CKV_AWS_386"], trivy: ["AWS-0344"] },
    resource: RECIPE,
    *check({ parentImage }) {
      if (!KNOWN.test(parentImage)) yield { path: "parentImage", message: `nobody answers for ${parentImage}` };
    },
    good: [
      base,
      {
        ...base,
        parentImage: "ssm:/aws/service/canonical/ubuntu/eks/24.04/1.36/stable/current/arm64/hvm/ebs-gp3/ami-id",
      },
    ],
    bad: [
      { ...base, parentImage: "ami-0123456789abcdef0" },
      { ...base, parentImage: "ssm:/golden/eks/optimized-ami/aws/service/" },
    ],
  }),

  resourceControl({
    id: "image-pinned",
    title: "A recipe names its components and itself by full versions",
    severity: "medium",
    why: "with a wildcard the same recipe builds another image tomorrow, and nobody reviewed it",
    fix: "write major.minor.patch without `x`",
    refs: { catalogue: "EKS-NODE-6" },
    resource: RECIPE,
    *check({ version, components }) {
      if (!/^\d+\.\d+\.\d+$/.test(version)) yield { path: "version", message: `the version is ${version}` };
      for (const { componentArn } of components)
        if (!/\/\d+\.\d+\.\d+(\/\d+)?$/.test(componentArn))
          yield { path: "components", message: `${componentArn} is whatever is newest` };
    },
    // The components' ARNs are known once the components exist.
    decidedAt: "up",
    good: [base],
    bad: [
      { ...base, components: [{ componentArn: "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/x.x.x" }] },
      { ...base, version: "1.0.x" },
    ],
  }),

  inventoryControl({
    id: "image-hardened",
    title: "An image is hardened by components of this stack, and each of their steps is tested on the finished image",
    severity: "high",
    why: "what is applied and never looked at has failed silently before anybody needs it",
    fix: "put a component into the recipe whose phase `test` has a step of the same name for every step of `build`",
    refs: { catalogue: "EKS-NODE-18" },
    about: [RECIPE],
    *check(one, inventory) {
      const found = components(one, inventory).map(({ name, inputs }) => ({ name, steps: stepsOf(inputs.data ?? "") }));
      const tested = new Set(found.flatMap(({ steps }) => steps?.test ?? []));
      if (!found.some(({ steps }) => (steps?.build ?? []).length > 0))
        yield "no component of this stack hardens the image";
      for (const { name, steps } of found) {
        if (steps === undefined) yield `component ${name} is no component document`;
        for (const step of (steps?.build ?? []).filter((each) => !tested.has(each)))
          yield `nothing tests what step ${step} of component ${name} did`;
      }
    },
    good: [made(document(["build", "sysctl"], ["validate", "sysctl"]), document(["test", "sysctl"]))],
    bad: [
      made(),
      made(document(["test", "sysctl"])),
      made(document(["build", "sysctl"], ["validate", "sysctl"])),
      made(document(["build", "sysctl", "audit"]), document(["test", "sysctl"])),
      made(document(["build", "sysctl"]), document(["test", "sysctl"]), "no document"),
    ],
  }),

  inventoryControl({
    id: "image-encrypted",
    title: "The volumes of a build, and so its image, are encrypted under a key of this stack",
    severity: "high",
    why: "an image holds what every node holds; without our key whoever copies it reads it",
    fix: "set `encrypted` and `kmsKeyId` for every entry of `blockDeviceMappings`",
    refs: {
      catalogue: "EKS-NODE-7",
      checkov: ["CKV_AWS_199", "CKV_AWS_200", "CKV_AWS_204", "CKV_AWS_205"],
    },
    about: [RECIPE],
    *check(one, inventory) {
      const { blockDeviceMappings: mappings = [] } = one.inputs;
      if (mappings.length === 0)
        yield { path: "blockDeviceMappings", message: "whether the image is encrypted is left to its base" };
      for (const { ebs } of mappings) {
        if (ebs?.encrypted !== "true") yield { path: "blockDeviceMappings", message: "a volume is not encrypted" };
        if (!isSet(ebs, "kmsKeyId")) yield { path: "blockDeviceMappings", message: "a volume has a key of AWS" };
      }
      if (mappings.length > 0 && inventory.linked(one, "blockDeviceMappings", KEY).length === 0)
        yield { path: "blockDeviceMappings", message: "the key is not of this stack" };
    },
    good: [keyed({ encrypted: "true", kmsKeyId })],
    bad: [
      [item(RECIPE, "main", base)],
      keyed({ encrypted: "false", kmsKeyId }),
      keyed({ encrypted: "true" }),
      [item(RECIPE, "main", volume({ encrypted: "true", kmsKeyId }))],
    ],
  }),
];

function components(one: Subject<unknown>, inventory: Inventory) {
  return inventory.linked(one, "components", COMPONENT);
}

function made(...documents: readonly string[]): readonly Item[] {
  const parts = documents.map((data, index) =>
    item(COMPONENT, `main-${index}`, { platform: "Linux", version: "1.0.0", data }),
  );
  return [...parts, item(RECIPE, "main", base, { links: { components: parts } })];
}

function keyed(ebs: object): readonly Item[] {
  const key = item(KEY, "disks", {});
  return [key, item(RECIPE, "main", volume(ebs), { links: { blockDeviceMappings: [key] } })];
}
