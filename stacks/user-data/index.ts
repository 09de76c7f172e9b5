import type { Pool, Shell } from "../blueprint/options/nodes";
import { bottlerocket, renderBottlerocket } from "./bottlerocket";
import { nodeConfig, renderNodeConfig } from "./node-config";

/**
 * What a pool's nodes are told when they start, as text: hardened settings and nothing else, so there is no place where
 * a script or a secret could hide.
 *
 * @control user-data-no-secrets
 */
export function userData({ os, cis }: Pick<Pool, "os" | "cis">, shell: Shell): string {
  switch (os) {
    case "bottlerocket":
      return renderBottlerocket(bottlerocket(cis ?? 2, shell));
    case "al2023":
      return renderNodeConfig(nodeConfig());
  }
}
