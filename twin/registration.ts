import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import type { Properties } from "./behaviour";
import { unwrapAll } from "./wire";

/** One resource as a program registered it, with everything a policy or a test may ask about it. */
export interface Registration {
  readonly urn: string;
  /** The token, `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** False for components. */
  readonly custom: boolean;
  /** What the program gave, without secrets' wrappers; what it does not know yet is the unknown sentinel. */
  readonly inputs: Properties;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The parent's URN; empty for the stack itself. */
  readonly parent: string;
  /** The provider reference `<urn>::<id>`; empty for the default provider. */
  readonly provider: string;
  readonly dependencies: readonly string[];
  /** For each input the URNs of the resources that its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly importId?: string;
  readonly ignoreChanges: readonly string[];
}

/** Reads a registration from the request that the Pulumi SDK sends to the engine. */
export function registration(request: RegisterResourceRequest, stack: string, project: string): Registration {
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  const importId = request.getImportid();
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, key) => {
    propertyDependencies[key] = dependencies.getUrnsList();
  });
  return {
    urn: `urn:pulumi:${stack}::${project}::${qualified(parent)}${type}::${name}`,
    type,
    name,
    custom: request.getCustom(),
    inputs: unwrapAll(request.getObject()?.toJavaScript() ?? {}),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    parent,
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    ...(importId === "" ? {} : { importId }),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

/** The types of all parents, as a URN holds them; the stack itself is left out, as the engine does. */
function qualified(parent: string): string {
  const types = parent.split("::")[2] ?? "";
  return types === "" || types === "pulumi:pulumi:Stack" ? "" : `${types}$`;
}
