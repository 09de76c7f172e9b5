import type { Run } from "../../../twin/mocks";

/** A program that somebody in a hurry writes, and what the answer must hold: AWS's own code, or the provider's words. */
export type Careless = readonly [
  mistake: string,
  answer: string,
  program: () => unknown,
  /** What is asked of the account once the program has run; then this is what is refused. */
  afterwards?: (run: Run) => Promise<unknown>,
];

/** Arguments as a program without types might write them. */
export const untyped = (args: object) => args as never;

/** Deletes the resource of this type and name, as a destroy in the wrong order would. */
export const deleting =
  (type: string, name = "main") =>
  async ({ account }: Run) => {
    const { id = "", urn = "" } =
      account.leftovers().made.find((made) => made.type === type && made.urn?.endsWith(`::${name}`)) ?? {};
    await account.delete({ urn, type, id });
  };

/** A policy document of one statement. */
export const document = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

/** A trust policy for one service. */
export const trust = (service: string): string =>
  document({ Principal: { Service: service }, Action: "sts:AssumeRole" });
