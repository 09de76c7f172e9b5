import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ending } from "../../cli/exit";
import { checkPrograms } from "../../cli/session";
import { passage } from "../../cli/tunnel";
import { clusterBlueprint } from "../layers/blueprints";

const HOST = "0A1B2C3D.gr7.eu-central-1.eks.amazonaws.com";
const outputs = { tunnel: { instanceId: "i-0123456789abcdef0", document: "bulwark-production-tunnel" } };
const cluster = {
  blueprint: clusterBlueprint(),
  endpoint: `https://${HOST}`,
  certificateAuthority: "QUJD",
  outputs,
};

/** A folder with programs that stand in for AWS's: each writes down how it was called, then does as it is told. */
class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), "bulwark-fake-"));
  readonly env = { PATH: this.folder };
  readonly calls = join(this.folder, "calls");

  program(name: string, then = "exit 0"): this {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\nfor one in "$@"; do echo "$one" >> '${this.calls}'; done\n${then}\n`);
    chmodSync(file, 0o755);
    return this;
  }

  called(): string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, "utf8").trimEnd().split("\n") : [];
  }

  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 200 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(holds()).toBe(true);
  }
}

const STAYS = 'trap "exit 130" INT TERM; while :; do /bin/sleep 0.05; done';

describe("a tunnel", () => {
  let bench: Bench;
  let said: string[];
  let written = "";
  beforeEach(() => {
    bench = new Bench();
    said = [];
  });
  afterEach(() => {
    rmSync(bench.folder, { recursive: true });
  });

  const open = (stop: AbortController, options: { port?: string } = {}, more: object = {}) =>
    passage("production", { ...cluster, ...more }, options, {
      env: bench.env,
      stop: stop.signal,
      say: (words) => said.push(words),
    });
  const kubeconfig = () => /KUBECONFIG=(\S+)/.exec(said.join())?.[1] ?? "";

  it("starts a session with the stack's own document and names no host of its own", async () => {
    const stop = new AbortController();
    bench.program("aws", STAYS);
    const opened = open(stop);
    await bench.until(() => bench.called().length >= 10);
    written = readFileSync(kubeconfig(), "utf8");
    stop.abort();
    await opened;

    const { port } = new URL(serverOf().server);
    expect(bench.called()).toEqual([
      ...["--region", "eu-central-1", "ssm", "start-session"],
      ...["--target", "i-0123456789abcdef0", "--document-name", "bulwark-production-tunnel"],
      ...["--parameters", `{"localPortNumber":["${port}"]}`],
    ]);
    expect(bench.called().join()).not.toContain(HOST);
  });

  const serverOf = () =>
    (JSON.parse(written) as { clusters: { cluster: { server: string; "tls-server-name": string } }[] }).clusters[0]
      ?.cluster ?? { server: "", "tls-server-name": "" };

  it("writes a kubeconfig for its port that asks for the API's own name, and takes it away at the end", async () => {
    const stop = new AbortController();
    bench.program("aws", STAYS);
    const opened = open(stop);
    await bench.until(() => bench.called().length >= 10);
    const file = kubeconfig();
    written = readFileSync(file, "utf8");
    const [mode, folder] = [statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777];
    stop.abort();
    await opened;

    expect(serverOf()).toMatchObject({
      server: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as string,
      "tls-server-name": HOST,
    });
    expect(written).not.toMatch(/insecure|"token"|client-key|password/);
    expect([mode, folder]).toEqual([0o600, 0o700]);
    expect(existsSync(dirname(file))).toBe(false);
  });

  it("takes its kubeconfig away when the session fails, and says what AWS's errors mean", async () => {
    bench.program("aws", "exit 254");

    await expect(open(new AbortController())).rejects.toThrow(/aws ended with 254.*AccessDenied.*TargetNotConnected/s);
    expect(existsSync(dirname(kubeconfig()))).toBe(false);
  });

  it("says that a session which ends by itself was idle", async () => {
    bench.program("aws");

    await expect(open(new AbortController())).rejects.toThrow("closes one that is idle");
  });

  it("takes the port it is told, and refuses one that is taken or none", async () => {
    bench.program("aws");
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";

    const refused = await open(new AbortController(), { port }).catch(String);
    other.close();
    expect(refused).toContain(`port ${port} cannot be used (EADDRINUSE)`);
    for (const wrong of ["80", "http", "99999"])
      await expect(open(new AbortController(), { port: wrong })).rejects.toThrow(`got "${wrong}"`);
    expect(bench.called()).toEqual([]);
  });

  it("says what to write where the stack has no tunnel", async () => {
    await expect(open(new AbortController(), {}, { outputs: {} })).rejects.toThrow(
      "write `tunnel: {}` into Pulumi.production.yaml, then npm run up -- production",
    );
  });
});

describe("the programs that a tunnel takes", () => {
  it("are asked for before anything else, all that are missing at once", () => {
    const bench = new Bench();
    const check = () => {
      checkPrograms(bench.env);
    };

    expect(check).toThrow(Ending);
    expect(check).toThrow(
      /^aws is not on your PATH; install the AWS CLI.*\nsession-manager-plugin is not on your PATH/,
    );
    bench.program("aws");
    expect(check).toThrow(/^session-manager-plugin is not/);
    bench.program("session-manager-plugin");
    expect(check).not.toThrow();
    rmSync(bench.folder, { recursive: true });
  });
});
