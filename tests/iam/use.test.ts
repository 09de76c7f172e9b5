import { type Example, runExamples } from "../../cli/iam/examples";
import type { Caller } from "../../twin/iam/caller";
import { decide, type Resource } from "../../twin/iam/evaluate";
import { stories } from "./stories";
import { type Universe, universeOf } from "./universe";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

let examples: readonly Example[];
let universe: Universe;
beforeAll(async () => {
  examples = await runExamples();
  universe = universeOf(examples);
});

/** A key by the end of its alias, a topic or a group of logs with the policy that speaks of it, or an ARN alone. */
function resource(about: string): Resource {
  const holdings = examples.map((example) => example.holdings);
  const key = holdings
    .flatMap(({ keys }) => keys)
    .find(({ aliases }) => aliases.includes(`alias/bulwark/production/${about}`));
  if (key !== undefined) return { arn: key.arn, policy: key.policy };
  const policies = holdings.flatMap(({ resourcePolicies }) => resourcePolicies);
  const [own] = policies.filter(({ of }) => of === about);
  if (own !== undefined) return { arn: about, policy: own.policy };
  // CloudWatch Logs' policies belong to the account and speak of any group.
  const ofLogs = policies
    .filter(({ type }) => type.includes("logResourcePolicy"))
    .map(({ policy }) => JSON.parse(policy) as { Statement: object[] });
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: ofLogs.flatMap(({ Statement: statements }) => statements),
  });
  if (about !== "*" && !about.startsWith("arn:")) throw new Error(`no example makes a key ${about}`);
  return about.startsWith("arn:aws:logs:") ? { arn: about, policy } : { arn: about };
}

function callerNamed(name: string): Caller {
  const caller = universe.get(name);
  if (caller === undefined) throw new Error(`nobody is called ${name}`);
  return caller;
}

describe.each(Object.entries(stories))("%s", (_, rows) => {
  it.each(rows)("%s %s on %s with %j: %s", (who, action, about, context, answer) => {
    const target = resource(about);
    const aliases = about.startsWith("arn:") ? {} : { "kms:ResourceAliases": [`alias/bulwark/production/${about}`] };
    const decision = decide({
      caller: callerNamed(who),
      action,
      resource: target,
      context: { ...aliases, ...context },
    });

    expect(decision).toBe(answer ? "allowed" : "denied");
  });
});
