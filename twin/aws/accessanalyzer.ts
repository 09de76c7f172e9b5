import type { Behaviour } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { text } from "./property";

const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";
const TYPES = ["ACCOUNT", "ORGANIZATION"].flatMap((scope) => [
  scope,
  `${scope}_UNUSED_ACCESS`,
  `${scope}_INTERNAL_ACCESS`,
]);

const analyzer: Behaviour = {
  token: ANALYZER,
  service: "AccessAnalyzer",
  words: "IAM Access Analyzer Analyzer",
  replaces: "all",
  minutes: { create: 0.1, update: 0.1, delete: 0.1 },
  defaults: () => ({ type: "ACCOUNT" }),
  refuseCreate: ({ world, inputs }) => {
    const type = text(inputs, "type") ?? "ACCOUNT";
    const name = text(inputs, "analyzerName") ?? "";
    // Wordings not verified.
    if (!TYPES.includes(type))
      throw new AwsError("ValidationException", `type "${type}" is not one of ${TYPES.join(", ")}`);
    if (world.find(ANALYZER, name)) throw new AwsError("ConflictException", `Analyzer ${name} already exists`, 409);
    if (type === "ACCOUNT" && world.all(ANALYZER).some(({ properties }) => properties["type"] === "ACCOUNT"))
      throw new AwsError(
        "ServiceQuotaExceededException",
        "You have reached the maximum number of ACCOUNT analyzers",
        402,
      );
  },
  id: ({ inputs }) => text(inputs, "analyzerName") ?? "",
  outputs: ({ world }, id) => ({ arn: regionalArn(world, "access-analyzer", `analyzer/${id}`) }),
};

/** IAM Access Analyzer (Terraform provider source). */
export const accessanalyzer: readonly Behaviour[] = [analyzer];
