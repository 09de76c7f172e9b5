import { INGRESS_GATEWAY } from "../../constructs/platform";
import type { Cluster } from "./cluster";
import type { Manifest } from "./manifest";

/**
 * The one binding of the cluster: the ingress gateway's pods become targets of the edge's load balancer. It says nothing about security groups, whose
 * rules the cluster layer wrote, and says all that the controller would otherwise fill in, so that nothing drifts.
 */
export function targetGroupBinding({ edge, pods, vpcId }: Cluster): readonly Manifest[] {
  if (edge === undefined) return [];
  const { namespace, serviceAccount, port } = INGRESS_GATEWAY;
  return [
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { namespace, name: serviceAccount },
      spec: {
        serviceRef: { name: serviceAccount, port },
        targetGroupARN: edge.targetGroupArn,
        targetType: "ip",
        ipAddressType: pods,
        vpcID: vpcId,
      },
    },
  ];
}
