import { parseBlock, worldly } from "../cidr";
import { type Control, resourceControl } from "../control";
import { base, CLUSTER } from "./example";

const { vpcConfig } = base;

/** Who can reach the Kubernetes API. */
export const endpoint: readonly Control[] = [
  resourceControl({
    id: "cluster-private-endpoint",
    title: "The Kubernetes API is reachable only from inside the VPC",
    severity: "critical",
    why: "a public API endpoint turns one leaked credential into a cluster takeover",
    fix: "leave `cluster.endpoint` unset in the blueprint",
    refs: {
      catalogue: "EKS-NET-1",
      cis: ["CIS EKS 5.4.2"],
      securityHub: ["EKS.1"],
      checkov: ["CKV_AWS_39"],
      trivy: ["AWS-0040"],
      kubescape: ["C-0228"],
    },
    resource: CLUSTER,
    // AWS takes an absent value for public, so absent is a violation too.
    *check(cluster) {
      if (cluster.vpcConfig.endpointPublicAccess !== false)
        yield { path: "vpcConfig.endpointPublicAccess", message: "the Kubernetes API endpoint is public" };
    },
    good: [{ ...base, vpcConfig: { ...vpcConfig, endpointPublicAccess: false } }],
    bad: [base, { ...base, vpcConfig: { ...vpcConfig, endpointPublicAccess: true } }],
  }),

  resourceControl({
    id: "cluster-public-cidrs",
    title: "A public Kubernetes API admits only named networks",
    severity: "critical",
    why: "what is open to the internet is scanned within minutes, and a flaw in the API server is then everybody's",
    fix: "list the networks in `cluster.endpoint.from`, none wider than /20",
    refs: {
      catalogue: "EKS-NET-2",
      cis: ["CIS EKS 5.4.1"],
      securityHub: ["EKS.1"],
      checkov: ["CKV_AWS_38"],
      trivy: ["AWS-0041"],
      kubescape: ["C-0227"],
    },
    resource: CLUSTER,
    *check(cluster) {
      if (cluster.vpcConfig.endpointPublicAccess === false) return;
      const path = "vpcConfig.publicAccessCidrs";
      const cidrs = cluster.vpcConfig.publicAccessCidrs ?? [];
      if (cidrs.length === 0) yield { path, message: "the public Kubernetes API admits the whole internet" };
      if (worldly(cidrs)) yield { path, message: `${cidrs.join(" and ")} together are the internet` };
      for (const cidr of cidrs) {
        if (parseBlock(cidr).prefix < 20) yield { path, message: `${cidr} is wider than /20` };
      }
    },
    good: [
      { ...base, vpcConfig: { ...vpcConfig, endpointPublicAccess: false } },
      {
        ...base,
        vpcConfig: {
          ...vpcConfig,
          endpointPublicAccess: true,
          publicAccessCidrs: ["203.0.113.0/24", "2001:db8:1::/48"],
        },
      },
    ],
    bad: [
      base,
      { ...base, vpcConfig: { ...vpcConfig, publicAccessCidrs: [] } },
      { ...base, vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] } },
      {
        ...base,
        vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] },
      },
      {
        ...base,
        vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "::/0"] },
      },
      { ...base, vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["203.0.0.0/16"] } },
    ],
  }),

  resourceControl({
    id: "cluster-private-access",
    title: "Nodes reach the Kubernetes API without leaving the VPC",
    severity: "high",
    why: "else the nodes' traffic to their own control plane goes through the internet, and a private cluster has no way at all",
    fix: "set `vpcConfig.endpointPrivateAccess: true`",
    refs: { catalogue: "EKS-NET-3", cis: ["CIS EKS 5.4.1", "CIS EKS 5.4.2"], kubescape: ["C-0227", "C-0228"] },
    resource: CLUSTER,
    *check(cluster) {
      if (cluster.vpcConfig.endpointPrivateAccess !== true)
        yield { path: "vpcConfig.endpointPrivateAccess", message: "the Kubernetes API has no private endpoint" };
    },
    good: [{ ...base, vpcConfig: { ...vpcConfig, endpointPrivateAccess: true } }],
    bad: [base, { ...base, vpcConfig: { ...vpcConfig, endpointPrivateAccess: false } }],
  }),
];
