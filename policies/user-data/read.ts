import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

import { type CloudConfig, readCloudConfig } from "./cloud-config";

/** What a launch template tells its nodes, as far as it is settings; a script is `other`, since it may do anything. */
export type UserData =
  | { readonly kind: "bottlerocket"; readonly settings: unknown }
  | { readonly kind: "node-config"; readonly configs: readonly unknown[]; readonly others: readonly string[] }
  | { readonly kind: "cloud-config"; readonly config: CloudConfig }
  | { readonly kind: "other"; readonly text: string };

/** Reads base64 user data: Bottlerocket's TOML, the NodeConfigs of a MIME document, or Ubuntu's cloud-config. */
export function readUserData(base64: string | undefined): UserData {
  const text = Buffer.from(base64 ?? "", "base64").toString("utf8");
  if (/^MIME-Version:/im.test(text)) return multipart(text);
  if (text.startsWith("#cloud-config\n")) return { kind: "cloud-config", config: readCloudConfig(parseYaml(text)) };
  if (/^kind: NodeConfig$/m.test(text)) return { kind: "node-config", configs: [parseYaml(text)], others: [] };
  try {
    return { kind: "bottlerocket", settings: parseToml(text)["settings"] };
  } catch {
    return { kind: "other", text };
  }
}

function multipart(text: string): UserData {
  const boundary = /boundary="?([^"\s;]+)"?/i.exec(text)?.[1] ?? "";
  const parts = text.split(`--${boundary}`).slice(1, -1);
  const read = parts.map((part) => {
    const [head = "", ...body] = part.trim().split(/\r?\n\r?\n/);
    return { type: /^Content-Type:\s*([\w./-]+)/im.exec(head)?.[1] ?? "none", body: body.join("\n\n") };
  });
  return {
    kind: "node-config",
    configs: read.filter(({ type }) => type === NODE_CONFIG).map(({ body }) => parseYaml(body) as unknown),
    others: read.filter(({ type }) => type !== NODE_CONFIG).map(({ type }) => type),
  };
}

const NODE_CONFIG = "application/node.eks.aws";
