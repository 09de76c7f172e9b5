import { stringify } from "yaml";
import type { Certificate } from "./certificate";

/** The text of a kubeconfig with everything in it, so that it can be handed on as one value. */
export function kubeconfig(url: string, authority: string, user: string, { certificate, key }: Certificate): string {
  const name = "bulwark-apiserver";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, "certificate-authority-data": base64(authority) } }],
    users: [{ name: user, user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) } }],
    contexts: [{ name, context: { cluster: name, user } }],
    "current-context": name,
  });
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
