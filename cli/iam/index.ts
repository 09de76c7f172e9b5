import type { Holdings } from "../../twin/iam/holdings";
import { type Example, runExamples } from "./examples";
import { keyTable, resourceTable } from "./key";
import { boundarySections, roleSection } from "./role";
import type { Place } from "./words";

const HEAD = `# Who can do what

<!-- Written by \`npm run generate\` from what the programs of examples/ register; do not edit. -->

Every role, key and resource policy that the [examples](../examples) make, as IAM reads them. The region and the account of the
examples are left out of ARNs: \`iam:role/a\` is the role \`a\` of the same account. Where a policy says "if IAM lets them", the role's
own policies must allow it as well. Nobody who is not named here gets in by these policies; the account's own administrators can change
them. What the roles of AWS's managed policies may do, AWS keeps; \`facts/managed-policies.json\` has the versions that the tests judge.
[Controls](controls.md) say what must hold, [tests/iam](../tests/iam) show that it does.`;

/** The page that says who can do what. */
export async function renderIam(): Promise<string> {
  const examples = await runExamples();
  return `${[HEAD, ...examples.map(stackSection)].join("\n\n")}\n`;
}

function stackSection({ stack, place: { account, region }, holdings }: Example): string {
  const place = { account, region, names: namesOf(holdings) };
  const { roles, keys, resourcePolicies } = holdings;
  return [
    `## Stack ${stack}`,
    ...(roles.length === 0 ? [] : roleSections(holdings, place)),
    ...(keys.length === 0 ? [] : ["### Keys", keyTable(keys, place)]),
    ...(resourcePolicies.length === 0
      ? []
      : ["### Policies of other resources", resourceTable(resourcePolicies, place)]),
  ].join("\n\n");
}

function roleSections({ roles }: Holdings, place: Place): readonly string[] {
  const boundaries = boundarySections(roles, place);
  return [
    "### Roles",
    ...roles.map((role) => roleSection(role, place)),
    ...(boundaries.length === 0 ? [] : ["### Boundaries", ...boundaries]),
  ];
}

/** Keys by their alias: their ids say nothing and differ from account to account. */
function namesOf({ keys }: Holdings): ReadonlyMap<string, string> {
  return new Map(keys.map(({ arn, name, aliases }) => [arn, aliases[0] ?? name]));
}
