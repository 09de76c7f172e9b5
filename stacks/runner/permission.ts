/** One statement of a role's policy. */
export interface Permission {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One permission; spread into a policy. */
export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: Permission["Resource"],
  Condition?: Permission["Condition"],
): Permission {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

/** The policy as IAM takes it. */
export function document(...statements: readonly Permission[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
