import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { Account } from "../../twin/account";
import { Faults } from "../../twin/fault";
import { Deployed } from "./deployment";

const VPC = "aws:ec2/vpc:Vpc";
const block = { cidrBlock: "10.0.0.0/16" };
const folder = mkdtempSync(path.join(tmpdir(), "twin-"));
const file = (name: string) => path.join(folder, `${name}.json`);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Written {
  readonly resources: readonly { readonly type: string; readonly id: string }[];
  readonly faults: readonly string[];
}
const written = (name: string) => JSON.parse(readFileSync(file(name), "utf8")) as Written;

it("has every create on disk, readable and sorted, before it is answered", async () => {
  const account = Account.open(file("sorted"));
  const { id } = await Deployed.create(account, VPC, block);
  const keys = written("sorted").resources.map((resource) => `${resource.type} ${resource.id}`);
  expect(keys).toContain(`${VPC} ${id}`);
  expect(keys).toEqual([...keys].sort());
  expect(readFileSync(file("sorted"), "utf8")).toContain('\n        "cidrBlock": "10.0.0.0/16"');
  expect(readdirSync(folder).filter((name) => name.includes("draft"))).toEqual([]);
});

it("remembers between one process and the next, and sees what another one wrote meanwhile", async () => {
  const [one, other] = [Account.open(file("shared")), Account.open(file("shared"))];
  const { id } = await Deployed.create(one, VPC, block);
  expect(await other.read({ urn: "urn:x::main", type: VPC, id })).toMatchObject({ id });
  await Deployed.create(other, "aws:ec2/eip:Eip", {});
  expect(one.leftovers().made.map(({ type }) => type)).toEqual(["aws:ec2/eip:Eip", VPC]);
});

it("keeps what another process wrote while this one was waiting", async () => {
  const [one, other] = [500, 0].map((timeScale) => Account.open(file("both"), { timeScale })) as [Account, Account];
  const slow = Deployed.create(one, "aws:sqs/queue:Queue", {});
  await Deployed.create(other, "aws:ec2/eip:Eip", {});
  await slow;
  const held = Account.open(file("both"));
  expect(held.leftovers().made.map(({ type }) => type)).toEqual(["aws:ec2/eip:Eip", "aws:sqs/queue:Queue"]);
  expect(readdirSync(folder).filter((name) => name.includes("turn"))).toEqual([]);
});

it("ends what a process that died had begun", async () => {
  const account = Account.open(file("died"), { timeScale: 500 });
  const type = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";
  const { id: vpcId } = await Deployed.create(account, VPC, block);
  const group = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup";
  const { id: firewallRuleGroupId } = await Deployed.create(account, group, {});
  const association = await Deployed.create(account, type, { vpcId, firewallRuleGroupId, priority: 101 });
  const types = (opened: Account) => opened.leftovers().made.map(({ type: made }) => made);
  expect(types(Account.open(file("died")))).toContain(type);

  const deleting = association.delete();
  expect(readFileSync(file("died"), "utf8")).toContain('"status": "DELETING"');
  expect(types(Account.open(file("died")))).not.toContain(type);
  await deleting;
});

describe("an injected fault", () => {
  it("of throttling is overcome and recorded", async () => {
    const faults = [{ kind: "throttle", times: 3, match: "aws:ec2/*" }] as const;
    await Deployed.create(Account.open(file("throttled"), { faults }), VPC, block);
    expect(written("throttled").faults).toEqual([expect.stringContaining("Rate exceeded (3 times)")]);
  });

  it("of blindness is overcome and recorded, as the provider tries again", async () => {
    const faults = [{ kind: "invisible", calls: 2, match: VPC }] as const;
    const account = Account.open(file("blind"), { faults });
    const { id: vpcId } = await Deployed.create(account, VPC, block);
    await Deployed.create(account, "aws:ec2/internetGateway:InternetGateway", { vpcId });
    expect(written("blind").faults).toHaveLength(2);
  });

  it("of refusal strikes the nth call and no other", async () => {
    const refusal = {
      kind: "refuse",
      on: "create",
      match: VPC,
      nth: 2,
      code: "VpcLimitExceeded",
      message: "full",
    } as const;
    const account = Account.open(undefined, { faults: [refusal] });
    await Deployed.create(account, VPC, block, "one");
    await expect(Deployed.create(account, VPC, block, "two")).rejects.toMatchObject({ code: "VpcLimitExceeded" });
    await Deployed.create(account, VPC, block, "three");
    expect(account.leftovers().made).toHaveLength(2);
  });

  it.each(["before", "after"] as const)("of a crash ends the process %s the account has recorded it", (when) => {
    const died: number[] = [];
    const die = (code: number): never => {
      died.push(code);
      throw new Error("dead");
    };
    const faults = new Faults([{ kind: "crash", nth: 1, when }], die);
    const ledger = { accountId: "", now: "", steps: 0, generations: {}, faults: [] };
    const call = () => {
      if (when === "before") faults.before("create", VPC, "urn:x", ledger);
      else faults.after("create", VPC, "urn:x");
    };
    expect(call).toThrow("dead");
    expect(died).toEqual([86]);
    expect(call).not.toThrow();
  });
});
