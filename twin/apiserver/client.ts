import { Agent, request as send } from "node:https";
import type { Certificate } from "./certificate";

/** A Kubernetes object as it is written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

/** How one request is answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What the server thinks of a request that it carried out all the same. */
  readonly warnings: readonly string[];
}

/** A request that the server refused, with its own words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** What a write may say besides the object. */
export interface Write {
  readonly dryRun?: boolean;
  /** A part of the object: `scale`, `status`. */
  readonly subresource?: string;
}

/** How a patch is meant. */
export type Patch = "apply" | "merge" | "strategic" | "json";

const TYPES: Readonly<Record<Patch, string>> = {
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
};

const MANAGER = "bulwark";

/**
 * One person at the API server. Objects go as they are written: a client with models of its own leaves out fields that it does not know,
 * and the server's strict validation would never see them.
 */
export class Client {
  readonly #agent: Agent;
  readonly #resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(
    readonly url: string,
    authority: string,
    { certificate, key }: Certificate,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: 8, ca: authority, cert: certificate, key });
  }

  /** Applies an object by server-side apply; a field that no schema has is an error. */
  apply(object: Manifest, write: Write = {}): Promise<Answer> {
    return this.patch(object, object, "apply", write);
  }

  /** Changes the object that another one names. */
  async patch(
    at: Manifest,
    change: unknown,
    kind: Patch,
    { dryRun = false, subresource }: Write = {},
  ): Promise<Answer> {
    const query = { ...strictly(dryRun), ...(kind === "apply" && { force: "true" }) };
    return this.demand("PATCH", await this.path(at, subresource), query, change, TYPES[kind]);
  }

  /** Creates an object, or a part of one. */
  async create(object: Manifest, { dryRun = false, subresource }: Write = {}): Promise<Answer> {
    const path = await this.path(object, subresource);
    const collection = subresource === undefined ? path.slice(0, path.lastIndexOf("/")) : path;
    return this.demand("POST", collection, strictly(dryRun), object);
  }

  /** Replaces an object as a whole. */
  async replace(object: Manifest, { dryRun = false, subresource }: Write = {}): Promise<Answer> {
    return this.demand("PUT", await this.path(object, subresource), strictly(dryRun), object);
  }

  /** Reads an object as it is now. */
  async read(object: Manifest): Promise<unknown> {
    return (await this.demand("GET", await this.path(object), {})).body;
  }

  /** Deletes an object. */
  async delete(object: Manifest, { dryRun = false }: Write = {}): Promise<Answer> {
    return this.demand("DELETE", await this.path(object), dryRun ? { dryRun: "All" } : {});
  }

  /** Where an object lies; the server is asked how it calls the kind. */
  async path({ apiVersion, kind, metadata: { name, namespace } }: Manifest, subresource?: string): Promise<string> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.#known(root)).find((each) => each.kind === kind && !each.name.includes("/"));
    if (resource === undefined) {
      this.#resources.delete(root);
      throw new Refusal(404, `the server knows no ${kind} of ${apiVersion}`);
    }
    const scope = resource.namespaced ? `/namespaces/${namespace ?? "default"}` : "";
    const part = subresource === undefined ? "" : `/${subresource}`;
    return `${root}${scope}/${resource.name}/${name}${part}`;
  }

  /**
   * Sends a request and demands that the server carries it out.
   *
   * @throws Refusal with the server's words
   */
  async demand(
    method: string,
    path: string,
    query: Readonly<Record<string, string>>,
    body?: unknown,
    type = "application/json",
  ): Promise<Answer> {
    const answer = await this.request(method, `${path}?${new URLSearchParams(query).toString()}`, body, type);
    if (answer.status < 300) return answer;
    const { message } = answer.body as { message?: string };
    throw new Refusal(answer.status, message ?? JSON.stringify(answer.body));
  }

  /** Sends a request; whatever the server says is an answer. A text is sent as it is, anything else as JSON. */
  request(method: string, path: string, body?: unknown, type = "application/json"): Promise<Answer> {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const headers = { Accept: "application/json", ...(text !== undefined && { "Content-Type": type }) };
    return new Promise((resolve, reject) => {
      const sent = send(new URL(path, this.url), { method, agent: this.#agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          const warnings = [response.headers["warning"] ?? []].flat().flatMap(wordsOf);
          const said = Buffer.concat(parts).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body: parsed(said), warnings });
        });
      });
      sent.once("error", reject);
      sent.end(text);
    });
  }

  /** Ends the connections that are kept open. */
  close(): void {
    this.#agent.destroy();
  }

  #known(root: string): Promise<readonly Resource[]> {
    const known = this.#resources.get(root) ?? this.#ask(root);
    this.#resources.set(root, known);
    return known;
  }

  async #ask(root: string): Promise<readonly Resource[]> {
    const { status, body } = await this.request("GET", root);
    return status === 200 ? (body as { resources: readonly Resource[] }).resources : [];
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function strictly(dryRun: boolean): Readonly<Record<string, string>> {
  return { fieldManager: MANAGER, fieldValidation: "Strict", ...(dryRun && { dryRun: "All" }) };
}

/** The quoted words of warnings (RFC 7234, `299 - "…"`); several may share a header. */
function wordsOf(header: string): string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, words = ""]) =>
    words.replaceAll(/\\(.)/g, "$1"),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
