import { type Control, inventoryControl } from "../control";
import { chartControl, chartOf, example, RELEASE, releasesOf } from "./release";
import type { ChartValues } from "./values";

const GATES = ["EnableServiceController", "ALBGatewayAPI", "NLBGatewayAPI"] as const;
const LBC = "aws-load-balancer-controller";

const gates = { EnableServiceController: false, ALBGatewayAPI: false, NLBGatewayAPI: false };
const bindsOnly = {
  enableServiceMutatorWebhook: false,
  createIngressClassResource: false,
  disableIngressClassAnnotation: true,
  controllerConfig: { featureGates: gates },
};
const region = [{ name: "AWS_REGION", value: "eu-central-1" }];

/** The controllers that act in AWS. */
export const controllers: readonly Control[] = [
  chartControl({
    id: "charts-no-instance-metadata",
    title: "A controller is told where it is, and need not ask the instance",
    severity: "high",
    why: "metadata answers no pod here (hop limit 1): a controller that must ask never starts, or somebody raises the limit",
    fix: "set region and vpcId (load balancer controller), controller.env AWS_REGION (Karpenter)",
    refs: {},
    check: {
      *"aws-load-balancer-controller"({ region, vpcId }) {
        if ((region ?? "") === "") yield "it asks the instance for the region";
        if ((vpcId ?? "") === "") yield "it asks the instance for the VPC";
      },
      *karpenter({ controller }) {
        const said = (controller?.env ?? []).some(({ name, value }) => name === "AWS_REGION" && (value ?? "") !== "");
        if (!said) yield "it asks the instance for the region";
      },
    },
    good: [{ [LBC]: { region: "eu-central-1", vpcId: "vpc-1" }, karpenter: { controller: { env: region } } }],
    bad: [
      { [LBC]: {} },
      { [LBC]: { region: "eu-central-1" } },
      { [LBC]: { region: "eu-central-1", vpcId: "" } },
      { karpenter: {} },
    ],
  }),

  chartControl({
    id: "charts-load-balancer-binds-only",
    title: "The load balancer controller binds targets and makes no load balancer",
    severity: "critical",
    why: "one Service or Gateway would open a way in that no preview ever showed",
    fix: "turn the feature gates, the service webhook and the ingress class off; the cluster layer makes the load balancer",
    refs: {},
    check: {
      *"aws-load-balancer-controller"(values) {
        const { controllerConfig, enableServiceMutatorWebhook, createIngressClassResource } = values;
        const on = GATES.filter((gate) => controllerConfig?.featureGates?.[gate] !== false);
        if (on.length > 0) yield `${on.join(", ")} ${on.length > 1 ? "are" : "is"} on`;
        if (enableServiceMutatorWebhook !== false) yield "it takes over every new Service of type LoadBalancer";
        if (createIngressClassResource !== false) yield "it brings an ingress class";
        if (values.disableIngressClassAnnotation !== true) yield "an annotation asks it for a load balancer";
      },
    },
    good: [{ [LBC]: bindsOnly }],
    bad: [
      { [LBC]: {} },
      { [LBC]: { ...bindsOnly, enableServiceMutatorWebhook: true } },
      { [LBC]: { ...bindsOnly, createIngressClassResource: true } },
      { [LBC]: { ...bindsOnly, disableIngressClassAnnotation: false } },
      { [LBC]: { ...bindsOnly, controllerConfig: { featureGates: { ...gates, ALBGatewayAPI: true } } } },
    ],
  }),

  chartControl({
    id: "charts-load-balancer-defaults",
    title: "What the load balancer controller would make is inner and speaks today's TLS",
    severity: "medium",
    why: "its own defaults are a policy of 2016 and whatever the subnets allow",
    fix: "set defaultLoadBalancerScheme: internal and a defaultSSLPolicy that begins ELBSecurityPolicy-TLS13-1-2-Res- or -1-3-",
    refs: {},
    check: {
      *"aws-load-balancer-controller"({ defaultLoadBalancerScheme: scheme, defaultSSLPolicy: policy }) {
        if (scheme !== "internal") yield `load balancers are ${scheme ?? "what an annotation says"}`;
        if (policy === undefined || !/^ELBSecurityPolicy-TLS13-1-[23]-(?!.*Ext)/.test(policy))
          yield `the TLS policy is ${policy ?? "ELBSecurityPolicy-2016-08"}`;
      },
    },
    good: [
      {
        [LBC]: {
          defaultLoadBalancerScheme: "internal",
          defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        },
      },
    ],
    bad: [
      { [LBC]: {} },
      { [LBC]: { defaultLoadBalancerScheme: "internal" } },
      { [LBC]: { defaultLoadBalancerScheme: "internal", defaultSSLPolicy: "ELBSecurityPolicy-2016-08" } },
    ],
  }),

  chartControl({
    id: "charts-load-balancer-secrets",
    title: "The load balancer controller reads no Secret, and its key is not in the release",
    severity: "high",
    why: "a certificate that Helm makes lies, key and all, in the release and in the state, and is new with every render",
    fix: "set enableCertManager: true, and leave clusterSecretsPermissions.allowAllSecrets off",
    refs: {},
    check: {
      *"aws-load-balancer-controller"({ enableCertManager, clusterSecretsPermissions }) {
        if (enableCertManager !== true) yield "Helm makes the webhook's key";
        if (clusterSecretsPermissions?.allowAllSecrets === true) yield "it reads every Secret";
      },
    },
    good: [{ [LBC]: { enableCertManager: true } }],
    bad: [{ [LBC]: {} }, { [LBC]: { enableCertManager: true, clusterSecretsPermissions: { allowAllSecrets: true } } }],
  }),

  chartControl({
    id: "charts-pods-restricted",
    title: "Charts that leave it out are told to drop every capability and to use the runtime's system calls",
    severity: "high",
    why: "their pods would be refused in a restricted namespace, and somebody would lower its level",
    fix: "set capabilities.drop: [ALL] in securityContext and seccompProfile in podSecurityContext",
    refs: {},
    check: { [LBC]: restricted, falcosidekick: restricted },
    good: [{ [LBC]: strict(), falcosidekick: strict() }],
    bad: [
      { [LBC]: {} },
      { [LBC]: { ...strict(), podSecurityContext: {} } },
      { falcosidekick: { ...strict(), securityContext: {} } },
    ],
  }),

  chartControl({
    id: "charts-karpenter-warned",
    title: "Karpenter reads what AWS is about to do",
    severity: "high",
    why: "an instance that is taken away unannounced takes its pods along in the middle of a request",
    fix: "set settings.interruptionQueue to the queue of the cluster layer",
    refs: {},
    check: {
      *karpenter({ settings }) {
        if ((settings?.interruptionQueue ?? "") === "") yield "it reads no queue";
      },
    },
    good: [{ karpenter: { settings: { interruptionQueue: "bulwark-production-karpenter" } } }],
    bad: [{ karpenter: {} }, { karpenter: { settings: { interruptionQueue: "" } } }],
  }),

  inventoryControl({
    id: "charts-karpenter-definitions",
    title: "Karpenter's definitions are of its own version",
    severity: "high",
    why: "Helm never upgrades a `crds` folder: a newer controller would meet definitions without its fields",
    fix: "install karpenter-crd in the same version, and karpenter with skipCrds: true",
    refs: {},
    about: [RELEASE],
    *check({ inputs }, inventory) {
      if (chartOf(inputs) !== "karpenter") return;
      if (inputs.skipCrds !== true) yield "the definitions are installed once and forgotten";
      const definitions = releasesOf(inventory, "karpenter-crd");
      if (definitions.length === 0) yield "nothing upgrades the definitions";
      for (const { inputs: other } of definitions)
        if (other.version !== inputs.version) yield `the definitions are of ${other.version ?? "the newest version"}`;
    },
    good: [[example("karpenter", {}, { skipCrds: true }), example("karpenter-crd", {})]],
    bad: [
      [example("karpenter", {}), example("karpenter-crd", {})],
      [example("karpenter", {}, { skipCrds: true })],
      [example("karpenter", {}, { skipCrds: true }), example("karpenter-crd", {}, { version: "1.2.2" })],
    ],
  }),
];

function* restricted({ podSecurityContext, securityContext }: ChartValues["falcosidekick"]): Iterable<string> {
  if (!(securityContext?.capabilities?.drop ?? []).includes("ALL")) yield "its containers keep capabilities";
  if (podSecurityContext?.seccompProfile?.type !== "RuntimeDefault") yield "its pods may call what they like";
}

function strict() {
  return {
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: { capabilities: { drop: ["ALL"] } },
  };
}
