import { z } from "zod";
import { responseTeam } from "./response-team";
import { by, reason } from "./words";

/** Term and price of Shield Advanced, as they must be repeated by whoever subscribes (AWS Shield pricing). */
const TERMS = "one year at 3000 USD a month, renewed until cancelled";

const advanced = (description: string) => ({
  description,
  allowed: "undecided, refused, subscribe or subscribed",
  write: "advanced: refused",
});

/** Whether Shield Advanced guards the edge. Nobody subscribes by leaving something out. */
export const shield = z
  .discriminatedUnion("advanced", [
    z.strictObject({
      advanced: z
        .literal("undecided")
        .meta(advanced("Shield Standard alone, because nobody has thought about it; production asks for a decision.")),
    }),
    z.strictObject({
      advanced: z.literal("refused").meta(advanced("Shield Standard alone, which every account has.")),
      reason,
      by,
    }),
    z.strictObject({
      advanced: z
        .literal("subscribe")
        .meta(advanced("The stack subscribes the account, which cannot be undone for a year, and protects the edge.")),
      acknowledged: z.literal(TERMS).meta({
        description: "Term and price, in these words.",
        allowed: `the words "${TERMS}"`,
        write: `acknowledged: "${TERMS}"`,
        protects: "Nobody commits the company to a year by copying an example.",
      }),
      by,
      responseTeam,
    }),
    z.strictObject({
      advanced: z
        .literal("subscribed")
        .meta(advanced("The account or its organisation is subscribed already; the stack protects the edge.")),
      responseTeam,
    }),
  ])
  .default({ advanced: "undecided" })
  .meta({
    description:
      "Shield Advanced for the load balancer and a zone of ours. In production an edge that faces the internet must refuse it or have it.",
    allowed: "an object with `advanced`",
    write: "shield: { advanced: refused, reason: …, by: … }",
    protects: "Whether a flood is answered by AWS's own team is decided before the flood.",
  });
