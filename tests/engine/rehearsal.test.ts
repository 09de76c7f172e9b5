import { readFileSync } from "node:fs";
import type { Summary } from "../../cli/rehearse/summary";
import type { Left } from "../../cli/rehearse/left";
import { Ground } from "./command";

jest.setTimeout(600_000);

const ground = new Ground("rehearsal");
const summary = (stdout: string): Summary => JSON.parse(stdout) as Summary;

/** The resources that the account file holds, by type and id. */
function inAccount(): string[] {
  const { resources } = JSON.parse(readFileSync(ground.account, "utf8")) as {
    resources: { type: string; id: string; status: string }[];
  };
  return resources.map(({ type, id, status }) => `${type} ${id} ${status}`).toSorted();
}

describe("a rehearsal of the production example, in the order a person goes through it", () => {
  it("creates all three layers from nothing, and every promise holds or has nothing to judge", () => {
    const { code, stdout, stderr } = ground.rehearse(["--json"]);

    expect(stderr).not.toContain("can't run policy");
    expect(code).toBe(0);
    const { layers } = summary(stdout);
    expect(layers.map(({ layer }) => layer)).toEqual(["account", "cluster", "platform"]);
    expect(layers.map(({ promises }) => promises.violations)).toEqual([[], [], []]);
    expect(layers.flatMap(({ components }) => components.map(({ component }) => component))).toEqual(
      expect.arrayContaining(["Account", "Keys", "Network", "Cluster", "Objects", "Platform"]),
    );
  });

  it("changes nothing the second time", () => {
    const before = inAccount();
    const { code, stdout } = ground.rehearse(["--json"]);

    expect(code).toBe(0);
    expect(summary(stdout).layers.map(({ changes }) => changes)).toEqual([{}, {}, {}]);
    expect(inAccount()).toEqual(before);
  });

  it("gives people a kubeconfig for the cluster, without a credential in it", () => {
    const { code, stdout } = ground.kubeconfig();

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: [
        {
          name: "production",
          cluster: { server: expect.stringMatching(/^https:\/\/.+\.eks\.amazonaws\.com$/) as string },
        },
      ],
      users: [{ user: { exec: expect.anything() as unknown } }],
    });
    expect(stdout).not.toMatch(/token:|client-key|password/);
  });

  it("deletes nothing and names what is protected when the destroy comes without its step", () => {
    const before = inAccount();
    const { code, stdout, stderr } = ground.shell("pulumi destroy --stack production --yes --non-interactive");

    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/protected/);
    expect(inAccount()).toEqual(before);
  });

  it("takes the platform and then the cluster down, names what was protected, and leaves only what the account layer keeps", () => {
    const { code, stdout, stderr } = ground.rehearse(["--json", "destroy"]);

    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { protected: named, left } = JSON.parse(stdout) as { protected: string[]; left: Left };
    expect(named).toEqual(
      expect.arrayContaining(["namespace Namespace/team-shop", "cluster main", "vpc main", "key main-secrets"]),
    );
    expect(left.unexpected).toEqual([]);
    expect(left.kept.length).toBeGreaterThan(0);
    expect(left.kept.every(({ urn }) => urn?.startsWith("urn:pulumi:account-") ?? false)).toBe(true);
    expect(left.scheduled.every(({ type }) => type === "aws:kms/key:Key")).toBe(true);
  });

  it("puts every protection back into the configuration after a destroy", () => {
    expect(readFileSync(`${ground.folder}/Pulumi.production.yaml`, "utf8")).not.toMatch(/^ +teardown:/m);
    expect(readFileSync(`${ground.folder}/bulwark.waivers.yaml`, "utf8")).not.toContain("control:");
  });

  it("creates everything again", () => {
    const { code, stdout } = ground.rehearse(["--json"]);

    expect(code).toBe(0);
    expect(
      summary(stdout)
        .layers.slice(1)
        .map(({ changes }) => changes),
    ).toEqual([{ create: expect.any(Number) as number }, { create: expect.any(Number) as number }]);
  });

  it("leaves no engine, host, provider or policy pack running", () => {
    expect(ground.processes()).toEqual([]);
  });
});
