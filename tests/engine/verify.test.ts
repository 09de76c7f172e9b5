import { readFileSync, writeFileSync } from "node:fs";
import type { Verified } from "../../cli/verify/judgement";
import type { Line } from "../../cli/line";
import { Ground } from "./command";

jest.setTimeout(600_000);

const ground = new Ground("verify");

interface Stored {
  readonly type: string;
  readonly id: string;
  readonly urn?: string;
  readonly inputs: object;
  readonly properties: Record<string, unknown>;
}

interface Ledger {
  resources: Stored[];
}

/** Changes the account behind Pulumi's back, as somebody with a console would. */
function behindTheBack(change: (ledger: Ledger) => void): void {
  const ledger = JSON.parse(readFileSync(ground.account, "utf8")) as Ledger;
  change(ledger);
  writeFileSync(ground.account, JSON.stringify(ledger));
}

/** The stored properties of the program's resource of a type and name. */
function held({ resources }: Ledger, type: string, name: string): Record<string, unknown> {
  const found = resources.find((one) => one.type === type && one.urn?.endsWith(`::${name}`));
  if (found === undefined) throw new Error(`no ${type} ${name} in the account`);
  return found.properties;
}

describe("the doctor, before anything is made", () => {
  it("names all at once what stands in the way, with what to do about each", () => {
    const given = {
      quotas: { "vpc/L-F678F1CE": 0, "ec2/L-1216C47A": 5 },
      denied: ["eks:CreateCluster"],
      notOffered: { "m6i.large": ["eu-central-1b"] },
    };
    const name = "bulwark-production-nodes";
    const properties = { name, arn: `arn:aws:iam::111122223333:role/${name}` };
    const left = {
      type: "aws:iam/role:Role",
      id: name,
      region: "eu-central-1",
      inputs: {},
      properties,
      status: "ACTIVE",
    };
    const ledger = {
      accountId: "111122223333",
      now: "2026-01-01T00:00:00Z",
      steps: 0,
      generations: {},
      faults: [],
      given,
    };
    writeFileSync(ground.account, JSON.stringify({ ...ledger, resources: [left] }));

    const { code, stdout, stderr } = ground.ask("doctor", ["production", "--json"]);
    behindTheBack((account) => (account.resources = []));

    expect({ code, stderr }).toMatchObject({ code: 1 });
    const { examined } = JSON.parse(stdout) as { examined: { planned: number; lines: Line[] }[] };
    const problems = examined[0]?.lines.filter(({ state }) => state === "problem") ?? [];
    expect(problems.map(({ what, got }) => `${what}: ${got}`)).toEqual([
      "eks: denied: eks:CreateCluster",
      "VPCs per Region: 0, 0 used",
      "On-demand standard instances, vCPUs: 5 vCPUs, 0 used",
      "role bulwark-production-nodes: taken, and not by this stack",
      "m6i.large: not offered in eu-central-1b",
    ]);
    expect(problems.every(({ fix }) => fix !== undefined)).toBe(true);
    expect(examined[0]?.planned).toBeGreaterThan(150);
  });
});

describe("a rehearsed account, asked whether what was promised is so", () => {
  it("says so of an account that nobody touched", () => {
    const rehearsed = ground.rehearse(["--json"]);
    expect({ code: rehearsed.code, stderr: rehearsed.stderr }).toMatchObject({ code: 0 });

    const { code, stdout, stderr } = ground.ask("verify", []);

    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("everything promised is so");
  });

  it("reports each change from outside, and which promise it breaks", () => {
    behindTheBack((ledger) => {
      const { vpcConfig, ...cluster } = held(ledger, "aws:eks/cluster:Cluster", "main");
      Object.assign(vpcConfig as object, { endpointPublicAccess: true });
      Object.assign(held(ledger, "aws:eks/cluster:Cluster", "main"), {
        enabledClusterLogTypes: (cluster["enabledClusterLogTypes"] as string[]).filter((log) => log !== "audit"),
      });
      Object.assign(held(ledger, "aws:kms/key:Key", "main-secrets"), { enableKeyRotation: false });
      const nodes = held(ledger, "aws:iam/role:Role", "main-nodes");
      nodes["assumeRolePolicy"] = (nodes["assumeRolePolicy"] as string).replace(
        /"Principal":\{[^}]*\}/,
        '"Principal":{"AWS":"*"}',
      );
      ledger.resources = ledger.resources.filter(
        ({ type }) => type !== "aws:wafv2/webAclAssociation:WebAclAssociation",
      );
      const open = {
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        securityGroupId: groupIn(ledger),
      };
      const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
      const rule = { type, id: "sgr-0123456789abcdef0", region: "eu-central-1", status: "ACTIVE" };
      ledger.resources.push({ ...rule, inputs: open, properties: open });
    });

    const { code, stdout } = ground.ask("verify", ["production", "--json"]);

    expect(code).toBe(1);
    const { verified } = JSON.parse(stdout) as { verified: Verified[] };
    const [{ drifted, promises, lines } = { drifted: [], promises: { violations: [] }, lines: [] }] = verified;
    const drift = drifted.flatMap(({ name, gone, drift: changes }) =>
      gone ? [`${name} is gone`] : changes.map(({ path }) => `${name} ${path}`),
    );
    expect(drift.toSorted()).toEqual([
      "main enabledClusterLogTypes",
      "main is gone",
      "main vpcConfig.endpointPublicAccess",
      "main-nodes assumeRolePolicy",
      "main-secrets enableKeyRotation",
    ]);
    expect(promises.violations.map(({ control, resource }) => `${control} ${resource.name}`)).toEqual(
      expect.arrayContaining([
        "cluster-private-endpoint main",
        "cluster-logs main",
        "keys-rotation main-secrets",
        "network-no-ssh-from-world sgr-0123456789abcdef0",
      ]),
    );
    expect(promises.violations.some(({ resource }) => resource.name === "main-nodes")).toBe(true);
    expect(lines.filter(({ state }) => state === "problem").map(({ got }) => got)).toEqual([
      expect.stringContaining("tcp 22–22 from 0.0.0.0/0 (sgr-0123456789abcdef0), opened outside this stack"),
    ]);
  });

  it("leaves nothing running", () => {
    expect(ground.processes()).toEqual([]);
  });
});

function groupIn({ resources }: Ledger): string {
  const group = resources.find(({ type, urn }) => type === "aws:ec2/securityGroup:SecurityGroup" && urn !== undefined);
  if (group === undefined) throw new Error("the account holds no security group of the program");
  return group.id;
}
