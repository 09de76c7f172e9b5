import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";

import { systemPoliciesComplete } from "../../constructs/system/complete";
import { charts } from "./charts";
import { releaseInputs } from "./charts/chart";
import { chartContext } from "./context";
import { isTenant } from "./manifest";
import { Objects } from "./object";
import { type Part, parts, type PlatformArgs } from "./parts";

/**
 * The platform inside one cluster: each part is made after those it waits for, and removed before them. Charts are releases, so that
 * their hooks run; every object of ours is a resource of its own.
 */
export class Platform extends pulumi.ComponentResource {
  /** What the system namespaces' policies cover, said once they stand; only then may vpc-cni become strict. */
  readonly systemPolicies: pulumi.Output<string>;

  constructor(name: string, args: PlatformArgs, opts: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Platform", name, {}, opts);

    const all = parts(args, charts(chartContext(args)));
    // Judged before anything is made: a pod that no policy covers is found now, not by the switch to strict.
    const covered = systemPoliciesComplete(all.flatMap((part) => ("manifests" in part ? part.manifests : [])));

    const standing = new Map<string, pulumi.Resource>();
    for (const part of all) {
      const dependsOn = part.after.flatMap((each) => standing.get(each) ?? []);
      standing.set(part.name, this.part(part, args, dependsOn));
    }

    const urns = [...standing.values()].map(({ urn }) => urn);
    this.systemPolicies = pulumi.all(urns).apply(() => covered);
    this.registerOutputs({ systemPolicies: this.systemPolicies });
  }

  private part(part: Part, { blueprint }: PlatformArgs, dependsOn: pulumi.Resource[]): pulumi.Resource {
    if ("release" in part) return new Release(part.name, releaseInputs(part.release), { parent: this, dependsOn });
    /** What a team runs and keeps goes with its namespace. */
    const isKept = isTenant;
    return new Objects(
      part.name,
      { manifests: part.manifests, dependsOn, ...(blueprint.teardown === undefined && { isKept }) },
      { parent: this },
    );
  }
}
