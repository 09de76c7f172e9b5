import type { ApiObject, Chart } from "cdk8s";
import { inGroups, sameBut } from "../admission/cel";
import { admissionPolicy } from "../admission/policy";
import { onlySpec } from "./restart";

/**
 * Lets the groups make nodes unschedulable and schedulable again, and nothing else: a label or a taint would decide which pods run there.
 * The taint that follows is the node controller's to write.
 */
export function cordonOnly(scope: Chart, groups: readonly string[]): ApiObject {
  return admissionPolicy(scope, {
    name: "bulwark-cordon-only",
    rules: [["", ["nodes"]]],
    operations: ["UPDATE"],
    requester: inGroups(groups),
    validations: [
      ...onlySpec("a cordon"),
      {
        expression: sameBut(["unschedulable"], "object.spec", "oldObject.spec"),
        message: "a cordon changes nothing of a node but spec.unschedulable",
      },
    ],
  });
}
