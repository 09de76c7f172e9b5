import { parse } from "yaml";
import type { Stored } from "../behaviour";
import { valuesAt } from "../path";
import { isBag } from "../wire";
import type { KubernetesConfiguration } from "./configuration";

/** A cluster that answers, or why none does. */
export type Reached = { readonly cluster: string; readonly region: string } | { readonly why: string };

const CLUSTER = "aws:eks/cluster:Cluster";

/** Which cluster of the account the provider's kubeconfig leads to; its certificate must be the one the kubeconfig knows. */
export function reached(configuration: KubernetesConfiguration, account: readonly Stored[]): Reached {
  const { kubeconfig, alone, standing = [] } = configuration;
  if (kubeconfig === undefined) {
    if (alone !== undefined) return { cluster: alone, region: "" };
    return {
      why: `${UNCONFIGURED}: invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable`,
    };
  }
  const named = clusterIn(kubeconfig, configuration.context);
  if (named === undefined) return { why: `${UNCONFIGURED}: the kubeconfig names no cluster that its context uses` };

  const { server, host, authority } = named;
  const found = account.find(({ type, properties }) => type === CLUSTER && hostOf(properties["endpoint"]) === host);
  if (found === undefined || found.status === "CREATING") {
    if (standing.includes(server)) return { cluster: host.split(".")[0] ?? host, region: "" };
    return { why: `${UNLOADED}: Get "${server}/openapi/v2?timeout=32s": dial tcp: lookup ${host}: no such host` };
  }
  const [known] = valuesAt(found.properties, "certificateAuthority.data");
  if (authority !== known) {
    const reason = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    return { why: `${UNLOADED}: Get "${server}/openapi/v2?timeout=32s": ${reason}` };
  }
  return { cluster: found.id, region: found.region };
}

const UNLOADED = "unable to load schema information from the API server";
const UNCONFIGURED = "unable to load Kubernetes client configuration from kubeconfig file";

/** The API server that the kubeconfig's context uses; through a tunnel it is known by its TLS name. */
function clusterIn(kubeconfig: string, context: string | undefined) {
  const config = text(kubeconfig);
  const inUse = named(config["contexts"], context ?? config["current-context"]);
  const cluster = named(config["clusters"], bag(inUse["context"])["cluster"])["cluster"];
  const { server, "tls-server-name": name, "certificate-authority-data": authority } = bag(cluster);
  if (typeof server !== "string") return undefined;
  const host = typeof name === "string" ? name : hostOf(server);
  return host === undefined ? undefined : { server, host, authority };
}

function named(list: unknown, name: unknown): Readonly<Record<string, unknown>> {
  return bag(Array.isArray(list) ? list.find((entry) => isBag(entry) && entry["name"] === name) : undefined);
}

function bag(value: unknown): Readonly<Record<string, unknown>> {
  return isBag(value) ? value : {};
}

function text(kubeconfig: string): Readonly<Record<string, unknown>> {
  try {
    return bag(parse(kubeconfig));
  } catch {
    return {};
  }
}

function hostOf(address: unknown): string | undefined {
  return typeof address === "string" && URL.canParse(address) ? new URL(address).hostname : undefined;
}
