import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvents } from "../../cli/event";

const URN = "urn:pulumi:production::bulwark::aws:ec2/vpc:Vpc::main";

function log(...events: readonly object[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "bulwark-")), "events.jsonl");
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}

describe("the engine's event log", () => {
  it("tells the steps, with what the state protects", () => {
    const metadata = { op: "delete", urn: URN, type: "aws:ec2/vpc:Vpc", old: { protect: true }, diffs: ["cidrBlock"] };
    expect(readEvents(log({ resourcePreEvent: { metadata } })).steps).toEqual([
      { op: "delete", urn: URN, type: "aws:ec2/vpc:Vpc", name: "main", protect: true, properties: ["cidrBlock"] },
    ]);
  });

  it("tells when only what the stack tells other stacks would change", () => {
    const outputs = (before: object, after: object) => ({
      resOutputsEvent: {
        metadata: {
          op: "same",
          urn: URN,
          type: "pulumi:pulumi:Stack",
          old: { outputs: before },
          new: { outputs: after },
        },
      },
    });

    expect(readEvents(log(outputs({ groups: ["sre"] }, { groups: ["sre", "lead"] }))).outputsChange).toBe(true);
    expect(readEvents(log(outputs({ groups: ["sre"] }, { groups: ["sre"] }))).outputsChange).toBe(false);
  });

  it("tells each error once and without colours", () => {
    const diagnosticEvent = { severity: "error", message: "<{%fg 1%}>no such role<{%reset%}>\n" };
    expect(readEvents(log({ diagnosticEvent }, { diagnosticEvent })).errors).toEqual(["no such role"]);
  });

  it("tells no changes when the engine did not get to its summary", () => {
    expect(readEvents(log({ preludeEvent: {} })).changes).toBeUndefined();
    expect(readEvents(log({ summaryEvent: { resourceChanges: { same: 3 } } })).changes).toEqual({ same: 3 });
  });

  it("is read while its last line is still being written, and before it exists", () => {
    const path = log({ summaryEvent: { resourceChanges: { same: 3 } } });
    writeFileSync(path, '{"diagnosticEvent": {"sev', { flag: "a" });

    expect(readEvents(path).changes).toEqual({ same: 3 });
    expect(readEvents("/nowhere/events.jsonl").steps).toEqual([]);
  });
});
