import { controls } from "../../policies/catalogue";
import { Inventory, type Item } from "../../policies/inventory";
import { judge } from "../../policies/verdict";
import { BROUGHT } from "./brought";
import { registrations, type Stack, TODAY } from "./example";
import { mutate, type Mutation } from "./mutation";
import { account, state } from "./mutations-account";
import { mutations as addons } from "./mutations-addons";
import { mutations as charts } from "./mutations-charts";
import { mutations as cluster } from "./mutations-cluster";
import { mutations as controllers } from "./mutations-controllers";
import { mutations as edge } from "./mutations-edge";
import { mutations as identity } from "./mutations-identity";
import { mutations as karpenter } from "./mutations-karpenter";
import { mutations as image } from "./mutations-image";
import { mutations as network } from "./mutations-network";
import { mutations as nodes } from "./mutations-nodes";
import { mutations as platform } from "./mutations-platform";
import { mutations as runner } from "./mutations-runner";

// The production example is some three hundred resources.
jest.setTimeout(60_000);

const rows: readonly (readonly [Stack, readonly Mutation[]])[] = [
  ["account-111122223333-eu-central-1", account],
  ["state", state],
  ["production-platform", [...charts, ...platform]],
  [
    "production",
    [
      ...cluster,
      ...addons,
      ...identity,
      ...network,
      ...nodes,
      ...image,
      ...edge,
      ...controllers,
      ...karpenter,
      ...runner,
    ],
  ],
];

// Judged on the whole stack, so that a control that fires besides those expected fails the row.
function fired(items: readonly Item[]): string[] {
  const verdicts = judge(new Inventory(items, TODAY), controls, { stage: "up" });
  return [...new Set(verdicts.filter(({ verdict }) => verdict === "violation").map(({ control }) => control))].sort();
}

describe.each(rows)("%s", (stack, mutations) => {
  let items: readonly Item[];

  beforeAll(async () => {
    items = await registrations(stack);
  });

  it.each(mutations)("%s %s flipped makes exactly the expected controls fire", (...mutation) => {
    expect(fired(mutate(items, mutation))).toEqual([...mutation[3]].sort());
  });

  for (const [id, , [brought]] of stack === "production" ? BROUGHT : [])
    it(`reports what somebody brings and the blueprint has not, by exactly ${id}`, () => {
      expect(fired([...items, ...brought])).toEqual([id]);
    });
});

it("flips an input for nearly every control", () => {
  const covered = new Set(rows.flatMap(([, mutations]) => mutations.flatMap(([, , , ids]) => ids)));
  // These need a resource that the example rightly lacks: a user, the default VPC, a VPC without a way out, an unused group.
  const absent = [
    "iam-no-users",
    "network-no-default-vpc",
    "network-block-public-access",
    "network-endpoints-complete",
    "network-no-orphan-groups",
    // The example refuses Shield Advanced, which costs 36 000 USD a year; tests/edge/shield.test.ts flips these.
    "edge-shield-automatic-response",
    "edge-shield-grouped",
    "edge-shield-engaged",
    "edge-shield-team-role",
    ...BROUGHT.map(([id]) => id),
  ];

  expect(controls.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual(expect.arrayContaining(absent));
  expect(controls.map(({ id }) => id).filter((id) => !covered.has(id) && !absent.includes(id))).toEqual([]);
});
