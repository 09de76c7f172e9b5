import { Keys } from "../../stacks/keys";
import { provider } from "../../stacks/provider";
import { run } from "../../twin/mocks";
import { clusterBlueprint } from "../layers/blueprints";
import { all } from "../layers/found";

const teardown = { reason: "the cluster is replaced by another", by: "platform@example.com", until: "2099-01-31" };

async function keys(more: object = {}) {
  const blueprint = clusterBlueprint(more);
  const { registrations } = await run(() => {
    new Keys("main", { blueprint }, { providers: { aws: provider(blueprint) } });
  });
  return registrations;
}

describe("the keys of a cluster", () => {
  it("are one a purpose", async () => {
    const names = all(await keys(), "aws:kms/key:Key").map(({ name }) => name);

    expect(names).toEqual(["main-secrets", "main-disks", "main-logs", "main-secrets-manager", "main-backups"]);
  });

  it("rotate yearly, wait thirty days and are protected when nothing is said", async () => {
    for (const { inputs, protect } of all(await keys(), "aws:kms/key:Key")) {
      expect(inputs).toMatchObject({ enableKeyRotation: true, rotationPeriodInDays: 365, deletionWindowInDays: 30 });
      expect(protect).toBe(true);
    }
  });

  it("have each a policy of their own, and never skip KMS's lock-out check", async () => {
    const inputs = all(await keys(), "aws:kms/key:Key").map((key) => key.inputs);

    expect(new Set(inputs.map(({ policy }) => policy)).size).toBe(5);
    expect(inputs.filter((each) => "bypassPolicyLockoutSafetyCheck" in each)).toEqual([]);
  });

  it("are found by an alias that says whose and what for", async () => {
    const names = all(await keys(), "aws:kms/alias:Alias").map(({ inputs }) => inputs.name);

    expect(names).toEqual(
      ["secrets", "disks", "logs", "secrets-manager", "backups"].map(
        (purpose) => `alias/bulwark/production/${purpose}`,
      ),
    );
  });

  it("depend on no resource in their policies", async () => {
    const links = all(await keys(), "aws:kms/key:Key").flatMap((key) => key.propertyDependencies.policy ?? []);

    expect(links).toEqual([]);
  });

  it("lose their protection only by a declared teardown", async () => {
    expect(all(await keys({ teardown }), "aws:kms/key:Key").filter(({ protect }) => protect)).toEqual([]);
  });
});
