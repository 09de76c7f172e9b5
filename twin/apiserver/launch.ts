import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Authority, Certificate } from "./certificate";
import type { Client } from "./client";
import { kubeconfig } from "./kubeconfig";
import { freePorts, type Running, start, until } from "./process";
import type { Programs } from "./programs";

/** A certificate and its key, as files. */
interface Files {
  readonly certificate: string;
  readonly key: string;
}

const LOOPBACK = "127.0.0.1";
/** One of the two blocks that EKS takes by itself, so that what names its address of the name server is accepted. */
const SERVICES = "172.20.0.0/16";
const ISSUER = "https://kubernetes.default.svc.cluster.local";

/** Starts the three programs and waits until a pod would be admitted: the controllers have to make its ServiceAccount first. */
export async function launch(
  { path }: Programs,
  folder: string,
  authority: Authority,
  administrator: (url: string) => Promise<Client>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const [storePort = 0, port = 0] = await freePorts(2);
  const url = `https://${LOOPBACK}:${port}`;
  const running: Running[] = [];
  const run = (program: keyof typeof path, args: readonly string[]): void => {
    running.push(start(path[program], args, join(folder, `${program}.log`)));
  };
  const stop = async (): Promise<void> => {
    // The controllers first and the store last: each complains about one that is gone.
    for (const each of running.toReversed()) await each.stop();
  };
  try {
    const client = await administrator(url);
    const server = written(folder, "server", await authority.server("kube-apiserver"));
    const accounts = accountKey(folder);
    // The API server waits for its store by itself.
    run("etcd", store(folder, storePort, authority, server));
    run("kube-apiserver", apiServer({ storePort, port, authority, server, accounts }));
    await until("the API server", () => answers(client, "/readyz"), running);
    run(
      "kube-controller-manager",
      controllers(await controllersKubeconfig(folder, url, authority), authority, accounts),
    );
    await until(
      "a ServiceAccount",
      () => answers(client, "/api/v1/namespaces/default/serviceaccounts/default"),
      running,
    );
    client.close();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The store keeps nothing that has to survive, and listens to nobody without a certificate. */
function store(folder: string, port: number, { file }: Authority, { certificate, key }: Files): string[] {
  const url = `https://${LOOPBACK}:${port}`;
  return [
    `--data-dir=${join(folder, "etcd")}`,
    "--unsafe-no-fsync",
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=http://${LOOPBACK}:0`,
    `--cert-file=${certificate}`,
    `--key-file=${key}`,
    "--client-cert-auth",
    `--trusted-ca-file=${file}`,
    // It would use the server's certificate as a client's.
    "--enable-grpc-gateway=false",
    "--log-level=error",
  ];
}

function apiServer(args: {
  readonly storePort: number;
  readonly port: number;
  readonly authority: Authority;
  readonly server: Files;
  readonly accounts: Files;
}): string[] {
  const { storePort, port, authority, server, accounts } = args;
  return [
    `--etcd-servers=https://${LOOPBACK}:${storePort}`,
    `--etcd-cafile=${authority.file}`,
    `--etcd-certfile=${server.certificate}`,
    `--etcd-keyfile=${server.key}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    // A loopback address may be nobody's endpoint.
    "--endpoint-reconciler-type=none",
    `--tls-cert-file=${server.certificate}`,
    `--tls-private-key-file=${server.key}`,
    `--client-ca-file=${authority.file}`,
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    "--enable-admission-plugins=NodeRestriction",
    // EKS allows it; without, the server itself refuses privileged pods, and nothing would be proved of admission.
    "--allow-privileged=true",
    `--service-cluster-ip-range=${SERVICES}`,
    `--service-account-issuer=${ISSUER}`,
    `--service-account-key-file=${accounts.certificate}`,
    `--service-account-signing-key-file=${accounts.key}`,
    "--profiling=false",
  ];
}

function controllers(config: string, { file }: Authority, accounts: Files): string[] {
  return [
    `--kubeconfig=${config}`,
    "--leader-elect=false",
    "--secure-port=0",
    "--use-service-account-credentials",
    `--root-ca-file=${file}`,
    `--service-account-private-key-file=${accounts.key}`,
  ];
}

async function controllersKubeconfig(folder: string, url: string, authority: Authority): Promise<string> {
  const user = "system:kube-controller-manager";
  const text = kubeconfig(
    url,
    readFileSync(authority.file, "utf8"),
    user,
    await authority.client({ user, groups: [] }),
  );
  const file = join(folder, "kube-controller-manager.kubeconfig");
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** The key that signs tokens of service accounts. */
function accountKey(folder: string): Files {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "sec1", format: "pem" },
  });
  return written(folder, "service-accounts", { certificate: publicKey, key: privateKey });
}

function written(folder: string, name: string, { certificate, key }: Certificate): Files {
  const files = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
}

async function answers(client: Client, path: string): Promise<boolean> {
  try {
    return (await client.request("GET", path)).status === 200;
  } catch {
    return false;
  }
}
