import type { Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { objects, text, texts } from "../property";

/** The owners of images that clusters run on, and how they name them (provider and vendors' documentation). */
const FAMILIES = [
  { owner: "602401143452", alias: "amazon", name: "amazon-eks-node-al2023-x86_64-standard-1.34-v20251120" },
  { owner: "602401143452", alias: "amazon", name: "amazon-eks-node-al2023-x86_64-standard-1.34-v20251016" },
  { owner: "092701018921", alias: "amazon", name: "bottlerocket-aws-k8s-1.34-x86_64-v1.53.0-0a1b2c3d" },
] as const;

/** Finds an image by owner and name; none, and several without `mostRecent`, are refused as the provider does. */
export const getAmi: Invoke = (args, world) => {
  const owners = texts(args, "owners");
  const names = objects(args, "filters")
    .filter(({ name }) => name === "name")
    .flatMap((one) => texts(one, "values"));
  const pattern = new RegExp(text(args, "nameRegex") ?? "");
  const found = FAMILIES.filter(
    ({ owner, alias, name }) =>
      (owners.length === 0 || owners.includes(owner) || owners.includes(alias)) &&
      (names.length === 0 || names.some((glob) => globbed(glob, name))) &&
      pattern.test(name),
  );
  const [first] = found;
  if (first === undefined) {
    const advice = "Please change your search criteria and try again.";
    throw new AwsError("NotFound", `Your query returned no results. ${advice}`);
  }
  if (found.length > 1 && args.mostRecent !== true) {
    throw new AwsError("TooManyResults", "Your query returned more than one result.");
  }
  const imageId = `ami-${hex(17, `${world.region} ${first.name}`)}`;
  return {
    ...args,
    id: imageId,
    imageId,
    region: world.region,
    arn: `arn:aws:ec2:${world.region}::image/${imageId}`,
    name: first.name,
    ownerId: first.owner,
    imageOwnerAlias: first.alias,
    architecture: "x86_64",
    state: "available",
    rootDeviceType: "ebs",
    rootDeviceName: "/dev/xvda",
    virtualizationType: "hvm",
    tags: {},
  };
};

function globbed(glob: string, name: string): boolean {
  const pattern = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(name);
}
