import { type Context, holds, like, many } from "../keys/condition";

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whether a policy of a role allows an action on a resource. */
export function permits(policy: string, action: string, resource: string, context: Context = {}): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly Statement[] };
  return statements.some(
    (statement) =>
      statement.Action.some((pattern) => like(pattern, action)) &&
      many(statement.Resource).some((pattern) => like(pattern, resource)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, block]) => holds(operator, block, context)),
  );
}
