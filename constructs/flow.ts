import { label, peer, type PeerName } from "./name";

/** What is spoken on a port; the mesh reads it from the Service's `appProtocol`. */
export type Protocol = "http" | "http2" | "grpc" | "tcp";

/** Something that can be called: it has a port, whether it stands in this repository or in another. */
export interface Callee extends PeerName {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Where a workload of another repository listens. */
export interface RemoteArgs {
  readonly port: number;
  /** @default http */
  readonly protocol?: Protocol;
}

/**
 * A workload of another repository, to be called. The call works once that workload accepts this one: nobody can grant
 * himself a way into a pod that is not his.
 *
 * @param name tenant and workload: `team-pay/payments`
 * @throws Error for another form of name and for ports that a pod without privileges cannot open
 */
export function remote(name: string, { port, protocol = "http" }: RemoteArgs): Callee {
  return { ...peer("a workload of another repository", name), port: unprivileged(port), protocol };
}

/**
 * Answers a port that a process without privileges may open.
 *
 * @throws Error for ports below 1024 and numbers that are no port
 */
export function unprivileged(port: number): number {
  if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return port;
  throw new Error(
    `port must be a number from 1024 to 65535, got ${port}; lower ports need a privilege that pods here never have`,
  );
}

/** The name by which a Service is found from every namespace. */
export function serviceHost({ tenant, name }: PeerName): string {
  return `${label("a workload's name", name)}.${tenant}.svc.cluster.local`;
}
