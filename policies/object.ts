import { item } from "./control";
import { type Inventory, type Item, subject, type Subject } from "./inventory";

/** A Kubernetes object as far as all of them are alike. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Pulumi's type of a Kubernetes object: `kubernetes:apps/v1:Deployment`; the core group is called `core`. */
const TYPE = /^kubernetes:([^/:]+)\/([^/:]+):([^:]+)$/;

/** A Kubernetes object under judgement, and where it comes from. */
export interface Found<Object> {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly object: Object;
}

/** Every Kubernetes object of some groups and kinds, whatever its version. Left out, kinds are all of the group. */
export function objectsOf<Object = KubernetesObject>(
  inventory: Inventory,
  groups: readonly string[],
  kinds?: readonly string[],
): Found<Object & KubernetesObject>[] {
  return inventory.items.flatMap((one) => {
    const [, group = "", version = "", kind = ""] = TYPE.exec(one.type) ?? [];
    if (!groups.includes(group) || !(kinds?.includes(kind) ?? true)) return [];
    const { inputs }: Subject<Object & KubernetesObject> = subject(one);
    return [{ name: one.name, group, version, kind, object: inputs }];
  });
}

/** A Kubernetes object of an example inventory. */
export function object(apiVersion: string, kind: string, rest: object = {}, name = "example"): Item {
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  return item({ type }, name, { apiVersion, kind, metadata: { name }, ...rest });
}
