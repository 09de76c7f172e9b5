import { setTimeout as sleep } from "node:timers/promises";
import type { Environment, Persona } from "../../constructs";
import {
  type ApiServer,
  type Client,
  connect,
  type Identity,
  Refusal,
  type StartedApiServer,
} from "../../twin/apiserver";
import { everybody, PIPELINE } from "../constructs/persona/world";

/** The variable by which the suites find the server that was started for them. */
export const FOLDER = "BULWARK_TEST_APISERVER";

/** Where the server waits for its end; jest gives the first and the last step of a run nothing else in common. */
export const holder = globalThis as { bulwarkApiServer?: StartedApiServer };

/** The server that all suites share. */
export function shared(): ApiServer {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error("no API server was started; run the tests by their project, apiserver");
  return connect(folder);
}

/** Somebody who has one group and his own certificate. */
export const inGroup = (group: string): Identity => ({ user: "somebody@example.com", groups: [group] });

/** The tenant's deploying identity. */
export const DEPLOYER = inGroup(PIPELINE);

/** A persona by the group of its access entries. */
export function who(persona: Persona, environment: Environment = "production"): Identity {
  const [group = ""] = everybody(environment)[persona].slice(-1);
  return inGroup(group);
}

/** What a refused request is told; nothing if it is carried out. */
export async function refusal(request: Promise<unknown>): Promise<string | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Waits until something is so; the server's own books follow a write within a second or two. */
export async function eventually<Value>(read: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  const last = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (isSo(value) || Date.now() > last) return value;
    await sleep(100);
  }
}

/** The names of every namespace there is. */
export async function namespaces(client: Client): Promise<string[]> {
  const { body } = await client.demand("GET", "/api/v1/namespaces", {});
  return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
}
