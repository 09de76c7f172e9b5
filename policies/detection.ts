import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "./control";

const FEATURE = token<aws.guardduty.DetectorFeatureArgs>("aws:guardduty/detectorFeature:DetectorFeature");
const EITHER = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];

/** What finds an intruder who is already there. */
export const detection: readonly Control[] = [
  inventoryControl({
    id: "detection-one-runtime-monitor",
    title: "GuardDuty watches the nodes' processes once",
    severity: "medium",
    why: "RUNTIME_MONITORING and EKS_RUNTIME_MONITORING exclude each other: GuardDuty refuses the second, half-way through an update",
    fix: "keep RUNTIME_MONITORING, which covers EKS too, and leave EKS_RUNTIME_MONITORING away",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      const enabled = inventory.all(FEATURE).filter(({ inputs }) => inputs.status === "ENABLED");
      const both = enabled.filter(({ inputs }) => EITHER.includes(inputs.name ?? ""));
      if (new Set(both.map(({ inputs }) => inputs.name)).size > 1)
        yield `${both.map(({ name }) => name).join(" and ")} watch the same processes`;
    },
    good: [
      [feature("RUNTIME_MONITORING")],
      [feature("RUNTIME_MONITORING"), feature("EKS_AUDIT_LOGS")],
      [feature("RUNTIME_MONITORING"), feature("EKS_RUNTIME_MONITORING", "DISABLED")],
    ],
    bad: [[feature("RUNTIME_MONITORING"), feature("EKS_RUNTIME_MONITORING")]],
  }),
];

function feature(name: string, status = "ENABLED") {
  return item(FEATURE, name.toLowerCase(), { detectorId: "12abc34d567e8fa901bc2d34e56789f0", name, status });
}
