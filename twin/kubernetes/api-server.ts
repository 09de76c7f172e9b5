import type { Properties, Stored } from "../behaviour";
import { valuesAt } from "../path";
import type { Ground } from "../world";
import { DEFINITION, definesGroupKind, scopeOf } from "./definition";
import { missing, undeclared, type FieldError } from "./field";
import { fixed } from "./immutable";
import { apiVersionOf, RELEASE, tokenOf, type Kind } from "./kind";
import { misnamed } from "./name";
import { idOf, knownKind, metadataOf, resourceOf, type Metadata } from "./object";
import { Refusal } from "./refusal";
import { senseless } from "./sense";

const NAMESPACE = "kubernetes:core/v1:Namespace";

// Every cluster has these from its first hour.
const GIVEN_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** What a request asks of the API server. */
export interface Asked {
  readonly kind: Kind;
  readonly object: Properties;
  /** The object as it is; absent: it is to be created. */
  readonly before?: Stored | undefined;
  /** An object of the same name is taken over instead of refused. */
  readonly upsert?: boolean;
  /** Only some fields are said; the object itself is another's. */
  readonly isPatch?: boolean;
}

/** The API server of one cluster: it keeps its objects in the account and refuses what the real one would, in its words. */
export class ApiServer {
  constructor(
    private readonly ground: Ground,
    private readonly place: { readonly cluster: string; readonly region: string },
  ) {}

  /** Every object of this cluster. */
  objects(): Stored[] {
    return this.ground.store.all().filter(({ type, id }) => type.startsWith("kubernetes:") && this.#owns(id));
  }

  /** The object that the provider knows by this id. */
  find(type: string, id: string): Stored | undefined {
    return this.ground.store.get(type, this.#key(id));
  }

  /** Refuses a name in use. */
  demandFree(kind: Kind, metadata: Metadata): void {
    const { name = "" } = metadata;
    const token = tokenOf(apiVersionOf(kind), kind.kind);
    const isGiven = token === NAMESPACE && GIVEN_NAMESPACES.includes(name);
    if (isGiven || this.find(token, idOf(metadata)) !== undefined) {
      throw new Refusal("AlreadyExists", `${resourceOf(kind)} "${name}" already exists`);
    }
  }

  /** The object in the namespace it belongs to, or a {@link Refusal}; nothing is kept. */
  judge({ kind, object, before, upsert = false, isPatch = false }: Asked): Properties {
    const admitted = this.placed(kind, object);
    const token = tokenOf(apiVersionOf(kind), kind.kind);
    const { name = "", namespace } = metadataOf(admitted);
    if (!before && !upsert && !isPatch) this.demandFree(kind, metadataOf(admitted));

    const unknown = undeclared(admitted, token);
    if (unknown.length > 0) throw new Refusal("InternalError", untyped(kind, admitted, unknown));
    if (namespace !== undefined) this.#demandNamespace(kind, name, namespace);

    const wrong = [
      ...misnamed(kind, metadataOf(admitted)),
      ...(isPatch ? [] : [...missing(admitted, token), ...senseless(kind, admitted)]),
      ...(before ? changed(kind, before.properties, admitted) : []),
    ];
    if (wrong.length > 0) throw new Refusal("Invalid", invalid(kind, name, wrong));
    return admitted;
  }

  /** The object with the namespace that its kind has: `default` where it says none, none where it can have none. */
  placed(kind: Kind, object: Properties, otherwise = "default"): Properties {
    const scope = scopeOf(kind, this.objects());
    if (scope === undefined) {
      throw new Refusal("NoMatch", `no matches for kind "${kind.kind}" in version "${apiVersionOf(kind)}"`);
    }
    const { namespace = otherwise, ...metadata } = metadataOf(object);
    return { ...object, metadata: scope === "Cluster" ? metadata : { ...metadata, namespace } };
  }

  /** Keeps an object as the cluster now has it. */
  keep(stored: Omit<Stored, "id" | "region">): Stored {
    const metadata = stored.type === RELEASE ? stored.inputs : metadataOf(stored.properties);
    const kept = { ...stored, id: this.#key(idOf(metadata)), region: this.place.region };
    this.ground.store.put(kept);
    return kept;
  }

  /** Keeps what nobody asked for: a definition that a chart brought. */
  bring(name: string, definition: Properties, note: string): void {
    const stored = { type: DEFINITION, inputs: definition, properties: definition, status: "ACTIVE", note };
    if (this.find(DEFINITION, name) === undefined) this.keep(stored);
  }

  /** Takes an object away: a namespace with all that lies in it, a definition with all objects of its kind. */
  remove(gone: Stored): void {
    this.ground.store.remove(gone.type, gone.id);
    for (const { type, id, inputs, properties } of this.objects()) {
      const { namespace } = type === RELEASE ? inputs : metadataOf(properties);
      const inNamespace = gone.type === NAMESPACE && namespace === metadataOf(gone.properties).name;
      const isDefined =
        gone.type === DEFINITION && type !== RELEASE && definesGroupKind(gone.properties, knownKind(type));
      if (inNamespace || isDefined) this.ground.store.remove(type, id);
    }
  }

  /** The id as the provider says it. */
  idOf({ id }: Stored): string {
    return id.slice(this.place.cluster.length + 1);
  }

  /** Refuses what belongs to a namespace that is not there, or is on its way out. */
  #demandNamespace(kind: Kind, name: string, namespace: string): void {
    const found = this.find(NAMESPACE, namespace);
    if (found === undefined && !GIVEN_NAMESPACES.includes(namespace)) {
      throw new Refusal("NotFound", `namespaces "${namespace}" not found`);
    }
    if (found?.status === "DELETING") {
      const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
      throw new Refusal("Forbidden", `${resourceOf(kind)} "${name}" is forbidden: ${why}`);
    }
  }

  /** True when the namespace is there, whoever made it. */
  hasNamespace(namespace: string): boolean {
    return GIVEN_NAMESPACES.includes(namespace) || this.find(NAMESPACE, namespace) !== undefined;
  }

  #owns(id: string): boolean {
    return id.startsWith(`${this.place.cluster}:`);
  }

  #key(id: string): string {
    return `${this.place.cluster}:${id}`;
  }
}

function untyped(kind: Kind, object: Properties, errors: readonly FieldError[]): string {
  const { namespace = "", name = "" } = metadataOf(object);
  const words = errors.map(({ path, reason }) => `${path}: ${reason}`);
  const [only = ""] = words;
  const said = words.length === 1 ? only : `errors:\n  ${words.join("\n  ")}`;
  const version = `${kind.group}/${kind.version}, Kind=${kind.kind}`;
  return `failed to create typed patch object (${namespace}/${name}; ${version}): ${said}`;
}

function invalid({ group, kind }: Kind, name: string, errors: readonly FieldError[]): string {
  const words = errors.map(({ path, reason }) => `${path}: ${reason}`);
  const [only = ""] = words;
  const said = words.length === 1 ? only : `[${words.join(", ")}]`;
  return `${group === "" ? kind : `${kind}.${group}`} "${name}" is invalid: ${said}`;
}

function changed(kind: Kind, before: Properties, after: Properties): FieldError[] {
  return fixed(kind)
    .filter((path) => {
      const [was, is] = [valuesAt(before, path), valuesAt(after, path)];
      return was.length > 0 && JSON.stringify(was) !== JSON.stringify(is);
    })
    .map((path) => {
      const value = JSON.stringify(valuesAt(after, path)[0]);
      return { path, reason: `Invalid value: ${value}: field is immutable` };
    });
}
