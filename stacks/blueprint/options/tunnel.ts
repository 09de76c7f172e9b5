import { z } from "zod";

/** The way of people to a private API. */
export const tunnel = z
  .strictObject({
    instanceType: z.enum(["t4g.nano", "t4g.micro", "t4g.small"]).default("t4g.nano").meta({
      description: "The machine that sessions pass through.",
      allowed: "t4g.nano, t4g.micro or t4g.small",
      write: "instanceType: t4g.nano",
    }),
  })
  .optional()
  .meta({
    description:
      "A small machine in a private subnet through which `npm run tunnel` leads people to the API, by Session Manager. It answers nobody, holds no key, and its one session document leads nowhere but to this API.",
    allowed: "an object; {} is enough",
    write: "tunnel: {}",
    protects: "Nobody opens the API to the internet, or a shell on a node, to get at it.",
  });
