import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import type { Properties } from "../behaviour";
import { Client, Refusal as Refused, type Manifest } from "../apiserver/client";
import { Refusal } from "./refusal";

/** How long a namespace may take to go, with everything in it. */
const PATIENCE = 60_000;

/**
 * A real API server behind the twin's provider: it judges and keeps every object as well, by server-side apply with strict field
 * validation, and its answer counts. It has no nodes, so whether pods run stays the twin's guess.
 */
export class RealServer {
  private constructor(
    private readonly client: Client,
    readonly url: string,
  ) {}

  /** The server that a kubeconfig with a certificate in it names, as `npm run apiserver` writes one. */
  static named(kubeconfig: string): RealServer {
    const { clusters, users } = parse(kubeconfig) as Kubeconfig;
    const [cluster, user] = [clusters?.[0]?.cluster, users?.[0]?.user];
    const [authority, certificate, key] = [
      cluster?.["certificate-authority-data"],
      user?.["client-certificate-data"],
      user?.["client-key-data"],
    ];
    if (cluster?.server === undefined || !authority || !certificate || !key) {
      throw new Error(
        "BULWARK_TWIN_KUBECONFIG must name a kubeconfig with a server, its authority and a client's certificate",
      );
    }
    const credential = { certificate: text(certificate), key: text(key) };
    return new RealServer(new Client(cluster.server, text(authority), credential), cluster.server);
  }

  /** Applies an object and answers it as the server now has it; a dry run keeps nothing. */
  async apply(object: Properties, dryRun = false): Promise<Properties> {
    const { body } = await told(this.client.apply(manifest(object), { dryRun }));
    return lean(body);
  }

  /** The object as the server has it; undefined when it is gone. */
  async read(object: Properties): Promise<Properties | undefined> {
    try {
      return lean(await this.client.read(manifest(object)));
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Deletes an object and waits until it is gone. */
  async remove(object: Properties): Promise<void> {
    try {
      await this.client.delete(manifest(object));
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return;
      throw error;
    }
    const last = Date.now() + PATIENCE;
    while (Date.now() < last && (await this.read(object)) !== undefined) await sleep(100);
  }

  /** Gives up what was said about an object of somebody else's. */
  async relinquish({ apiVersion, kind, metadata }: Properties): Promise<void> {
    const { name, namespace } = metadata as Manifest["metadata"];
    await this.apply({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
  }

  /** Ends the connections. */
  close(): void {
    this.client.close();
  }
}

/** Without a status, for there is nothing that could run, and without who wrote which field. */
function lean(body: unknown): Properties {
  const { metadata, ...object } = body as Properties & { readonly metadata: Properties };
  const known = Object.entries(metadata).filter(([key]) => key !== "managedFields");
  const said = Object.entries(object).filter(([key]) => key !== "status");
  return Object.fromEntries([...said, ["metadata", Object.fromEntries(known)]]);
}

interface Kubeconfig {
  readonly clusters?: readonly {
    readonly cluster?: { readonly server?: string; readonly "certificate-authority-data"?: string };
  }[];
  readonly users?: readonly {
    readonly user?: { readonly "client-certificate-data"?: string; readonly "client-key-data"?: string };
  }[];
}

// The SDK writes some fields of definitions with underscores, for which the provider writes dashes.
const UNDERSCORED = /^x_kubernetes_/;

function manifest(object: Properties): Manifest {
  return dashed(object) as Manifest;
}

function dashed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dashed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      UNDERSCORED.test(key) ? key.replaceAll("_", "-") : key,
      dashed(inner),
    ]),
  );
}

/** A refusal of the server's as one of the twin's, so that the provider words both alike. */
async function told<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Refused) throw new Refusal(REASONS[error.status] ?? "InternalError", error.message);
    throw error;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  422: "Invalid",
};

function text(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
