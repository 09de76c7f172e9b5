import type { Control } from "../control";
import { chartControl } from "./release";

interface Part {
  readonly replicaCount?: number;
  readonly podDisruptionBudget?: {
    readonly enabled?: boolean;
    readonly maxUnavailable?: unknown;
    readonly minAvailable?: unknown;
  };
}

const budget = { podDisruptionBudget: { enabled: true } };
const two = { replicaCount: 2, ...budget };
const gateway = { autoscaling: { minReplicas: 2 }, podDisruptionBudget: { maxUnavailable: 1 } };

/** What everything else waits for. */
export const replicas: readonly Control[] = [
  chartControl({
    id: "charts-survive-a-drain",
    title: "What the API server or the load balancer waits for runs twice and is drained one by one",
    severity: "medium",
    why: "their webhooks fail closed: while the only replica moves, nothing can be admitted, injected or reached",
    fix: "set two replicas and a disruption budget: autoscaleMin (istiod), autoscaling.minReplicas (gateway), replicaCount and podDisruptionBudget (the others)",
    refs: {},
    check: {
      // istiod's chart makes its budget from two replicas on.
      *istiod({ autoscaleEnabled, autoscaleMin = 1 }) {
        if (autoscaleEnabled === false || autoscaleMin < 2) yield "one replica is enough for it";
      },
      *gateway({ autoscaling, podDisruptionBudget }) {
        if (autoscaling?.enabled === false || (autoscaling?.minReplicas ?? 1) < 2) yield "one replica is enough for it";
        if (podDisruptionBudget?.maxUnavailable === undefined && podDisruptionBudget?.minAvailable === undefined)
          yield "it has no disruption budget";
      },
      *"cert-manager"(values) {
        yield* twice("controller", values);
        yield* twice("webhook", values.webhook);
        yield* twice("cainjector", values.cainjector);
      },
      *"external-secrets"(values) {
        yield* twice("controller", values);
        yield* twice("webhook", values.webhook);
      },
      // Two replicas are its chart's own default; a budget it makes when one is said.
      *"aws-load-balancer-controller"({ replicaCount = 2, podDisruptionBudget }) {
        if (replicaCount < 2) yield "one replica is enough for it";
        if (podDisruptionBudget?.maxUnavailable === undefined && podDisruptionBudget?.minAvailable === undefined)
          yield "it has no disruption budget";
      },
    },
    good: [
      {
        istiod: { autoscaleMin: 2 },
        gateway,
        "cert-manager": { ...two, webhook: two, cainjector: two },
        "external-secrets": { ...two, webhook: two },
        "aws-load-balancer-controller": { podDisruptionBudget: { maxUnavailable: 1 } },
      },
    ],
    bad: [
      { istiod: {} },
      { istiod: { autoscaleMin: 2, autoscaleEnabled: false } },
      { gateway: {} },
      { gateway: { ...gateway, podDisruptionBudget: {} } },
      { "cert-manager": { ...two, cainjector: two } },
      { "cert-manager": { ...two, webhook: two, cainjector: { replicaCount: 2 } } },
      { "external-secrets": two },
      { "aws-load-balancer-controller": {} },
    ],
  }),
];

function* twice(what: string, { replicaCount = 1, podDisruptionBudget }: Part = {}): Iterable<string> {
  if (replicaCount < 2) yield `its ${what} has one replica`;
  if (podDisruptionBudget?.enabled !== true) yield `its ${what} has no disruption budget`;
}
