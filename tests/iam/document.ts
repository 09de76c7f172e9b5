/** A policy document of these statements; each is an Allow on everything unless it says otherwise. */
export function document(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Effect: "Allow",
      ...("Resource" in statement || "NotResource" in statement ? {} : { Resource: "*" }),
      ...statement,
    })),
  });
}

/** A statement that forbids instead. */
export const deny = (statement: object) => ({ ...statement, Effect: "Deny" });
