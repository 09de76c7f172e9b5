import { parse, stringify } from "smol-toml";

import { nodeConfig, renderNodeConfig } from "../../stacks/user-data/node-config";
import { renderUbuntu, ubuntu } from "../../stacks/user-data/ubuntu";
import { TOLD } from "../user-data/join";
import { GONE, type Mutation, statement } from "./mutation";

const GROUP = "NodeGroup main-system";
const TEMPLATE = "LaunchTemplate main-system";

type Settings = Record<string, unknown>;

const encode = (text: string) => Buffer.from(text).toString("base64");

/** Bottlerocket's settings with one of them changed, or taken away. */
function setting(path: string, value?: boolean | number | string) {
  return (userData: string) => {
    const document = parse(Buffer.from(userData, "base64").toString()) as Settings;
    const keys = ["settings", ...path.split("/")];
    const last = keys.pop() ?? "";
    const table = keys.reduce<Settings>((at, key) => (at[key] ??= {}) as Settings, document);
    if (value === undefined) Reflect.deleteProperty(table, last);
    else table[last] = value;
    return encode(stringify(document));
  };
}

/** Amazon Linux's user data in place of Bottlerocket's, with some of the kubelet's configuration changed. */
function kubelet(changed: Settings) {
  const config = nodeConfig();
  const spec = { kubelet: { config: { ...config.spec.kubelet.config, ...changed } } };
  return encode(renderNodeConfig({ ...config, spec }));
}

/** Ubuntu's user data in place of Bottlerocket's, with one of its files changed. */
function onUbuntu(end: string, change: (content: string) => string) {
  const config = ubuntu(TOLD);
  const write_files = config.write_files.map((file) =>
    file.path.endsWith(end) ? { ...file, content: change(file.content) } : file,
  );
  return encode(renderUbuntu({ ...config, write_files }));
}

/** Ubuntu's kubelet with some of its configuration changed. */
function ubuntuKubelet(changed: Settings) {
  return onUbuntu("/kubelet.json", (json) => JSON.stringify({ ...(JSON.parse(json) as Settings), ...changed }));
}

/** Ubuntu's script with one piece of text in place of another. */
function ubuntuScript(text: string, other: string) {
  return onUbuntu("/join", (script) => {
    if (!script.includes(text)) throw new Error(`the script does not hold ${text}`);
    return script.replace(text, other);
  });
}

const APPARMOR = '[ "$(cat /sys/module/apparmor/parameters/enabled)" = Y ]\n';

const standalone = setting("kubernetes/standalone-mode", true);

