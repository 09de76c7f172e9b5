import { type Control, inventoryControl } from "./control";
import { object, objectsOf } from "./object";

/** Kinds that have grown up; PushSecret and generators are alpha still. */
const KINDS = ["ExternalSecret", "ClusterExternalSecret", "SecretStore", "ClusterSecretStore"];

/** What an object of External Secrets promises. */
export const externalSecret: readonly Control[] = [
  inventoryControl({
    id: "external-secret-served-version",
    title: "Objects of External Secrets are of a version that is served",
    severity: "medium",
    why: "External Secrets 2 serves v1 alone: an object of v1beta1 is refused, and the secret that it names never comes or never rotates",
    fix: "write `apiVersion: external-secrets.io/v1`",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, kind, version } of objectsOf(inventory, ["external-secrets.io"], KINDS))
        if (version !== "v1") yield `${kind} ${name} is of external-secrets.io/${version}`;
    },
    good: [
      [object("external-secrets.io/v1", "ExternalSecret")],
      [object("external-secrets.io/v1alpha1", "PushSecret")],
    ],
    bad: [
      [object("external-secrets.io/v1beta1", "ExternalSecret")],
      [object("external-secrets.io/v1beta1", "ClusterSecretStore")],
      [object("external-secrets.io/v1alpha1", "SecretStore")],
    ],
  }),
];
