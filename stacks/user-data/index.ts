import type { Pool, Shell } from "../blueprint/options/nodes";
import { bottlerocket, renderBottlerocket } from "./bottlerocket";
import type { Join } from "./join";
import { nodeConfig, renderNodeConfig } from "./node-config";
import { renderUbuntu, ubuntu } from "./ubuntu";

/**
 * What a pool's nodes are told when they start, as text: hardened settings and nothing else, so there is no place where
 * a script of others or a secret could hide. `join` is for images to which EKS adds nothing.
 *
 * @control user-data-no-secrets
 */
export function userData({ os, cis }: Pick<Pool, "os" | "cis">, shell: Shell, join?: Join): string {
  switch (os) {
    case "bottlerocket":
      return renderBottlerocket(bottlerocket(cis ?? 2, shell));
    case "al2023":
      return renderNodeConfig(nodeConfig(join));
    case "ubuntu":
      if (join === undefined) throw new Error("an Ubuntu node must be told its cluster: EKS tells it nothing");
      return renderUbuntu(ubuntu(join));
  }
}
