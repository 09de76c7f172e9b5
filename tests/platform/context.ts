import type { ChartContext } from "../../stacks/platform/charts/chart";
import { IMAGE_NAMES, imageSource } from "../../stacks/platform/images";

/** The digest of an image in tests: different for each, and visibly none of a real one. */
function digestOf(name: string): string {
  return `sha256:${Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64)}`;
}

/** What the charts of a production cluster with an edge and Karpenter are told. */
export const CONTEXT: ChartContext = {
  cluster: {
    name: "production",
    endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
    region: "eu-central-1",
    account: "111122223333",
    vpcId: "vpc-0123456789abcdef0",
    environment: "production",
  },
  image: imageSource({
    registry: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/bulwark",
    digests: Object.fromEntries(IMAGE_NAMES.map((name) => [name, digestOf(name)])),
  }),
  controllers: {
    externalSecrets: { namespace: "external-secrets", serviceAccount: "external-secrets" },
    loadBalancer: { namespace: "aws-load-balancer-controller", serviceAccount: "aws-load-balancer-controller" },
  },
  karpenter: { queue: "bulwark-production-karpenter" },
};
