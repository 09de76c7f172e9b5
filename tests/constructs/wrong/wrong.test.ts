import { App, Application } from "../../../constructs";
import { application } from "./application";
import { container } from "./container";
import { profile } from "./profile";
import type { Wrong } from "./row";
import { workload } from "./workload";

const rows: readonly Wrong[] = [...container, ...profile, ...workload, ...application];

/** What is said to who writes this: at once where it can be known at once, else when the manifest is written. */
function refusal({ write }: Pick<Wrong, "write">): string | undefined {
  const app = new App();
  try {
    write(new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" }), app);
    app.synthYaml();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a wrong use of the constructs", () => {
  it("is one of at least forty kinds", () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it.each(rows)("is refused with what was got and what to write instead: $name", (row) => {
    const message = refusal(row);
    expect(message).toContain(row.got);
    expect(message).toContain(row.fix);
  });

  it.each(rows)("never tells a credential and is no accident of the language: $name", (row) => {
    expect(refusal(row)).not.toMatch(/hunter2|MHcCAQEE|undefined|\[object|cannot read|is not a function/i);
  });

  it("is the only kind that is refused: an empty application is not", () => {
    expect(refusal({ write: () => undefined })).toBeUndefined();
  });
});
