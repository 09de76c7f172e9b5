import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Authority, authorityIn, type Certificate, type Identity, makeAuthority } from "./certificate";
import { type Answer, Client, type Manifest } from "./client";
import { kubeconfig } from "./kubeconfig";
import { launch } from "./launch";
import { kubernetesVersion, type ObtainOptions, obtainPrograms, type Programs } from "./programs";

export type { Identity } from "./certificate";
export { type Answer, Client, type Manifest, type Patch, Refusal } from "./client";
export type { ObtainOptions } from "./programs";
export { kubernetesVersion } from "./programs";

/** A Kubernetes API server on this machine. */
export interface ApiServer {
  readonly url: string;
  /** Its data, logs and credentials; whoever reads it is its administrator. */
  readonly folder: string;
  /** Somebody at the server, by a certificate of his own. @default who administers it */
  client(who?: Identity): Promise<Client>;
  /** The text of a kubeconfig, with the credential in it. @default who administers it */
  kubeconfig(who?: Identity): Promise<string>;
  /** Applies objects in their order by server-side apply with strict field validation. */
  apply(objects: readonly Manifest[], as?: Identity): Promise<Answer[]>;
}

/** An API server that was started here, and ends here. */
export interface StartedApiServer extends ApiServer {
  readonly version: string;
  readonly origin: Programs["origin"];
  /** Ends the programs and removes the folder. */
  stop(): Promise<void>;
}

/** The group that may do everything; Kubernetes checks nothing for it. */
const ADMINISTRATOR: Identity = { user: "administrator", groups: ["system:masters"] };

/**
 * Starts etcd, kube-apiserver and kube-controller-manager on free ports of this machine, with an authority of their own. What admission
 * does is as in a cluster: RBAC, Pod Security, ValidatingAdmissionPolicy; there are no nodes, so no pod runs.
 */
export async function startApiServer(options: ObtainOptions = {}): Promise<StartedApiServer> {
  const programs = await obtainPrograms(options);
  const folder = mkdtempSync(join(tmpdir(), "bulwark-apiserver-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const authority = await makeAuthority(folder);
    const launched = await launch(programs, folder, authority, async (url) => clientOf(url, authority));
    writeFileSync(join(folder, "url"), launched.url);
    const server = open(launched.url, folder, authority);
    return {
      ...server,
      version: kubernetesVersion(),
      origin: programs.origin,
      stop: async () => {
        server.close();
        await launched.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The API server that another process started, by its folder. */
export function connect(folder: string): ApiServer & { close(): void } {
  return open(readFileSync(join(folder, "url"), "utf8"), folder, authorityIn(folder));
}

function open(url: string, folder: string, authority: Authority): ApiServer & { close(): void } {
  const certificates = new Map<string, Promise<Certificate>>();
  const clients = new Map<string, Promise<Client>>();
  const certificate = (who: Identity) => once(certificates, JSON.stringify(who), () => authority.client(who));
  const client = (who: Identity = ADMINISTRATOR) =>
    once(clients, JSON.stringify(who), async () => {
      return new Client(url, readFileSync(authority.file, "utf8"), await certificate(who));
    });
  return {
    url,
    folder,
    client,
    kubeconfig: async (who = ADMINISTRATOR) =>
      kubeconfig(url, readFileSync(authority.file, "utf8"), who.user, await certificate(who)),
    apply: async (objects, as) => {
      const answers: Answer[] = [];
      for (const object of objects) answers.push(await (await client(as)).apply(object));
      return answers;
    },
    close: () => {
      for (const each of clients.values())
        void each.then((opened) => {
          opened.close();
        });
    },
  };
}

async function clientOf(url: string, authority: Authority): Promise<Client> {
  return new Client(url, readFileSync(authority.file, "utf8"), await authority.client(ADMINISTRATOR));
}

function once<Value>(made: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}
