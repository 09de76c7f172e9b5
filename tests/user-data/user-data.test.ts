import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

import { userData } from "../../stacks/user-data";
import { bottlerocketKubelet, CANONICAL_FLAGS, merged, NODEADM } from "./images";
import { kubeletFile, TOLD } from "./join";
import { COUNT, failures } from "./kube-bench";

const none = { access: "none" } as const;
const sessions = { access: "session-manager", reason: "the sensor is being proved on real nodes" } as const;
const golden = (file: string) => readFileSync(join(__dirname, "golden", file), "utf8");

interface Settings {
  readonly settings: {
    readonly kubernetes: Readonly<Record<string, unknown>>;
    readonly kernel?: { readonly lockdown?: string; readonly sysctl?: Readonly<Record<string, string>> };
    readonly "host-containers": Readonly<Record<string, { readonly enabled: boolean }>>;
  };
}

const toml = (text: string) => parseToml(text) as unknown as Settings;
const bottlerocket = (cis: 1 | 2 | undefined, shell: typeof none | typeof sessions = none) =>
  userData({ os: "bottlerocket", cis }, shell);

/** The kubelet's part of the one NodeConfig in a MIME document. */
function kubeletOf(text: string): object {
  const [, part = ""] = text.split("--BULWARK\n");
  const body = part.slice(part.indexOf("\n\n") + 2, part.indexOf("\n--BULWARK--"));
  return (parseYaml(body) as { spec: { kubelet: { config: object } } }).spec.kubelet.config;
}

describe("rendered user data", () => {
  it.each([
    ["bottlerocket-level-1.toml", bottlerocket(1)],
    ["bottlerocket-level-2.toml", bottlerocket(2)],
    ["bottlerocket-sessions.toml", bottlerocket(2, sessions)],
    ["al2023.mime", userData({ os: "al2023", cis: undefined }, none)],
    ["al2023-own-image.mime", userData({ os: "al2023", cis: undefined }, none, TOLD)],
    ["ubuntu.yaml", userData({ os: "ubuntu", cis: undefined }, none, TOLD)],
  ])("is what was reviewed: %s", (file, text) => {
    expect(text).toBe(golden(file));
  });

  it("is on level 2 when nothing is said about a level", () => {
    expect(bottlerocket(undefined)).toBe(bottlerocket(2));
  });

  it("fits EC2's limit of 16 KiB with room for what EKS adds", () => {
    expect(userData({ os: "al2023", cis: undefined }, none).length).toBeLessThan(8192);
    expect(bottlerocket(2).length).toBeLessThan(8192);
    expect(userData({ os: "ubuntu", cis: undefined }, none, TOLD).length).toBeLessThan(16384);
  });
});

describe("Bottlerocket's settings", () => {
  it("lock the kernel down without blinding the sensors", () => {
    expect(toml(bottlerocket(2)).settings.kernel?.lockdown).toBe("integrity");
    expect(bottlerocket(1) + bottlerocket(2)).not.toContain("confidentiality");
  });

  it("never ask for user namespaces on level 2, which forbids them", () => {
    expect(toml(bottlerocket(2)).settings.kernel?.sysctl?.["user.max_user_namespaces"]).toBe("0");
    expect(toml(bottlerocket(1)).settings.kernel).toBeUndefined();
  });

  it("bring no packet filter, which would cut pods off from EKS Pod Identity", () => {
    for (const level of [1, 2] as const) expect(bottlerocket(level)).not.toMatch(/bootstrap-containers|iptables/);
  });

  it("open the control container only for sessions, and the admin container never", () => {
    expect(toml(bottlerocket(2)).settings["host-containers"]).toEqual({
      admin: { enabled: false },
      control: { enabled: false },
    });
    expect(toml(bottlerocket(2, sessions)).settings["host-containers"]).toEqual({
      admin: { enabled: false },
      control: { enabled: true },
    });
  });
});

describe("the kubelet, judged as kube-bench judges it", () => {
  const ours = kubeletOf(userData({ os: "al2023", cis: undefined }, none));

  it("passes every check of CIS EKS 3.2 on Amazon Linux 2023", () => {
    expect(failures(merged(NODEADM, ours) as object)).toEqual([]);
  });

  it("passes them too where kube-bench reads only nodeadm's own file and not the drop-in", () => {
    expect(failures(NODEADM)).toEqual([]);
  });

  // Bottlerocket names no feature gate and relies on the kubelet's default; kube-bench asks for the name in the file.
  it.each([1, 2] as const)("passes them on Bottlerocket level %i, but for the name of one feature gate", (level) => {
    const kubelet = bottlerocketKubelet(toml(bottlerocket(level)).settings);

    expect(failures(kubelet)).toEqual(["3.2.9"]);
    expect(kubelet.serverTLSBootstrap).toBe(true);
  });

  it("passes every check on Ubuntu by the file alone, whatever flags the image's script gives", () => {
    const file = kubeletFile(userData({ os: "ubuntu", cis: undefined }, none, TOLD));

    expect(failures(file)).toEqual([]);
    expect(failures(file, CANONICAL_FLAGS)).toEqual([]);
    expect(failures({}, CANONICAL_FLAGS)).toEqual(["3.2.4"]);
  });

  it("limits processes, filters system calls and offers only suites with forward secrecy on all systems", () => {
    const onUbuntu = kubeletFile(userData({ os: "ubuntu", cis: undefined }, none, TOLD));
    for (const kubelet of [merged(NODEADM, ours), bottlerocketKubelet(toml(bottlerocket(1)).settings), onUbuntu]) {
      expect(kubelet).toMatchObject({ podPidsLimit: 4096, seccompDefault: true, protectKernelDefaults: true });
      const { tlsCipherSuites: suites } = kubelet as { readonly tlsCipherSuites: readonly string[] };
      expect(suites.filter((suite) => !suite.startsWith("TLS_ECDHE_"))).toEqual([]);
    }
  });
});

describe("the judge itself", () => {
  it("fails what says nothing wherever a value must be there", () => {
    expect(failures({})).toEqual(["3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.9"]);
  });

  it("fails a kubelet that is wrong everywhere on every check", () => {
    const open = {
      authentication: { anonymous: { enabled: true }, x509: {} },
      authorization: { mode: "AlwaysAllow" },
      readOnlyPort: 10255,
      streamingConnectionIdleTimeout: 0,
      makeIPTablesUtilChains: false,
      eventRecordQPS: -1,
      rotateCertificates: false,
      featureGates: { RotateKubeletServerCertificate: false },
    };

    expect(failures(open)).toHaveLength(COUNT);
  });

  it("believes a flag before the file, as the kubelet does", () => {
    const safe = kubeletFile(userData({ os: "ubuntu", cis: undefined }, none, TOLD));
    const flags =
      "kubelet --anonymous-auth --authorization-mode=Webhook,AlwaysAllow --read-only-port=10255 " +
      "--streaming-connection-idle-timeout=0 --make-iptables-util-chains=false --event-qps=-1 " +
      "--rotate-certificates=false --feature-gates=A=true,RotateKubeletServerCertificate=false";

    expect(failures(safe, flags)).toEqual(["3.2.1", "3.2.2", "3.2.4", "3.2.5", "3.2.6", "3.2.7", "3.2.8", "3.2.9"]);
  });
});
