import { type Control, inventoryControl } from "../control";
import type { Inventory } from "../inventory";
import { object, objectsOf } from "../object";

interface NodeClass {
  readonly spec?: { readonly amiFamily?: string; readonly amiSelectorTerms?: readonly { readonly alias?: string }[] };
}

interface NodePool {
  readonly spec?: {
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: {
        readonly nodeClassRef?: { readonly name?: string };
        readonly expireAfter?: string;
        readonly terminationGracePeriod?: string;
      };
    };
  };
}

const LABEL = "bulwark/image-family";
const LASTING = { expireAfter: "336h", terminationGracePeriod: "24h" };
const pools = (inventory: Inventory) => objectsOf<NodePool>(inventory, ["karpenter.sh"], ["NodePool"]);
const classes = (inventory: Inventory) => objectsOf<NodeClass>(inventory, ["karpenter.k8s.aws"], ["EC2NodeClass"]);

/** What the nodes promise that a controller starts by itself. */
export const pool: readonly Control[] = [
  inventoryControl({
    id: "karpenter-image-release-pinned",
    title: "Nodes that Karpenter starts are of one release of their image",
    severity: "medium",
    why: "with `@latest` a release that nobody looked at replaces every node of the cluster on the day it appears",
    fix: "write the release into the alias, such as `bottlerocket@v1.66.0`, and let a reviewed change raise it",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of classes(inventory))
        for (const { alias } of made.spec?.amiSelectorTerms ?? [])
          if (alias !== undefined && !/^[a-z0-9]+@v\S+$/.test(alias)) yield `EC2NodeClass ${name} starts from ${alias}`;
    },
    good: [[nodeClass("bottlerocket@v1.66.0")], [nodeClass("al2023@v20261112")]],
    bad: [[nodeClass("bottlerocket@latest")], [nodeClass("al2023")]],
  }),

  inventoryControl({
    id: "karpenter-expiry-bounded",
    title: "A node that expires says how long its pods may take to leave",
    severity: "medium",
    why: "expiry asks no disruption budget; without an end to the grace a pod that never leaves keeps an unpatched node for ever, and with none said at all nobody has thought of it",
    fix: "set `terminationGracePeriod` beside `expireAfter` in the NodePool, and let `expireAfter` be a time",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of pools(inventory)) {
        // Left out, Karpenter's expiry is 720h; nodes expire unless somebody says Never.
        const { expireAfter = "720h", terminationGracePeriod } = made.spec?.template?.spec ?? {};
        if (expireAfter === "Never") yield `nodes of NodePool ${name} are never replaced`;
        else if (terminationGracePeriod === undefined)
          yield `nodes of NodePool ${name} expire without an end to their pods' grace`;
      }
    },
    good: [[nodePool(LASTING, "bottlerocket")]],
    bad: [
      [nodePool({ expireAfter: "336h" }, "bottlerocket")],
      [nodePool({}, "bottlerocket")],
      [nodePool({ ...LASTING, expireAfter: "Never" }, "bottlerocket")],
    ],
  }),

  inventoryControl({
    id: "karpenter-image-family",
    title: "Nodes that Karpenter starts carry the family of their image as a label",
    severity: "medium",
    why: "pods that need AppArmor or SELinux find their nodes by it, and find none, or the wrong ones, where it is missing or false",
    fix: "set `spec.template.metadata.labels` of the NodePool to `bulwark/image-family: bottlerocket`, al2023 or ubuntu, as its EC2NodeClass is",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of pools(inventory)) {
        const { metadata, spec } = made.spec?.template ?? {};
        const said = metadata?.labels?.[LABEL];
        const [from] = classes(inventory).filter(
          ({ object: each }) => each.metadata?.name === spec?.nodeClassRef?.name,
        );
        const is = familyOf(from?.object);
        if (said === undefined) yield `the nodes of NodePool ${name} do not say what they are`;
        else if (is !== undefined && is !== said) yield `the nodes of NodePool ${name} are ${is} and say ${said}`;
      }
    },
    good: [[nodeClass("bottlerocket@v1.66.0"), nodePool(LASTING, "bottlerocket")], [nodePool(LASTING, "ubuntu")]],
    bad: [
      [nodeClass("bottlerocket@v1.66.0"), nodePool(LASTING)],
      [nodeClass("al2023@v20261112"), nodePool(LASTING, "bottlerocket")],
    ],
  }),
];

/** The family of images that a class selects, where it says one; its own images may be of any. */
function familyOf(from: NodeClass | undefined): string | undefined {
  const [alias] = (from?.spec?.amiSelectorTerms ?? []).flatMap(({ alias: each }) => each?.split("@")[0] ?? []);
  const named = alias ?? from?.spec?.amiFamily?.toLowerCase();
  return named === "custom" ? undefined : named;
}

function nodeClass(alias: string) {
  return object("karpenter.k8s.aws/v1", "EC2NodeClass", { spec: { amiSelectorTerms: [{ alias }] } }, "general");
}

function nodePool(spec: object, said?: string) {
  const metadata = { labels: said === undefined ? {} : { [LABEL]: said } };
  const template = { metadata, spec: { nodeClassRef: { kind: "EC2NodeClass", name: "general" }, ...spec } };
  return object("karpenter.sh/v1", "NodePool", { spec: { template } }, "general");
}
