import type { Properties } from "../behaviour";
import { hex } from "../id";
import { ProviderError } from "../provider-error";
import type { CheckRequest } from "../request";
import { unwrapAll } from "../wire";
import type { KubernetesConfiguration } from "./configuration";
import { isList, kindOf, RELEASE, withoutPatch, type Kind } from "./kind";
import { autonamed, metadataOf, normalized } from "./object";
import { isClusterWide } from "./scope";

/** The inputs as the provider goes on with them: with `apiVersion`, `kind`, a name and its own default namespace. */
export function checked(request: CheckRequest, { namespace }: KubernetesConfiguration): Properties {
  const news = unwrapAll(request.news);
  const fresh = `${nameOf(request)}-${hex(8, request.randomSeed ?? request.urn)}`;
  if (request.type === RELEASE) {
    const name = news["name"] ?? request.olds?.["name"] ?? fresh;
    return { ...news, name, namespace: news["namespace"] ?? namespace ?? "default" };
  }
  const kind = servedKind(request.type);
  if (isList(kind)) {
    throw new ProviderError(
      "list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. " +
        "Use the underlying resource type instead",
    );
  }
  const object = normalized(kind, news);
  if (isPatch(request.type) && metadataOf(object).name === undefined) {
    throw new ProviderError("patch resources require the resource `.metadata.name` to be set");
  }
  const named = autonamed(object, fresh, request.olds && unwrapAll(request.olds));
  if (namespace === undefined || isClusterWide(kind) || metadataOf(named).namespace !== undefined) return named;
  return { ...named, metadata: { ...metadataOf(named), namespace } };
}

/** The kind that a token names, or that a patch changes; components of the SDK are refused. */
export function servedKind(type: string): Kind {
  const kind = kindOf(withoutPatch(type));
  if (kind === undefined) throw new ProviderError(`the twin does not know ${type}`);
  return kind;
}

/** True for a resource that says only some fields of an object of somebody else's. */
export function isPatch(type: string): boolean {
  return withoutPatch(type) !== type;
}

/** An object that names no namespace lies in `default`; one that can have none has none (provider source, `Diff`). */
export function canonical(kind: Kind, object: Properties): Properties {
  const { namespace = "default", ...metadata } = metadataOf(object);
  return { ...object, metadata: isClusterWide(kind) ? metadata : { ...metadata, namespace } };
}

function nameOf({ urn, name }: CheckRequest): string {
  return name ?? urn.split("::").at(-1) ?? urn;
}
