import { ApiObject } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { type Callee, serviceHost } from "../flow";
import { late } from "../late";
import type { PeerName } from "../name";
import { CONTROL_PLANE, EGRESS_GATEWAY, principal } from "../platform";
import type { OutsideCall } from "../requirements";
import { egress, ingress, type Opening } from "./network-policy";

/** The workload whose flows these are, as far as they need to know it. */
interface Owner extends PeerName {
  readonly selector: Readonly<Record<string, string>>;
  readonly metadata: k8s.ObjectMeta;
}

/**
 * Every flow of one workload, declared once. The network policy, the authorization policy and the proxy's configuration are three views
 * of the same lists, so they cannot disagree.
 */
export class Flows {
  readonly #owner: Owner;
  readonly #callees: { readonly callee: Callee; readonly stands: "here" | "outside" }[] = [];
  readonly #hosts = new Set<string>();
  readonly #openings: Opening[] = [];

  constructor(scope: Construct, owner: Owner) {
    this.#owner = owner;
    this.networkPolicy(scope);
    this.authorizationPolicy(scope);
    this.sidecar(scope);
    scope.node.addValidation({ validate: () => this.refusals() });
  }

  /** @param stands whether the callee is in this repository, where its own flows are told of the call */
  call({ tenant, name, port, protocol }: Callee, stands: "here" | "outside"): void {
    this.#callees.push({ callee: { tenant, name, port, protocol }, stands });
  }

  reach(host: string): void {
    this.#hosts.add(host);
  }

  /** Lets somebody in; the caller's own consent is no consent of the callee. */
  open(opening: Opening): void {
    this.#openings.push(opening);
  }

  /** Hosts on the internet, in a stable order. */
  get reached(): readonly string[] {
    return [...this.#hosts].sort();
  }

  /** Calls to workloads that do not stand in this repository. */
  get outside(): readonly OutsideCall[] {
    const outside = this.#callees.filter(({ stands }) => stands === "outside");
    return unique(outside.map(({ callee: { tenant, name, port } }) => ({ tenant, name, port })));
  }

  /** Everybody who may call, and on which port: what a caller of another tenant declares counts only if it was accepted. */
  get admitted(): readonly Opening[] {
    return unique(this.#openings.filter((opening) => opening.declared !== "call" || this.consents(opening)));
  }

  private get callees(): readonly Callee[] {
    return this.#callees.map(({ callee }) => callee);
  }

  private consents({ from }: Opening): boolean {
    const { tenant } = this.#owner;
    return from.tenant === tenant || this.#openings.some((each) => each.declared === "accept" && same(each.from, from));
  }

  private refusals(): string[] {
    const { tenant, name } = this.#owner;
    return unique(this.#openings.filter((opening) => opening.declared === "call" && !this.consents(opening))).map(
      ({ from }) =>
        `"${from.tenant}/${from.name}" calls "${tenant}/${name}" without its consent; ` +
        `write accepts("${from.tenant}/${from.name}") on ${name}`,
    );
  }

  private networkPolicy(scope: Construct): void {
    const { metadata, selector } = this.#owner;
    new k8s.KubeNetworkPolicy(scope, "network-policy", {
      metadata,
      spec: late(() => {
        const [into, out] = [ingress(this.admitted), egress(unique(this.callees), this.#hosts.size > 0)];
        return {
          podSelector: { matchLabels: { ...selector } },
          policyTypes: ["Ingress", "Egress"],
          // Nothing is left out, not written as an empty list: the API server stores none, and would take each apply for a change.
          ...(into.length > 0 && { ingress: into }),
          ...(out.length > 0 && { egress: out }),
        };
      }),
    });
  }

  /** Without a rule an ALLOW policy admits nobody (Istio, "Authorization Policy"). */
  private authorizationPolicy(scope: Construct): void {
    const { metadata, selector } = this.#owner;
    new ApiObject(scope, "authorization-policy", {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata,
      spec: late(() => ({
        action: "ALLOW",
        selector: { matchLabels: { ...selector } },
        rules: this.admitted.map(({ from, port }) => ({
          from: [{ source: { principals: [principal(from)] } }],
          to: [{ operation: { ports: [port.toString()] } }],
        })),
      })),
    });
  }

  /** What the proxy is told of: a destination that nobody declared has no route. */
  private sidecar(scope: Construct): void {
    const { metadata, selector } = this.#owner;
    new ApiObject(scope, "sidecar", {
      apiVersion: "networking.istio.io/v1",
      kind: "Sidecar",
      metadata,
      spec: late(() => ({
        workloadSelector: { labels: { ...selector } },
        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        egress: [{ hosts: this.visible() }],
      })),
    });
  }

  private visible(): string[] {
    const called = this.callees.map((callee) => `${callee.tenant}/${serviceHost(callee)}`);
    const outside = this.reached.map((host) => `${EGRESS_GATEWAY.namespace}/${host}`);
    return [...new Set([`${CONTROL_PLANE.namespace}/*`, ...called, ...outside])].sort();
  }
}

function same(a: PeerName, b: PeerName): boolean {
  return a.tenant === b.tenant && a.name === b.name;
}

/** The list without repetitions, in an order that does not depend on who was declared first. */
function unique<T extends Partial<OutsideCall & Opening>>(list: readonly T[]): T[] {
  const keyed = new Map(list.map((each) => [key(each), each]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function key({ tenant, name, port, from }: Partial<OutsideCall & Opening>): string {
  return [from?.tenant, from?.name, tenant, name, port].join("/");
}
