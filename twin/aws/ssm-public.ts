import { createHash } from "node:crypto";

import type { World } from "../behaviour";

const KUBERNETES = "1\\.3[456]";

// Names as AWS and the images' makers publish them; the ids behind them are stand-ins, the same for the same name.
const BOTTLEROCKET = new RegExp(
  `^/aws/service/bottlerocket/aws-k8s-(${KUBERNETES})(-nvidia|-fips)?/(x86_64|arm64)/latest/(image_id|image_version)$`,
);
const AMAZON = new RegExp(
  `^/aws/service/eks/optimized-ami/(${KUBERNETES})/amazon-linux-2023/` +
    `(x86_64/standard|arm64/standard|x86_64/nvidia|arm64/nvidia|x86_64/neuron)/recommended(?:/(image_id|release_version|image_name))?$`,
);
// Not verified: Canonical's names.
const UBUNTU = new RegExp(
  `^/aws/service/canonical/ubuntu/eks/(22\\.04|24\\.04)/(${KUBERNETES})/stable/current/(amd64|arm64)/hvm/(ebs-gp2|ebs-gp3)/ami-id$`,
);

// Of Amazon Linux itself (Amazon Linux 2023 user guide, "Launching AL2023 using the SSM parameter").
const LINUX = /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-(minimal-)?kernel-default-(x86_64|arm64)$/;

/** The value of a parameter that AWS publishes for everyone, or undefined when it publishes none of that name. */
export function publicParameter(name: string, world: World): string | undefined {
  const image = imageId(name.replace(/\/[a-z_]+$/, ""), world.region);

  const bottlerocket = BOTTLEROCKET.exec(name);
  if (bottlerocket) return bottlerocket[4] === "image_id" ? image : "1.53.0-0f1a2b3c";

  const amazon = AMAZON.exec(name);
  if (amazon) return amazonLinux(amazon, name, world.region);

  return UBUNTU.test(name) || LINUX.test(name) ? imageId(name, world.region) : undefined;
}

function amazonLinux([, version = "", variant = "", field]: RegExpExecArray, name: string, region: string): string {
  const release = `${version}.2-20251120`;
  const facts: Readonly<Record<string, string>> = {
    schema_version: "2.0", // not verified
    image_id: imageId(name.replace(/\/recommended.*$/, "/recommended"), region),
    image_name: `amazon-eks-node-al2023-${variant.replace("/", "-")}-${version}-v20251120`,
    release_version: release,
  };
  // The parent parameter holds all of them.
  return field === undefined ? JSON.stringify(facts) : (facts[field] ?? "");
}

function imageId(name: string, region: string): string {
  return `ami-${createHash("sha256").update(`${region} ${name}`).digest("hex").slice(0, 17)}`;
}
