import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item } from "../control";
import type { Item, Subject } from "../inventory";
import { cloudConfig, multipart, nodeConfig } from "../user-data/example";
import { readUserData } from "../user-data/read";
import { base, GROUP, groupOn, TEMPLATE } from "./example";

/** The label that pods find their nodes by when they need AppArmor or SELinux. */
const LABEL = "bulwark/image-family";

/** What a node's label says of the kernel below it. */
export const family: readonly Control[] = [
  inventoryControl({
    id: "nodes-image-family",
    title: "Every node group says truly from which family of images its nodes are started",
    severity: "medium",
    why: "a pod that names an AppArmor profile is refused again and again on a node that only claims to have AppArmor, and an SELinux type is enforced nowhere but on Bottlerocket",
    fix: "label the group `bulwark/image-family` with bottlerocket, al2023 or ubuntu, as its `amiType` or its user data says",
    refs: {},
    decidedAt: "up",
    about: [GROUP],
    *check(group, inventory) {
      const said = group.inputs.labels?.[LABEL];
      if (said === undefined) {
        yield { path: "labels", message: `the label ${LABEL} is not there` };
        return;
      }
      const is = familyOf(group, inventory.linked(group, "launchTemplate", TEMPLATE));
      if (is === undefined) yield { path: "labels", message: `nobody can tell whether the nodes are ${said}` };
      else if (is !== said) yield { path: "labels", message: `the nodes are ${is}, and their label says ${said}` };
    },
    good: [
      labelled("bottlerocket", "BOTTLEROCKET_x86_64"),
      labelled("al2023", "AL2023_ARM_64_STANDARD"),
      custom("ubuntu", cloudConfig({})),
      custom("al2023", nodeConfig({})),
    ],
    bad: [
      [item(GROUP, "main-system", { ...base, amiType: "BOTTLEROCKET_x86_64" })],
      labelled("ubuntu", "BOTTLEROCKET_x86_64"),
      labelled("bottlerocket", "AL2023_x86_64_STANDARD"),
      custom("ubuntu", nodeConfig({})),
      custom("bottlerocket", multipart("text/x-shellscript", "#!/bin/bash")),
      custom("ubuntu", {}),
    ],
  }),
];

/** EKS's own images by their type; others by the language of what their nodes are told, which no other family speaks. */
function familyOf(
  { inputs: { amiType = "" } }: Subject<NodeGroup>,
  templates: readonly Subject<Template>[],
): string | undefined {
  if (amiType.startsWith("BOTTLEROCKET_")) return "bottlerocket";
  if (amiType.startsWith("AL2023_")) return "al2023";
  const [template] = templates;
  if (amiType !== "CUSTOM" || template === undefined) return undefined;
  const read = readUserData(template.inputs.userData);
  switch (read.kind) {
    case "cloud-config":
      return "ubuntu";
    case "node-config":
      return read.configs.length > 0 ? "al2023" : undefined;
    case "bottlerocket":
      return read.settings === undefined ? undefined : "bottlerocket";
    case "other":
      return undefined;
  }
}

type NodeGroup = NonNullable<(typeof GROUP)["inputs"]>;
type Template = NonNullable<(typeof TEMPLATE)["inputs"]>;

function labelled(said: string, amiType: string): readonly Item[] {
  return [item(GROUP, "main-system", { ...base, amiType, labels: { [LABEL]: said } })];
}

function custom(said: string, told: Pick<aws.ec2.LaunchTemplateArgs, "userData">): readonly Item[] {
  return groupOn(told, { amiType: "CUSTOM", labels: { [LABEL]: said } });
}
