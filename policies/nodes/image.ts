import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { isSet } from "../unknown";
import { base, GROUP, groupOn, TEMPLATE } from "./example";

const BUILT = token<aws.imagebuilder.ImageArgs>("aws:imagebuilder/image:Image");

const AMI = "ami-0123456789abcdef0";
const owned = { imageId: AMI, tags: { "bulwark:image-owner": "099720109477" } };

/** What nodes start from. */
export const image: readonly Control[] = [
  inventoryControl({
    id: "nodes-image-supported",
    title: "Nodes run an image that is made for containers and still patched",
    severity: "high",
    why: "Amazon Linux 2 gets no more fixes, and an image of unknown make may hold anything",
    fix: "set `amiType` to one of BOTTLEROCKET_* or AL2023_*, or to CUSTOM with the template's own `imageId`",
    refs: { catalogue: "EKS-NODE-5", kubescape: ["C-0226"] },
    about: [GROUP],
    *check(group, inventory) {
      const { amiType } = group.inputs;
      if (amiType === undefined) yield { path: "amiType", message: "AWS chooses the image" };
      else if (amiType === "CUSTOM") {
        const templates = inventory.linked(group, "launchTemplate", TEMPLATE);
        if (!templates.some(({ inputs }) => isSet(inputs, "imageId")))
          yield { path: "amiType", message: "the image is one that no template of this stack names" };
      } else if (!/^(BOTTLEROCKET|AL2023)_/.test(amiType))
        yield { path: "amiType", message: `the image is of type ${amiType}` };
    },
    good: [
      [item(GROUP, "main-system", { ...base, amiType: "BOTTLEROCKET_x86_64" })],
      [item(GROUP, "main-system", { ...base, amiType: "AL2023_ARM_64_STANDARD" })],
      groupOn(owned, { amiType: "CUSTOM" }),
    ],
    bad: [
      [item(GROUP, "main-system", base)],
      [item(GROUP, "main-system", { ...base, amiType: "AL2_x86_64" })],
      groupOn({}, { amiType: "CUSTOM" }),
    ],
  }),

  inventoryControl({
    id: "nodes-image-owned",
    title: "An image that is named by id has a known owner, and stays the one that was named",
    severity: "high",
    why: "anybody may publish an image under the name of a vendor; only the owner tells them apart",
    fix: "take the id from `getAmi` with the owner's account and name it in the tag bulwark:image-owner, or from Image Builder",
    refs: { catalogue: "EKS-NODE-6", checkov: ["CKV_AWS_386"], trivy: ["AWS-0344"] },
    about: [TEMPLATE],
    *check(template, inventory) {
      const { inputs } = template;
      if (!isSet(inputs, "imageId") || inventory.linked(template, "imageId", BUILT).length > 0) return;
      if (!/^ami-[0-9a-f]{8,17}$/.test(inputs.imageId ?? ""))
        yield { path: "imageId", message: `the image changes when ${String(inputs.imageId)} does` };
      if (!/^\d{12}$/.test(inputs.tags?.["bulwark:image-owner"] ?? ""))
        yield { path: "imageId", message: "nobody says whose image it is" };
    },
    good: [[item(TEMPLATE, "main-system", {})], [item(TEMPLATE, "main-system", owned)], built()],
    bad: [
      [item(TEMPLATE, "main-system", { imageId: AMI })],
      [item(TEMPLATE, "main-system", { imageId: AMI, tags: { "bulwark:image-owner": "*" } })],
      [item(TEMPLATE, "main-system", { ...owned, imageId: "resolve:ssm:/images/nodes" })],
    ],
  }),
];

function built() {
  const one = item(BUILT, "ubuntu", { infrastructureConfigurationArn: "arn" });
  return [one, item(TEMPLATE, "main-system", { imageId: AMI }, { links: { imageId: [one] } })];
}
