import program from "../../stacks";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import { accountBlueprint, clusterBlueprint, stateBlueprint } from "./blueprints";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

const described = (blueprint: object) => run(program, { config: { "bulwark:blueprint": JSON.stringify(blueprint) } });
const components = async (blueprint: object) =>
  (await described(blueprint)).registrations.filter(({ custom }) => !custom).map(({ type }) => type);

describe("the program", () => {
  it.each([
    ["account", accountBlueprint(), ["bulwark:index:Account"]],
    [
      "cluster",
      clusterBlueprint(),
      [
        "bulwark:index:Keys",
        "bulwark:index:Network",
        "bulwark:index:Cluster",
        "bulwark:index:Identity",
        "bulwark:index:IdentityProvider",
        "bulwark:index:BreakGlassAlarm",
        "bulwark:index:Addons",
        "bulwark:index:Nodes",
        "bulwark:index:NodeAddons",
        "bulwark:index:Controllers",
      ],
    ],
    ["state", stateBlueprint(), ["bulwark:index:State"]],
  ])("builds the %s layer where the configuration names it", async (_, blueprint, expected) => {
    const made = (await components(blueprint)).filter((type) => type.startsWith("bulwark:"));

    // What waits for something else is registered once that is there, so the order says nothing.
    expect(made.sort()).toEqual([...expected].sort());
  });

  it("registers nothing when the configuration is wrong", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    const config = { "bulwark:blueprint": JSON.stringify({ ...clusterBlueprint(), region: 7 }) };

    await expect(run(program, { config, account })).rejects.toThrow("region");
    expect(JSON.stringify(account.leftovers())).not.toContain("aws:");
  });
});
