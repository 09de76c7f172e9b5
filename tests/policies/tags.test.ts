import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { controls } from "../../policies/catalogue";

const STACKS = join(__dirname, "..", "..", "stacks");

const tags = readdirSync(STACKS, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .flatMap((path) =>
    [...readFileSync(join(STACKS, path), "utf8").matchAll(/@control ([\w-]+)/g)].map(([, id]) => [path, id] as const),
  );

it("finds the lines that keep a promise", () => {
  expect(tags.length).toBeGreaterThan(20);
});

it.each(tags)("%s keeps a promise that exists: %s", (_path, id) => {
  expect(controls.map((control) => control.id)).toContain(id);
});
