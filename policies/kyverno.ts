import { type Control, inventoryControl } from "./control";
import { object, objectsOf } from "./object";

/** Kinds that Kyverno deprecated in 1.17 and takes away in 1.20; what it judged is judged by nobody afterwards. */
const ENDING = ["ClusterPolicy", "Policy", "CleanupPolicy", "ClusterCleanupPolicy"];

/** What is brought with Kyverno, which the blueprint does not install. */
export const kyverno: readonly Control[] = [
  inventoryControl({
    id: "kyverno-lasting-kinds",
    title: "A Kyverno policy is of a kind that stays",
    severity: "medium",
    why: "ClusterPolicy and its kin are taken away in Kyverno 1.20, and with them whatever they refused",
    fix: "write a ValidatingPolicy or ImageValidatingPolicy of policies.kyverno.io/v1, or a ValidatingAdmissionPolicy, which needs no Kyverno",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, kind, group, version } of objectsOf(inventory, ["kyverno.io"]))
        if (ENDING.includes(kind)) yield `${kind} ${name} is of ${group}/${version}`;
    },
    good: [[object("policies.kyverno.io/v1", "ValidatingPolicy")]],
    bad: [
      [object("kyverno.io/v1", "ClusterPolicy")],
      [object("kyverno.io/v2beta1", "ClusterPolicy")],
      [object("kyverno.io/v2", "CleanupPolicy")],
    ],
  }),
];
