import { z } from "zod";
import { by, reason, text, until } from "./words";

const managed = (description: string) => ({
  description,
  allowed: "here, import, organisation or off",
  write: "managed: here",
});

/** How a setting that a region has only one of is kept: by this stack, by the organisation, or not at all. */
export const setting = (words: { readonly description: string; readonly protects: string }) =>
  z
    .discriminatedUnion("managed", [
      z.strictObject({ managed: z.literal("here").meta(managed("This stack sets it and keeps it set.")) }),
      z.strictObject({
        managed: z.literal("import").meta(managed("It already exists; this stack adopts it.")),
        id: text(/\S/, {
          description: "The identifier under which the setting is imported.",
          allowed: "the identifier that Pulumi's import of this resource takes",
          write: "id: default",
        }),
      }),
      z.strictObject({
        managed: z
          .literal("organisation")
          .meta(managed("The organisation enforces it for every account; this stack leaves it alone.")),
        by: text(/\S[\s\S]*\S[\s\S]*\S/, {
          description: "Who or what enforces it: the name of the policy, the team or the management account.",
          allowed: "three characters or more that name who enforces it",
          write: "by: declarative policy ec2-baseline of the security team",
        }),
      }),
      z.strictObject({
        managed: z.literal("off").meta(managed("It is not set. Needs a reason, a name and an end.")),
        reason,
        by,
        until,
      }),
    ])
    .default({ managed: "here" })
    .meta({ ...words, allowed: "an object with `managed`", write: "{ managed: here }" });
