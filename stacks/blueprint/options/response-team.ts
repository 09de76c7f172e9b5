import { z } from "zod";
import { by, email, reason, text } from "./words";

const contact = z
  .strictObject({
    email: email({
      description: "Where the team writes.",
      allowed: "an e-mail address",
      write: "email: on-call@example.com",
    }),
    phone: text(/^\+[1-9]\d{1,14}$/, {
      description:
        "Whom the team calls while the attack runs: a plus, the country and the number, without spaces (E.164).",
      allowed: "a plus and 2 to 15 digits, the first not 0, in quotes",
      write: 'phone: "+4930123456"',
    }),
    notes: text(/^[\w\s.\-,:/()+@]{1,1024}$/, {
      description: "When and for what to call them.",
      allowed: "up to 1024 letters, digits, spaces and . - , : / ( ) + @",
      write: "notes: the platform's on-call, day and night",
    }).optional(),
  })
  .meta({
    description: "Somebody who may decide during an attack.",
    allowed: "an object with `email` and `phone`",
    write: '- { email: on-call@example.com, phone: "+4930123456" }',
  });

const decision = (description: string) => ({ description, allowed: "none or granted", write: "access: none" });

/** Whether AWS's Shield Response Team may look and act for us, and whom it calls. */
export const responseTeam = z
  .discriminatedUnion("access", [
    z.strictObject({
      access: z
        .literal("none")
        .meta(decision("The team sees nothing of the account and calls nobody; we open a case ourselves.")),
    }),
    z.strictObject({
      access: z
        .literal("granted")
        .meta(
          decision(
            "The team reads the web ACL's and the load balancer's logs, may change the account's web ACLs and Shield settings, and calls when the health check fails during an attack. An account has one such role and one list of contacts: one stack sets them.",
          ),
        ),
      supportPlan: z.enum(["business", "enterprise"]).meta({
        description: "The account's AWS Support plan; the team works for no other.",
        allowed: "business or enterprise",
        write: "supportPlan: enterprise",
      }),
      contacts: z.array(contact).min(1).max(10).meta({
        description: "Whom the team calls, the first one first.",
        allowed: "a list of 1 to 10 contacts",
        write: 'contacts: [{ email: on-call@example.com, phone: "+4930123456" }]',
        protects: "A team that nobody answers waits like everybody else.",
      }),
      reason,
      by,
    }),
  ])
  .default({ access: "none" })
  .meta({
    description: "What AWS's Shield Response Team may do in the account, and whom it calls.",
    allowed: "an object with `access`",
    write: "responseTeam: { access: none }",
    protects: "Nobody lets people of another company into the account by leaving something out.",
  });

/** The response team's access as the blueprint describes it. */
export type ResponseTeam = z.infer<typeof responseTeam>;
