import type { Call } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { LAUNCH_TEMPLATE } from "./token";

/** The image that a node group's launch template names, if it names one. */
export function imageOf({ world, inputs }: Call): string | undefined {
  const template = world.find(LAUNCH_TEMPLATE, text(inputs, "launchTemplate.id") ?? "");
  return template === undefined ? undefined : text(template.inputs, "imageId");
}

/** A template that names its image leaves EKS nothing to choose; codes and two wordings as people report them. */
export function refuseImage(call: Call): void {
  const { inputs } = call;
  const amiType = text(inputs, "amiType");
  if (imageOf(call) === undefined) {
    if (amiType === "CUSTOM") throw invalid("You must specify an image id in your launch template"); // wording not verified
    return;
  }
  if (amiType !== undefined && amiType !== "CUSTOM")
    throw invalid(
      "You cannot specify an AMI Type other than CUSTOM, when specifying an image id in your launch template.",
    );
  if (inputs["version"] !== undefined)
    throw invalid(
      "You cannot specify a kubernetes version to use when specifying an image id to use within the launch template.",
    );
  if (inputs["releaseVersion"] !== undefined)
    // Wording not verified.
    throw invalid(
      "You cannot specify a release version to use when specifying an image id to use within the launch template.",
    );
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
