import { present, repeated, type Findings, type Rule } from "./rule";

/** The account of an ARN. */
export const accountOf = (arn: string) => arn.split(":")[4];

/** A star may end the last part of the name, after three letters: anything wider names roles that do not exist yet. */
const narrow = (arn: string) => /\/[^/*]{3,}\*?$/.test(arn) && !/\*./.test(arn);

const covers = (pattern: string, arn: string) =>
  pattern.endsWith("*") ? arn.startsWith(pattern.slice(0, -1)) : pattern === arn;

function* role(arn: string, path: readonly (string | number)[], account: string | undefined): Findings {
  if (account !== undefined && accountOf(arn) !== account)
    yield {
      path,
      allowed: `a role of the blueprint's own account ${account}: key policies and access entries trust no other`,
      fix: `write the ARN of a role of account ${account}, or correct the account`,
    };
  if (!narrow(arn))
    yield {
      path,
      allowed: "`*` only at the end of the role's name and after at least three letters of it",
      fix: "name the role, for example arn:aws:iam::111122223333:role/platform-admin",
    };
}

/** Administrators and break-glass are roles of this account, named closely enough to be counted, and not the same. */
export const access: Rule = function* (blueprint) {
  if (!("access" in blueprint)) return;
  const { account, access } = blueprint;
  const administrators = present(access?.administrators);
  for (const [index, arn] of administrators) yield* role(arn, ["access", "administrators", index], account);
  yield* repeated(administrators, ["access", "administrators"], "role");

  const breakGlass = access?.breakGlass;
  if (breakGlass === undefined) return;
  yield* role(breakGlass, ["access", "breakGlass"], account);
  const same = administrators.find(([, arn]) => covers(arn, breakGlass) || covers(breakGlass, arn));
  if (same)
    yield {
      path: ["access", "breakGlass"],
      allowed: "a role that is not one of the administrators: what is used every day is no reserve",
      fix: `name another role than access.administrators[${same[0]}]`,
    };
};
