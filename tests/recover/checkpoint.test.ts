import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { restoreCheckpoint } from "../../cli/recover/checkpoint";

describe("a checkpoint that a killed engine left half-written", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulwark-checkpoint-"));
    mkdirSync(join(folder, ".pulumi", "stacks", "bulwark"), { recursive: true });
    file = join(folder, ".pulumi", "stacks", "bulwark", "production.json");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const restore = () => restoreCheckpoint({ env: { PULUMI_BACKEND_URL: pathToFileURL(folder).href } }, "production");

  it.each(["", '{ "version": 3, "checkp'])("is put back from the one before it: %j", (half) => {
    writeFileSync(file, half);
    writeFileSync(`${file}.bak`, '{"version":3}');

    expect(restore()).toBe(true);
    expect(readFileSync(file, "utf8")).toBe('{"version":3}');
  });

  it("stays as it is while it is whole", () => {
    writeFileSync(file, '{"version":3,"serial":2}');
    writeFileSync(`${file}.bak`, '{"version":3,"serial":1}');

    expect(restore()).toBe(false);
    expect(readFileSync(file, "utf8")).toBe('{"version":3,"serial":2}');
  });

  it.each(["", '{"user.cache_con'])("is read again once half a note of its attributes is gone: %j", (half) => {
    writeFileSync(file, '{"version":3}');
    writeFileSync(`${file}.attrs`, half);
    writeFileSync(`${file}.bak.attrs`, '{"md5":null}');

    expect(restore()).toBe(true);
    expect(readFileSync(file, "utf8")).toBe('{"version":3}');
    expect(existsSync(`${file}.attrs`)).toBe(false);
    expect(existsSync(`${file}.bak.attrs`)).toBe(true);
    expect(restore()).toBe(false);
  });

  it("is no one's to guess where the one before is broken too, or the backend is no folder", () => {
    writeFileSync(file, "");
    writeFileSync(`${file}.bak`, "");

    expect(restore()).toBe(false);
    expect(restoreCheckpoint({ env: { PULUMI_BACKEND_URL: "s3://state" } }, "production")).toBe(false);
    expect(restoreCheckpoint({ env: {} }, "production")).toBe(false);
  });
});
