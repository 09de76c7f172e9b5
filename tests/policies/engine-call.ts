import * as server from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

import type { Item } from "../../policies/inventory";
import { policies } from "../../policies/pack/policies";
import type { Settings } from "../../policies/pack/settings";
import { UNKNOWN } from "../../policies/unknown";

/** What the engine is told, as far as a person sees it. */
interface Line {
  readonly policyname: string;
  readonly message: string;
  readonly enforcementlevel: number;
  readonly urn: string;
}
type Rpc = (
  call: { request: unknown },
  callback: (error: unknown, response?: { toObject(): { diagnosticsList: Line[] } }) => void,
) => Promise<void>;
// The SDK exports both functions and keeps them out of its types.
const internal = server as unknown as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
  (...args: readonly unknown[]) => Rpc
>;

/** The level that ends an operation. */
export const MANDATORY: number = analyzer.EnforcementLevel.MANDATORY;

async function ask(rpc: Rpc, request: unknown): Promise<Line[]> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) => {
      if (response === undefined) reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
      else resolve(response.toObject().diagnosticsList);
    });
  });
}

/** Does what the engine does: asks about each resource, then about the stack, which it describes by outputs. */
export async function analyze(items: readonly Item[], by: Settings): Promise<Line[]> {
  const pack = policies(by);
  const lines = await analyzeResources(items, pack);
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(items.map((item) => resourceOf(item)));
  return [...lines, ...(await ask(internal.makeAnalyzeStackRpcFun("bulwark", "0.1.0", "mandatory", pack), request))];
}

/** The first half: an update that is stopped never comes to the second. */
export async function analyzeResources(items: readonly Item[], pack: ReturnType<typeof policies>): Promise<Line[]> {
  const rpc = internal.makeAnalyzeRpcFun("bulwark", "0.1.0", "mandatory", pack);
  const lines: Line[] = [];
  for (const item of items) lines.push(...(await ask(rpc, requestOf(item, new analyzer.AnalyzeRequest()))));
  return lines;
}

interface Described {
  setUrn(urn: string): void;
  setType(type: string): void;
  setName(name: string): void;
  setProperties(properties: unknown): void;
  setOptions(options: unknown): void;
}

function requestOf<Request extends Described>(
  { urn, type, name, inputs, protect }: Item,
  request: Request,
  outputs = inputs,
): Request {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(protect);
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  request.setUrn(urn);
  request.setType(type);
  request.setName(name);
  request.setProperties(Struct.fromJavaScript(outputs as Parameters<typeof Struct.fromJavaScript>[0]));
  request.setOptions(options);
  return request;
}

// AWS fills what was left unsaid; a pack that judged outputs would take that for a decision.
function resourceOf(item: Item) {
  const resource = requestOf(item, new analyzer.AnalyzerResource(), { policy: "{}", ...item.inputs, id: UNKNOWN });
  resource.setDependenciesList([...(item.dependencies ?? [])]);
  for (const [property, urns] of Object.entries(item.propertyDependencies)) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}
