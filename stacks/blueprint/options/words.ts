import { z } from "zod";

declare module "zod" {
  interface GlobalMeta {
    /** What may stand here, as the end of the sentence "allowed: …". */
    allowed?: string | undefined;
    /** One line of YAML that is right; error messages and the reference page show it. */
    write?: string | undefined;
    /** What the option, or its default, keeps from happening. */
    protects?: string | undefined;
  }
}

/** What the reference page, the editor's schema and every error message say about an option. */
interface Words {
  readonly description: string;
  readonly allowed: string;
  readonly write: string;
  readonly protects?: string;
}

/** A text of a given form that carries its words. */
export const text = (form: RegExp, words: Words) =>
  z
    .string()
    .regex(form)
    .meta({ ...words });

/** The address of whoever answers for something. */
export const email = (words: Words) => z.email().meta({ ...words });

/** Why something is weaker than it could be; short enough to type, long enough to mean something. */
export const reason = text(/^\s*\S[\s\S]{13,}\S\s*$/, {
  description: "Why, in a sentence that still makes sense in a year.",
  allowed: "a sentence of at least 15 characters",
  write: "reason: the auditors read this cluster from their own network until the tunnel is up",
});

/** Who decided. */
export const by = email({
  description: "Who decided it and answers for it.",
  allowed: "an e-mail address",
  write: "by: platform@example.com",
});

/** The last day on which an exception holds. */
export const until = text(/^\d{4}-\d{2}-\d{2}$/, {
  description: "The last day on which it holds; from the next day on the stack is refused.",
  allowed: "a day after today, at most 365 days ahead, as year-month-day in quotes",
  write: 'until: "2027-03-31"',
});

/**
 * An IAM role by ARN. `*` may end a name, because the roles of IAM Identity Center carry a random suffix; what a star
 * may cover is judged in rules/access.ts.
 */
export const roleArn = (words: Words) => text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-][\w+=,.@/*-]*$/, words);
