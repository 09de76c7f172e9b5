import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ground } from "./command";

jest.setTimeout(600_000);

const ROOT = join(__dirname, "..", "..");
const ground = new Ground("shell");
const ACCOUNT = "account-111122223333-eu-central-1";
const POLICIES = "--policy-pack policies";

beforeAll(async () => {
  await ground.place();
  const { code, stderr } = ground.shell(`pulumi stack init ${ACCOUNT}; pulumi stack init production`);
  expect({ code, stderr }).toMatchObject({ code: 0 });
});

describe("plain pulumi in a shell, with the engine on the PATH", () => {
  it("previews with the policy pack and judges every resource", () => {
    const { code, stdout, stderr } = ground.shell(`pulumi preview --stack ${ACCOUNT} ${POLICIES}`);

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("bulwark@");
    expect(stdout).not.toContain("can't run policy");
  });

  it("updates with the policy pack", () => {
    const { code, stdout, stderr } = ground.shell(`pulumi up --yes --stack ${ACCOUNT} ${POLICIES}`);

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/\+ \d+ created/);
    expect(stdout).not.toContain("can't run policy");
  });

  it("accepts the example's cluster: pulumi preview --policy-pack policies", () => {
    const { code, stdout, stderr } = ground.shell(
      "pulumi stack select production; pulumi preview --policy-pack policies",
    );

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("aws:eks:Cluster");
    expect(stdout).not.toContain("can't run policy");
  });

  it("refuses a public API endpoint with the control's id, why and fix, and creates nothing", () => {
    const file = `${ground.folder}/Pulumi.production.yaml`;
    const hardened = readFileSync(file, "utf8");
    const endpoint = `endpoint: { access: public, from: ["198.51.100.0/24"], reason: "a reason that is long enough" }`;
    writeFileSync(file, hardened.replace(/^( +)name: production.*$/m, `$&\n$1${endpoint}`));
    const before = readFileSync(ground.account, "utf8");

    const { code, stdout } = ground.shell(`pulumi up --yes --stack production ${POLICIES}`);

    expect(code).not.toBe(0);
    expect(stdout).toContain("cluster-private-endpoint");
    expect(stdout).toMatch(/Why: /);
    expect(stdout).toMatch(/Fix: /);
    expect(stdout).not.toContain("can't run policy");
    expect(readFileSync(ground.account, "utf8")).toBe(before);
  });

  it("creates the example's cluster: pulumi up", () => {
    copyFileSync(join(ROOT, "examples/production/Pulumi.production.yaml"), `${ground.folder}/Pulumi.production.yaml`);
    const { code, stdout, stderr } = ground.shell("pulumi up --yes");

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/\+ \d{3} created/);
    expect(readFileSync(ground.account, "utf8")).toContain("aws:eks/cluster:Cluster");
  });

  it("shows a mistake in the configuration before anything is created", () => {
    const file = `${ground.folder}/Pulumi.${ACCOUNT}.yaml`;
    writeFileSync(file, readFileSync(file, "utf8").replace(/^( +)layer: account$/m, "$&\n$1colour: blue"));

    const { code, stdout } = ground.shell(`pulumi preview --stack ${ACCOUNT} ${POLICIES}`);

    expect(code).not.toBe(0);
    expect(stdout).toContain("colour");
  });

  it("leaves nothing running", () => {
    expect(ground.processes()).toEqual([]);
  });
});
