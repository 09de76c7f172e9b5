import { loadBalancerController } from "./aws-load-balancer-controller";
import { certManager } from "./cert-manager";
import type { ChartContext, ChartRelease } from "./chart";
import { externalSecrets } from "./external-secrets";
import { falco } from "./falco";
import { falcosidekick } from "./falcosidekick";
import { istioBase } from "./istio-base";
import { istioCni } from "./istio-cni";
import { egressGateway, ingressGateway } from "./istio-gateway";
import { istiod } from "./istiod";
import { karpenter, karpenterDefinitions } from "./karpenter";

/**
 * Every chart of the platform in the order of installation: certificates before what serves them, the mesh before what runs
 * in it, nodes' watchers last. Removal goes the other way round.
 */
export function charts(context: ChartContext): readonly ChartRelease[] {
  const { loadBalancer } = context.controllers;
  return [
    certManager(context),
    istioBase(),
    istioCni(context),
    istiod(context),
    egressGateway(),
    externalSecrets(context),
    ...(loadBalancer ? [loadBalancerController(context, loadBalancer), ingressGateway()] : []),
    ...(context.karpenter ? [karpenterDefinitions(), karpenter(context, context.karpenter)] : []),
    falcosidekick(context),
    falco(context),
  ];
}
