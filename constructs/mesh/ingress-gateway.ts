import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { INGRESS_GATEWAY, ISSUER } from "../platform";
import type { Requirements } from "../requirements";
import { block } from "../block";
import { type Grant, grantees, grants } from "./grant";
import { allowIn, allowOut, gatewayBoundary, pods, tcp } from "./network";

export interface IngressGatewayArgs {
  /** The blocks in which the load balancer's network interfaces stand; nobody else reaches the gateway. */
  readonly loadBalancers: readonly [string, ...string[]];
  /** What the platform's owners approved. Only hosts in it are answered, and only for the workload that asked. */
  readonly requirements: readonly Requirements[];
  /** Who signs the gateway's certificate; the load balancer is its only client. @default the platform's issuer */
  readonly issuer?: { readonly kind: "Issuer" | "ClusterIssuer"; readonly name: string };
}

const { namespace, labels, port, health } = INGRESS_GATEWAY;
const GATEWAY = INGRESS_GATEWAY.gateway.replace(`${namespace}/`, "");

/** The gateway's half of every public host: one server, its certificate, and who may come from where to which host. */
export class IngressGateway extends Construct {
  constructor(scope: Construct, id: string, args: IngressGatewayArgs) {
    super(scope, id);
    const loadBalancers = args.loadBalancers.map((each) => block("a load balancer's block", each));
    const hosts = grants(args.requirements, "hosts").map(ofOneTenant);

    this.server();
    this.certificate(args.issuer ?? ISSUER);
    this.authorization(loadBalancers, hosts);
    gatewayBoundary(this, INGRESS_GATEWAY);
    this.networkPolicies(loadBalancers, hosts);
  }

  /**
   * One server for every host: the load balancer sends no name that a server could be chosen by. This is the one place in the mesh where
   * a wildcard stands; which hosts are answered is the authorization policy's to say.
   */
  private server(): void {
    new ApiObject(this, "gateway", {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { namespace, name: GATEWAY },
      spec: {
        selector: { ...labels },
        servers: [
          {
            port: { number: port, name: "https", protocol: "HTTPS" },
            hosts: ["*/*"],
            tls: { mode: "SIMPLE", credentialName: GATEWAY, minProtocolVersion: "TLSV1_2" },
          },
        ],
      },
    });
  }

  private certificate({ kind, name }: typeof ISSUER | NonNullable<IngressGatewayArgs["issuer"]>): void {
    new ApiObject(this, "certificate", {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { namespace, name: GATEWAY },
      spec: {
        secretName: GATEWAY,
        dnsNames: [`${INGRESS_GATEWAY.serviceAccount}.${namespace}.svc.cluster.local`],
        duration: "2160h0m0s",
        renewBefore: "720h0m0s",
        privateKey: { algorithm: "ECDSA", size: 256, encoding: "PKCS8", rotationPolicy: "Always" },
        usages: ["digital signature", "server auth"],
        issuerRef: { group: "cert-manager.io", kind, name },
      },
    });
  }

  /** A host may be asked for with the port behind it (Istio, "Security Best Practices", host matching). */
  private authorization(loadBalancers: readonly string[], hosts: readonly Grant[]): void {
    new ApiObject(this, "authorization-policy", {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { namespace, name: GATEWAY },
      spec: {
        action: "ALLOW",
        selector: { matchLabels: { ...labels } },
        rules: hosts.map(({ host }) => ({
          from: [{ source: { ipBlocks: [...loadBalancers] } }],
          to: [{ operation: { ports: [port.toString()], hosts: [host, `${host}:*`] } }],
        })),
      },
    });
  }

  private networkPolicies(loadBalancers: readonly string[], hosts: readonly Grant[]): void {
    allowIn(this, INGRESS_GATEWAY, "allow-load-balancers", [
      { from: loadBalancers.map((cidr) => ({ ipBlock: { cidr } })), ports: [tcp(port), tcp(health)] },
    ]);
    // The port is the workload's to choose and stands in no requirement; lower ones need a privilege that its pods never have.
    const exposed = grantees(hosts).map(({ tenant, workload }) => ({
      to: [pods(tenant, { "app.kubernetes.io/name": workload })],
      ports: [tcp(1024, 65_535)],
    }));
    allowOut(this, INGRESS_GATEWAY, "allow-exposed", exposed);
  }
}

/** A host in two tenants' hands is a host that one can take from the other. */
function ofOneTenant(grant: Grant): Grant {
  const claimants = grant.to.map(({ tenant, workload }) => `${tenant}/${workload}`);
  if (claimants.length === 1) return grant;
  throw new Error(
    `host "${grant.host}" leads to one workload, got ${claimants.join(" and ")}; take it out of all requirements but one`,
  );
}
