import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { Application } from "../application";
import { block } from "../block";
import type { Callee } from "../flow";
import { host } from "../name";
import type { Workload } from "../workload/workload";
import { gatewayRoute } from "./gateway-route";
import { ingress } from "./ingress";
import { arn, bucket, type Internet, type LoadBalancer } from "./load-balancer";

/** What is asked where nothing is said; a gRPC server answers UNIMPLEMENTED to the controller's own path, and that is health enough. */
const HEALTH = { http: "/", http2: "/", grpc: "/AWS.ALB/healthcheck" };

/** Addresses that the whole internet has. */
const ANYBODY = ["0.0.0.0/0", "::/0"];

export interface TlsIngressArgs {
  /** The one name that is answered; no other, and nothing without a name. */
  readonly host: string;
  readonly service: Callee & Pick<Workload, "metadata" | "selector">;
  /** The ARN of the certificate for the host, in AWS Certificate Manager. */
  readonly certificate: string;
  /** Who may call. The controller's own default is everybody. */
  readonly from: readonly [string, ...string[]];
  /** The blocks in which the load balancer's network interfaces stand; the pods let nobody else in by this way. */
  readonly loadBalancers: readonly [string, ...string[]];
  /** The bucket for access logs. */
  readonly logs: string;
  /** The path that answers 200 while a pod can serve. @default / and for gRPC any answer */
  readonly health?: string;
  /** @default none: the load balancer has addresses inside the network only */
  readonly internet?: Internet;
  /** By which API the load balancer is asked for. @default ingress */
  readonly through?: "ingress" | "gateway";
}

/**
 * One public name for one workload by a load balancer of its own, in clusters without the platform's gateway. TLS ends at the load balancer, so
 * it serves no pod that speaks the mesh's mutual TLS alone: there a workload says `host` instead.
 */
export class TlsIngress extends Construct {
  constructor(application: Application, id: string, args: TlsIngressArgs) {
    super(application, id);
    const loadBalancer = judged(application.tenant, args);

    if (args.through === "gateway") gatewayRoute(this, loadBalancer);
    else ingress(this, loadBalancer);
    this.networkPolicy(args);
  }

  /** The load balancer's half of the service's own policy, which names pods and knows no addresses. */
  private networkPolicy({ service, loadBalancers }: TlsIngressArgs): void {
    const cidrs = loadBalancers.map((each) => block("a load balancer's block", each));
    new k8s.KubeNetworkPolicy(this, "network-policy", {
      metadata: { name: `${service.name}-load-balancer`, labels: { ...service.selector } },
      spec: {
        podSelector: { matchLabels: { ...service.selector } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: cidrs.map((cidr) => ({ ipBlock: { cidr } })),
            ports: [{ protocol: "TCP", port: k8s.IntOrString.fromNumber(service.port) }],
          },
        ],
      },
    });
  }
}

function judged(tenant: string, { service, internet, from, ...args }: TlsIngressArgs): LoadBalancer {
  const { name, port, protocol } = service;
  if (service.tenant !== tenant) {
    throw new Error(
      `"${service.tenant}/${name}" does not stand in tenant "${tenant}"; declare its ingress in an application of "${service.tenant}"`,
    );
  }
  if (protocol === "tcp") {
    throw new Error(`"${name}" speaks tcp, which a load balancer for hosts cannot lead; use http, http2 or grpc`);
  }
  if (internet?.reason.trim() === "") {
    throw new Error(`"${name}" stands on the internet without a reason; say who needs it from there`);
  }
  return {
    host: host("host", args.host),
    service: { name, port, protocol },
    labels: { ...service.selector },
    certificate: arn("certificate", "acm", args.certificate),
    // Everybody may be named on the internet, where a reason stands and a web ACL judges; inside it would be a slip.
    from: from.map((each) => (internet && ANYBODY.includes(each) ? each : block("a block of callers", each))),
    logs: bucket(args.logs),
    health: args.health ?? HEALTH[protocol],
    ...(internet && { internet: { ...internet, webAcl: arn("webAcl", "wafv2", internet.webAcl) } }),
  };
}

export type { Internet };