/** What is flipped in the nodes of the production stack. */
export const mutations: readonly Mutation[] = [
  [TEMPLATE, "metadataOptions.httpTokens", "optional", ["nodes-metadata-tokens"]],
  [TEMPLATE, "metadataOptions.httpTokens", GONE, ["nodes-metadata-tokens"]],
  [TEMPLATE, "metadataOptions.httpEndpoint", "disabled", ["nodes-metadata-tokens"]],
  [TEMPLATE, "metadataOptions.httpPutResponseHopLimit", 2, ["nodes-metadata-hops"]],
  [TEMPLATE, "metadataOptions", GONE, ["nodes-metadata-hops", "nodes-metadata-tokens"]],
  [TEMPLATE, "blockDeviceMappings", volume(0, { encrypted: "false" }), ["nodes-volumes-encrypted"]],
  [TEMPLATE, "blockDeviceMappings", volume(1, { encrypted: undefined }), ["nodes-volumes-encrypted"]],
  [TEMPLATE, "blockDeviceMappings", volume(1, { kmsKeyId: undefined }), ["nodes-volumes-key"]],
  [TEMPLATE, "blockDeviceMappings", GONE, ["nodes-volumes-complete", "nodes-volumes-encrypted"]],
  [TEMPLATE, "links.blockDeviceMappings", "Key main-secrets", ["nodes-volumes-key"]],
  ["Key main-disks", "policy", statement("LaunchGrants", { Action: "kms:ListGrants" }), ["nodes-volumes-key"]],
  [TEMPLATE, "blockDeviceMappings", withoutLast, ["nodes-volumes-complete"]],
  [TEMPLATE, "networkInterfaces", open, ["nodes-no-public-address"]],
  [TEMPLATE, "networkInterfaces", GONE, ["nodes-no-public-address", "nodes-own-group"]],
  [TEMPLATE, "links.networkInterfaces", "Vpc main", ["nodes-own-group"]],
  [TEMPLATE, "keyName", "operations", ["nodes-no-ssh"]],
  [GROUP, "remoteAccess", { ec2SshKey: "operations" }, ["nodes-no-ssh"]],
  [GROUP, "launchTemplate.version", "$Latest", ["nodes-template-pinned"]],
  [GROUP, "launchTemplate", GONE, ["nodes-template-pinned"]],
  [GROUP, "amiType", "AL2_x86_64", ["nodes-image-family", "nodes-image-supported"]],
  [GROUP, "amiType", "CUSTOM", ["nodes-image-supported"]],
  [GROUP, "amiType", GONE, ["nodes-image-family", "nodes-image-supported"]],
  [GROUP, "labels.bulwark/image-family", "ubuntu", ["nodes-image-family"]],
  [GROUP, "labels.bulwark/image-family", GONE, ["nodes-image-family"]],
  [TEMPLATE, "imageId", "ami-0123456789abcdef0", ["nodes-image-owned"]],
  [TEMPLATE, "imageId", "resolve:ssm:/images/nodes", ["nodes-image-owned"]],
  [GROUP, "version", "1.35", ["nodes-version-of-cluster"]],
  [GROUP, "nodeRepairConfig.enabled", false, ["nodes-repaired"]],
  [GROUP, "nodeRepairConfig", GONE, ["nodes-repaired"]],
  [GROUP, "updateConfig", GONE, ["nodes-repaired"]],
  [GROUP, "forceUpdateVersion", true, ["nodes-repaired"]],
  [GROUP, "links.subnetIds", "Subnet main-public-eu-central-1a", ["nodes-private-subnets"]],
  [GROUP, "links.nodeRoleArn", "Role main-flow-logs", ["nodes-role-minimal"]],
  [
    "RolePolicyAttachment main-nodes-AmazonEC2ContainerRegistryPullOnly",
    "policyArn",
    "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    ["nodes-role-minimal"],
  ],
  ["RolePolicyAttachment main-nodes-AmazonEKSWorkerNodePolicy", "", GONE, ["nodes-role-minimal"]],
  [
    "RolePolicyAttachment main-nodes-AmazonEC2ContainerRegistryPullOnly",
    "policyArn",
    "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ["addons-cni-own-role", "nodes-role-minimal"],
  ],

  [
    TEMPLATE,
    "userData",
    standalone,
    ["user-data-kubelet-anonymous", "user-data-kubelet-authorization", "user-data-kubelet-client-ca"],
  ],
  [TEMPLATE, "userData", GONE, ["user-data-kubelet-events", "user-data-kubelet-limits"]],
  [TEMPLATE, "userData", setting("kubernetes/event-qps"), ["user-data-kubelet-events"]],
  [TEMPLATE, "userData", setting("kubernetes/pod-pids-limit"), ["user-data-kubelet-limits"]],
  [TEMPLATE, "userData", setting("kubernetes/seccomp-default", false), ["user-data-kubelet-limits"]],
  [TEMPLATE, "userData", setting("kubernetes/server-tls-bootstrap", false), ["user-data-kubelet-rotation"]],
  [TEMPLATE, "userData", setting("kernel/lockdown", "none"), ["user-data-kernel-lockdown"]],
  [TEMPLATE, "userData", setting("kernel/lockdown", "confidentiality"), ["user-data-kernel-lockdown"]],
  [TEMPLATE, "userData", setting("kernel/modules/sctp/allowed", true), ["user-data-kernel-modules"]],
  [TEMPLATE, "userData", setting("kernel/modules/udf/allowed", true), ["user-data-kernel-modules"]],
  [TEMPLATE, "userData", setting("kernel/sysctl/net.ipv4.conf.all.accept_redirects", "1"), ["user-data-kernel-routes"]],
  [
    TEMPLATE,
    "userData",
    setting("kernel/sysctl/net.ipv4.conf.default.send_redirects", "1"),
    ["user-data-kernel-routes"],
  ],
  [TEMPLATE, "userData", setting("host-containers/admin/enabled", true), ["user-data-host-containers"]],
  [TEMPLATE, "userData", setting("bootstrap-containers/filter/mode", "always"), ["user-data-settings-only"]],
  [TEMPLATE, "userData", encode("#!/bin/bash\niptables -P INPUT DROP\n"), ["user-data-settings-only"]],
  [TEMPLATE, "userData", setting("motd", "password: correct-horse-battery"), ["user-data-no-secrets"]],

  [TEMPLATE, "userData", kubelet({}), []],
  [
    TEMPLATE,
    "userData",
    kubelet({ authentication: { anonymous: { enabled: true } } }),
    ["user-data-kubelet-anonymous"],
  ],
  [TEMPLATE, "userData", kubelet({ authorization: { mode: "AlwaysAllow" } }), ["user-data-kubelet-authorization"]],
  [TEMPLATE, "userData", kubelet({ readOnlyPort: 10255 }), ["user-data-kubelet-read-only-port"]],
  [TEMPLATE, "userData", kubelet({ streamingConnectionIdleTimeout: "0s" }), ["user-data-kubelet-idle-timeout"]],
  [TEMPLATE, "userData", kubelet({ makeIPTablesUtilChains: false }), ["user-data-kubelet-packet-rules"]],
  [TEMPLATE, "userData", kubelet({ eventRecordQPS: -1 }), ["user-data-kubelet-events"]],
  [TEMPLATE, "userData", kubelet({ rotateCertificates: false }), ["user-data-kubelet-rotation"]],
  [TEMPLATE, "userData", kubelet({ serverTLSBootstrap: false }), ["user-data-kubelet-rotation"]],
  [TEMPLATE, "userData", kubelet({ podPidsLimit: -1 }), ["user-data-kubelet-limits"]],
  [TEMPLATE, "userData", kubelet({ protectKernelDefaults: false }), ["user-data-kubelet-limits"]],
  [
    TEMPLATE,
    "userData",
    kubelet({ tlsCipherSuites: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] }),
    ["user-data-kubelet-ciphers"],
  ],
  [TEMPLATE, "userData", kubelet({ tlsMinVersion: "VersionTLS10" }), ["user-data-kubelet-ciphers"]],

  [TEMPLATE, "userData", ubuntuKubelet({}), []],
  [TEMPLATE, "userData", ubuntuScript(APPARMOR, ""), ["user-data-apparmor"]],
  [TEMPLATE, "userData", ubuntuScript("trap 'snap stop --disable kubelet-eks' ERR\n", ""), ["user-data-apparmor"]],
  [TEMPLATE, "userData", ubuntuScript("systemctl mask", "systemctl enable"), ["user-data-settings-only"]],
  [
    TEMPLATE,
    "userData",
    ubuntuScript("--node-labels", "--anonymous-auth=true --node-labels"),
    ["user-data-kubelet-anonymous"],
  ],
  [
    TEMPLATE,
    "userData",
    ubuntuKubelet({ authorization: { mode: "AlwaysAllow" } }),
    ["user-data-kubelet-authorization"],
  ],
  [TEMPLATE, "userData", ubuntuKubelet({ readOnlyPort: 10255 }), ["user-data-kubelet-read-only-port"]],
  [TEMPLATE, "userData", ubuntuKubelet({ serverTLSBootstrap: false }), ["user-data-kubelet-rotation"]],
  [TEMPLATE, "userData", ubuntuKubelet({ podPidsLimit: -1 }), ["user-data-kubelet-limits"]],
  [TEMPLATE, "userData", ubuntuKubelet({ tlsCipherSuites: [] }), ["user-data-kubelet-ciphers"]],
  [TEMPLATE, "userData", onUbuntu("bulwark.conf", redirected), ["user-data-kernel-routes"]],
];

interface Mapping {
  readonly ebs: object;
}

/** One volume with something said otherwise, or with undefined not said at all. */
function volume(which: number, ebs: Readonly<Record<string, string | undefined>>) {
  return (mappings: readonly Mapping[]) =>
    mappings.map((one, index) => {
      if (index !== which) return one;
      return {
        ...one,
        ebs: Object.fromEntries(Object.entries({ ...one.ebs, ...ebs }).filter(([, value]) => value !== undefined)),
      };
    });
}

function redirected(text: string): string {
  return text.replace("all.accept_redirects = 0", "all.accept_redirects = 1");
}

function withoutLast(mappings: readonly unknown[]): readonly unknown[] {
  return mappings.slice(0, -1);
}

function open(interfaces: readonly object[]): readonly object[] {
  return interfaces.map((one) => ({ ...one, associatePublicIpAddress: "true" }));
}
