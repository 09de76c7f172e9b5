import { createHash } from "node:crypto";
import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { serviceHost } from "../flow";
import { EGRESS_GATEWAY, principal } from "../platform";
import { type Grant, identity, tenants } from "./grant";

const { namespace, labels, port, serviceAccount } = EGRESS_GATEWAY;
const HTTPS = 443;

/** The name of a host's gateway and subset; Istio wants a DNS label, and two hosts must never share one. */
export function subset(host: string): string {
  const hash = createHash("sha256").update(host).digest("hex").slice(0, 8);
  return `${host.replaceAll(".", "-").slice(0, 54)}-${hash}`;
}

/**
 * One host on the internet and who may reach it. It is seen by the gateway and by the tenants that asked, and by nobody else; every object of it
 * goes when nobody asks any more.
 */
export class EgressHost extends Construct {
  readonly #grant: Grant;
  readonly #name: string;

  constructor(scope: Construct, grant: Grant) {
    super(scope, grant.host);
    this.#grant = grant;
    this.#name = subset(grant.host);

    this.serviceEntry();
    this.gateway();
    this.toGateway();
    this.toHost();
    this.authorization();
  }

  private serviceEntry(): void {
    this.emit("ServiceEntry", this.#name, {
      hosts: [this.#grant.host],
      location: "MESH_EXTERNAL",
      ports: [{ number: HTTPS, name: "tls", protocol: "TLS" }],
      resolution: "DNS",
      exportTo: [namespace, ...tenants([this.#grant])],
    });
  }

  private gateway(): void {
    this.emit("Gateway", this.#name, {
      selector: { ...labels },
      servers: [
        {
          port: { number: port, name: "tls", protocol: "TLS" },
          hosts: [this.#grant.host],
          tls: { mode: "ISTIO_MUTUAL", minProtocolVersion: "TLSV1_3" },
        },
      ],
    });
  }

  /** From the sidecar to the gateway: chosen by the name in the application's own TLS greeting. */
  private toGateway(): void {
    const { host } = this.#grant;
    this.emit("VirtualService", `${this.#name}-in`, {
      hosts: [host],
      gateways: ["mesh"],
      exportTo: tenants([this.#grant]),
      tls: [
        {
          match: [{ gateways: ["mesh"], port: HTTPS, sniHosts: [host] }],
          route: [
            {
              destination: {
                host: serviceHost({ tenant: namespace, name: serviceAccount }),
                subset: this.#name,
                port: { number: port },
              },
            },
          ],
        },
      ],
    });
  }

  /** From the gateway to the host: the mesh's TLS ends at the gateway, so what is routed on is plain TCP to Istio. */
  private toHost(): void {
    const gateway = `${namespace}/${this.#name}`;
    this.emit("VirtualService", `${this.#name}-out`, {
      hosts: [this.#grant.host],
      gateways: [gateway],
      exportTo: [namespace],
      tcp: [
        {
          match: [{ gateways: [gateway], port }],
          route: [{ destination: { host: this.#grant.host, port: { number: HTTPS } } }],
        },
      ],
    });
  }

  private authorization(): void {
    new ApiObject(this, "authorization-policy", {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: this.#name },
      spec: {
        action: "ALLOW",
        selector: { matchLabels: { ...labels } },
        rules: [
          {
            from: [{ source: { principals: this.#grant.to.map((each) => principal(identity(each))) } }],
            to: [{ operation: { ports: [port.toString()] } }],
            when: [{ key: "connection.sni", values: [this.#grant.host] }],
          },
        ],
      },
    });
  }

  private emit(kind: string, name: string, spec: Readonly<Record<string, unknown>>): void {
    new ApiObject(this, `${kind}-${name}`, {
      apiVersion: "networking.istio.io/v1",
      kind,
      metadata: { name },
      spec,
    });
  }
}
