import type { Behaviour, UpdateCall } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text } from "../property";
import { ec2 } from "./reference";

const TOKEN = "aws:ec2/launchTemplate:LaunchTemplate";

// These change the template itself; everything else makes a new version.
const WITHOUT_VERSION = ["tags", "defaultVersion", "updateDefaultVersion"];

// The provider foresees a new version for more than makes one, tags among it: its CustomizeDiff, read in its v4 and v5.
const WITHOUT_FORESEEN_VERSION = ["name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion"];

function makesVersion({ changed }: UpdateCall): boolean {
  return changed.some((key) => !WITHOUT_VERSION.includes(key));
}

/** Launch templates: each change is a new version, and the default version stays unless asked to follow. */
export const launchTemplate: readonly Behaviour[] = [
  {
    ...ec2("lt"),
    token: TOKEN,
    words: "EC2 Launch Template",
    replaces: ["name", "namePrefix"],
    autoName: { property: "name" },
    refuseCreate: ({ world, inputs }) => {
      const name = text(inputs, "name") ?? "";
      if (name !== "" && (name.length < 3 || name.length > 128)) {
        throw new AwsError("InvalidLaunchTemplateName.MalformedException", `The name '${name}' is malformed`);
      }
      if (world.findBy(TOKEN, "name", name)) {
        throw new AwsError("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
      }
    },
    renews: (changed) => (changed.some((key) => !WITHOUT_FORESEEN_VERSION.includes(key)) ? ["latestVersion"] : []),
    outputs: (call, id) => {
      const { world, inputs } = call;
      const old = "old" in call ? (call as UpdateCall) : undefined;
      const before = Number(old?.old.properties.latestVersion ?? 0);
      const latestVersion = before + (old === undefined || makesVersion(old) ? 1 : 0);
      const kept = Number(old?.old.properties.defaultVersion ?? 1);
      return {
        arn: regionalArn(world, "ec2", `launch-template/${id}`),
        latestVersion,
        defaultVersion: inputs.updateDefaultVersion === true ? latestVersion : (inputs.defaultVersion ?? kept),
      };
    },
  },
];
