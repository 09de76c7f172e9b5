import type { ChartContext } from "./charts/chart";
import { imageSource } from "./images";
import type { PlatformArgs } from "./parts";

/** What the charts are told: the cluster's own outputs, and where our copies of the images lie. */
export function chartContext({ blueprint, cluster }: Pick<PlatformArgs, "blueprint" | "cluster">): ChartContext {
  const { name, endpoint, region, account, vpcId, environment, controllers, karpenter } = cluster;
  return {
    cluster: { name, endpoint, region, account, vpcId, environment },
    image: imageSource(blueprint.images),
    controllers,
    ...(karpenter && { karpenter: { queue: karpenter.queue } }),
  };
}
