import type { Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { objects, text, texts } from "../property";

/** What Image Builder leaves in the account. */
const AMI = "aws:ec2/ami:Ami";

interface Published {
  /** Where it is known; else it follows from the name. */
  readonly id?: string;
  readonly owner: string;
  readonly alias: string;
  readonly name: string;
  readonly architecture: "x86_64" | "arm64";
  readonly rootDeviceName: string;
}

const amazon = (owner: string, name: string): Published => ({
  owner,
  alias: "amazon",
  name,
  architecture: "x86_64",
  rootDeviceName: "/dev/xvda",
});

// The day in the name is a stand-in.
const canonical = (version: string, of: "amd64" | "arm64"): Published => ({
  owner: "099720109477",
  alias: "",
  name: `ubuntu-eks/k8s_${version}/images/hvm-ssd-gp3/ubuntu-noble-24.04-${of}-server-20251120`,
  architecture: of === "amd64" ? "x86_64" : "arm64",
  rootDeviceName: "/dev/sda1",
});

/** The owners of images that clusters run on, and how they name them (provider and vendors' documentation). */
const FAMILIES: readonly Published[] = [
  amazon("602401143452", "amazon-eks-node-al2023-x86_64-standard-1.34-v20251120"),
  amazon("602401143452", "amazon-eks-node-al2023-x86_64-standard-1.34-v20251016"),
  amazon("092701018921", "bottlerocket-aws-k8s-1.34-x86_64-v1.53.0-0a1b2c3d"),
  ...["1.34", "1.35"].flatMap((version) => [canonical(version, "amd64"), canonical(version, "arm64")]),
];

/** Finds an image by owner and name; none, and several without `mostRecent`, are refused as the provider does. */
export const getAmi: Invoke = (args, world) => {
  const owners = texts(args, "owners");
  const filters = objects(args, "filters").map((one) => ({
    by: text(one, "name") ?? "",
    values: texts(one, "values"),
  }));
  const pattern = new RegExp(text(args, "nameRegex") ?? "");
  const owned = world.all(AMI).map(({ id, properties }): Published => {
    const architecture = properties["architecture"] === "arm64" ? "arm64" : "x86_64";
    return { ...amazon(world.accountId, ""), alias: "self", id, architecture };
  });
  const found = [...FAMILIES, ...owned].filter(
    (one) =>
      (owners.length === 0 || owners.includes(one.owner) || owners.includes(one.alias)) &&
      filters.every(({ by, values }) => values.some((glob) => globbed(glob, filtered(by, one, world.region)))) &&
      pattern.test(one.name),
  );
  const [first] = found;
  if (first === undefined) {
    const advice = "Please change your search criteria and try again.";
    throw new AwsError("NotFound", `Your query returned no results. ${advice}`);
  }
  if (found.length > 1 && args.mostRecent !== true) {
    throw new AwsError("TooManyResults", "Your query returned more than one result.");
  }
  const imageId = idOf(first, world.region);
  return {
    ...args,
    id: imageId,
    imageId,
    region: world.region,
    arn: `arn:aws:ec2:${world.region}::image/${imageId}`,
    name: first.name,
    ownerId: first.owner,
    imageOwnerAlias: first.alias,
    architecture: first.architecture,
    state: "available",
    rootDeviceType: "ebs",
    rootDeviceName: first.rootDeviceName,
    virtualizationType: "hvm",
    tags: {},
  };
};

const idOf = ({ id, name }: Published, region: string): string => id ?? `ami-${hex(17, `${region} ${name}`)}`;

/** The value that a filter looks at; a filter that the twin does not know is refused, lest it finds what AWS would not. */
function filtered(by: string, one: Published, region: string): string {
  switch (by) {
    case "name":
      return one.name;
    case "image-id":
      return idOf(one, region);
    case "architecture":
      return one.architecture;
    default:
      throw new AwsError("InvalidParameterValue", `The filter '${by}' is invalid`);
  }
}

function globbed(glob: string, name: string): boolean {
  const pattern = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(name);
}
