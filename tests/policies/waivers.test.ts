import { controls } from "../../policies/catalogue";
import { item, token } from "../../policies/control";
import { Inventory } from "../../policies/inventory";
import { judge } from "../../policies/verdict";
import { parseWaivers, readWaivers, type Waiver } from "../../policies/waivers";

const waiver: Waiver = {
  control: "keys-rotation",
  resource: "main-secrets",
  owner: "security@example.com",
  reason: "imported key material cannot rotate by itself",
  expiry: "2027-03-31",
};
const key = item(token<{ enableKeyRotation?: boolean }>("aws:kms/key:Key"), "main-secrets", {});
const rotation = controls.filter(({ id }) => id === "keys-rotation");

function judged(waivers: readonly Waiver[], today = "2026-11-23", stack = "production"): string[] {
  const ids = new Set([...controls.map(({ id }) => id), "plan-keeps-cluster"]);
  const verdicts = judge(new Inventory([key], today), rotation, {
    stage: "up",
    waivers: { waivers, today, stack, ids },
  });
  return verdicts.map(({ control, verdict }) => `${control} ${verdict}`);
}

describe("a waiver", () => {
  it.each(["main-secrets", "main-*", "aws:kms/key:Key::main-secrets", "urn:pulumi:*::main-secrets", key.urn])(
    "sets a violation of %s aside",
    (resource) => {
      expect(judged([{ ...waiver, resource }])).toEqual(["keys-rotation waived"]);
    },
  );

  it("holds on its last day and no longer", () => {
    expect(judged([waiver], "2027-03-31")).toEqual(["keys-rotation waived"]);
    expect(judged([waiver], "2027-04-01")).toEqual(["keys-rotation violation", "waiver-in-force violation"]);
  });

  it("of another resource sets nothing aside and is called unused", () => {
    expect(judged([{ ...waiver, resource: "main-disks" }])).toEqual([
      "keys-rotation violation",
      "waiver-used violation",
    ]);
  });

  it("of a control that does not exist is a finding", () => {
    expect(judged([{ ...waiver, control: "keys-rotate" }])).toEqual([
      "keys-rotation violation",
      "waiver-known-control violation",
    ]);
  });

  it("of the guard is not called unused by those who judge resources", () => {
    expect(judged([waiver, { ...waiver, control: "plan-keeps-cluster" }])).toEqual(["keys-rotation waived"]);
  });

  it("of another stack neither sets aside nor is called unused", () => {
    expect(judged([{ ...waiver, stack: "staging" }])).toEqual(["keys-rotation violation"]);
  });
});

describe("the waiver file", () => {
  it("may be absent, empty, or hold waivers", () => {
    expect(readWaivers("/nonexistent/bulwark.waivers.yaml")).toEqual([]);
    expect(parseWaivers("", "w.yaml")).toEqual([]);
    expect(parseWaivers("# none granted\nwaivers: []\n", "w.yaml")).toEqual([]);
    expect(parseWaivers(`waivers:\n  - ${JSON.stringify(waiver)}\n`, "w.yaml")).toEqual([waiver]);
  });

  it("is refused with every fault at once, each with its line and column", () => {
    const text = [
      "waivers:",
      "  - control: EKS1",
      '    resource: "*"',
      "    owner: me@example.com",
      "    reason: because",
      "    expiry: soon",
      "    forever: true",
    ].join("\n");
    const faults = () => parseWaivers(text, "w.yaml");

    expect(faults).toThrow("w.yaml:2:14: waivers.0.control: must be a control's id");
    expect(faults).toThrow("w.yaml:3:15: waivers.0.resource: must name a resource");
    expect(faults).toThrow("w.yaml:5:13: waivers.0.reason: must say why");
    expect(faults).toThrow("w.yaml:6:13: waivers.0.expiry: must be a day");
    expect(faults).toThrow(/w\.yaml:2:\d+: waivers\.0: .*forever/);
  });

  it("that is no YAML is refused with its line", () => {
    expect(() => parseWaivers("waivers:\n  - {control: [", "w.yaml")).toThrow(/^w\.yaml:2:\d+: /);
  });
});
