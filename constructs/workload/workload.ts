import type { ApiObject, JsonPatch } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { Application } from "../application";
import { escape } from "../escape";
import { ExternalSecret } from "../external-secret";
import type { Callee } from "../flow";
import { late } from "../late";
import { distinct, host, label, type PeerName } from "../name";
import { USES_AWS } from "../platform";
import { withAppArmor } from "../profile/confinement";
import type { WorkloadRequirements } from "../requirements";
import type { ContainerArgs } from "./container";
import { Flows } from "./flows";
import { podTemplate } from "./pod";

/** One way out of the defaults: which object, why, and what is changed in it. */
export interface Patch {
  /** The kind of the object that is changed, as the workload emits it. */
  readonly kind: string;
  /** Why the default does not fit; stands in the object as an annotation. */
  readonly reason: string;
  readonly operations: readonly JsonPatch[];
}

/**
 * Pods of one image under an account of their own, and everything that keeps them apart from others: nothing comes in or goes out
 * that was not declared by {@link calls}, {@link reaches} or {@link usesBucket}.
 */
export abstract class Workload extends Construct {
  readonly name: string;
  readonly tenant: string;
  /** The label that its pods, and only they, carry in the tenant. */
  readonly selector: Readonly<Record<string, string>>;
  /** @internal */
  readonly flows: Flows;
  readonly #buckets = new Set<string>();
  readonly #secrets: readonly ExternalSecret[];

  protected constructor(
    application: Application,
    id: string,
    protected readonly container: ContainerArgs,
    longest?: number,
  ) {
    super(application, unclaimed(application, id));
    this.name = label("a workload's name", id, longest);
    this.tenant = application.tenant;
    this.selector = { "app.kubernetes.io/name": this.name };
    new k8s.KubeServiceAccount(this, "service-account", {
      metadata: this.metadata,
      automountServiceAccountToken: false,
    });
    this.#secrets = distinct("a secret", container.secrets ?? []).map(
      (secret) => new ExternalSecret(this, secret, { secret }),
    );
    this.flows = new Flows(this, this);
  }

  /** Lets this workload call another one: on both sides, at both levels, and on no other port. */
  calls(callee: Callee): this {
    const here = callee instanceof Workload;
    this.flows.call(callee, here ? "here" : "outside");
    if (here) callee.flows.open({ from: this, port: callee.port, declared: "call" });
    return this;
  }

  /**
   * Lets this workload reach a host on the internet over TLS on port 443, through the egress gateway and once the platform's owners
   * have approved it.
   *
   * @throws Error for wildcards, addresses, URLs, and names of the cluster's own
   */
  reaches(name: string): this {
    if (name.endsWith(".cluster.local"))
      throw new Error(
        `"${name}" is inside the cluster; use calls, with remote("tenant/workload", { port }) if need be`,
      );
    this.flows.reach(host("a host to reach", name));
    return this;
  }

  /** Lets this workload use a bucket by the role that the platform's owners grant its account. */
  usesBucket(name: string): this {
    this.#buckets.add(label("a bucket's name", name));
    return this;
  }

  /** Whether it calls AWS, which needs the agent that hands out its role and the endpoints in the network. */
  get usesAws(): boolean {
    return this.#buckets.size > 0;
  }

  /**
   * The way out of a default that does not fit. It is no secret: the object says why, and so does every report.
   *
   * @throws Error without a reason, or if the workload has no object of that kind
   */
  patch(patch: Patch): this {
    escape(this, patch);
    return this;
  }

  /** What it needs from outside its repository; nothing if it needs nothing. */
  get requirements(): WorkloadRequirements | undefined {
    const needs = {
      reaches: this.flows.reached,
      buckets: [...this.#buckets].sort(),
      secrets: [...new Set(this.container.secrets)].sort(),
      hosts: this.hosts,
      calls: this.flows.outside,
      accepts: this.accepted,
    };
    const any = Object.values(needs).some((each) => each.length > 0);
    return any ? { workload: this.name, serviceAccount: this.name, ...needs } : undefined;
  }

  /** Public names that lead here. */
  protected get hosts(): readonly string[] {
    return [];
  }

  /** @internal */
  get accepted(): readonly PeerName[] {
    return [];
  }

  /** @internal */
  get metadata(): k8s.ObjectMeta {
    return { name: this.name, labels: { ...this.selector } };
  }

  /** The metadata of what makes the pods: a rotated secret starts them anew (Stakater Reloader reads the annotation). */
  protected get controllerMetadata(): k8s.ObjectMeta {
    if (this.#secrets.length === 0) return this.metadata;
    const names = this.#secrets
      .map(({ name }) => name)
      .sort()
      .join(",");
    return { ...this.metadata, annotations: { "secret.reloader.stakater.com/reload": names } };
  }

  /**
   * The template of its pods. What is wrong in it is told where the workload is declared; what flows add to it is known only when the
   * manifest is written.
   */
  protected podTemplate(rest: Partial<k8s.Container>, spec: Partial<k8s.PodSpec>): k8s.PodTemplateSpec {
    const render = (): k8s.PodTemplateSpec =>
      podTemplate({
        name: this.name,
        labels: {
          ...this.selector,
          "app.kubernetes.io/part-of": this.application.node.id,
          ...(this.usesAws ? USES_AWS : {}),
        },
        container: this.container,
        secretOf: (secret) => ExternalSecret.nameOf(this.name, secret),
        rest,
        spec,
      });
    render();
    return late(render);
  }

  /** What makes the pods, once the template has what the types of its controller cannot say. */
  protected controller(object: ApiObject): void {
    withAppArmor(object, this.container.profile);
  }

  protected get application(): Application {
    return this.node.scope as Application;
  }
}

/** Objects of the tenant's own: a workload of that name would write its object over the boundary's. */
const TENANTS_OWN = ["default", "default-deny", "allow-dns", "allow-mesh", "allow-aws", "allow-nothing"];

function unclaimed(application: Application, id: string): string {
  if (TENANTS_OWN.includes(id))
    throw new Error(`workload "${id}" would write over an object of the tenant's boundary; give it another name`);
  if (application.node.tryFindChild(id) !== undefined)
    throw new Error(`"${id}" already stands in application "${application.node.id}"; give one of them another name`);
  return id;
}
