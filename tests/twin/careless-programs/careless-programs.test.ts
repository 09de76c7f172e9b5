import { Account } from "../../../twin/account";
import { run } from "../../../twin/mocks";
import { eks } from "./eks";
import { endpoint } from "./endpoint";
import { identity } from "./identity";
import { input } from "./input";
import { key } from "./key";
import { network } from "./network";
import type { Careless } from "./program";
import { storage } from "./storage";

const services: Readonly<Record<string, readonly Careless[]>> = {
  input,
  network,
  endpoint,
  eks,
  identity,
  key,
  storage,
};

/** Whole programs, through the SDK: with time that passes, so that what is not finished can be seen. */
describe.each(Object.entries(services))("a careless program: %s", (_, programs) => {
  it.each(programs.map((row) => ({ row, name: `${row[0]} gets ${row[1]}` })))("with $name", async ({ row }) => {
    const [, answer, program, afterwards] = row;
    const account = Account.open(undefined, { timeScale: 1 });
    const ran = run(() => void program(), { account });
    if (afterwards === undefined) {
      await expect(ran).rejects.toThrow(answer);
      return;
    }
    // The program itself goes through; what comes after it is refused.
    const made = await ran;
    await expect(afterwards(made)).rejects.toThrow(answer);
  });
});

it("is refused in more than 60 different ways", () => {
  const programs = Object.values(services).flat();
  expect(new Set(programs.map(([mistake]) => mistake)).size).toBe(programs.length);
  expect(new Set(programs.map(([, answer]) => answer)).size).toBeGreaterThan(60);
});
