import type * as pulumi from "@pulumi/pulumi";

import type { AccountBlueprint } from "../blueprint/schema";

/** Who runs one of the account's settings. */
export type Setting = AccountBlueprint["ebsEncryption"];

/** How a setting may be made. */
export interface Choice<Made> {
  /** How a setting that exists already comes to us: some types the provider cannot import, making them overwrites. */
  readonly adopted: "by import" | "by overwriting";
  readonly hardened: (opts: pulumi.CustomResourceOptions) => Made;
  readonly insecure: (opts: pulumi.CustomResourceOptions) => Made;
}

/**
 * Makes a setting as its blueprint says. `off` registers the insecure value on purpose, so that policies and reviewers
 * see it; `organisation` registers nothing, because two owners of one switch turn it back and forth.
 */
export function settle<Made>(
  setting: Setting,
  { adopted, hardened, insecure }: Choice<Made>,
  opts: pulumi.CustomResourceOptions,
): Made | undefined {
  switch (setting.managed) {
    case "here":
      return hardened(opts);
    case "import":
      return hardened(adopted === "by import" ? { ...opts, import: setting.id } : opts);
    case "off":
      return insecure(opts);
    case "organisation":
      return undefined;
  }
}

/** What a setting's state is, in a form that a person reads among the stack's outputs. */
export function posture(setting: Setting): string {
  switch (setting.managed) {
    case "here":
    case "import":
      return "on, managed here";
    case "off":
      return `off until ${setting.until}: ${setting.reason} (${setting.by})`;
    case "organisation":
      return `not managed here: ${setting.by}`;
  }
}
