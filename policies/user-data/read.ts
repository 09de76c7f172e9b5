import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

/** What a launch template tells its nodes, as far as it is settings; a script is `other`, since it may do anything. */
export type UserData =
  | { readonly kind: "bottlerocket"; readonly settings: unknown }
  | { readonly kind: "node-config"; readonly configs: readonly unknown[]; readonly others: readonly string[] }
  | { readonly kind: "other"; readonly text: string };

/** Reads base64 user data: Bottlerocket's TOML, or the NodeConfigs of a MIME document. */
export function readUserData(base64: string | undefined): UserData {
  const text = Buffer.from(base64 ?? "", "base64").toString("utf8");
  if (/^MIME-Version:/im.test(text)) return multipart(text);
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

/** The value at a path of an object that may be anything. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined),
    value,
  );
}
