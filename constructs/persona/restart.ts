import type { ApiObject, Chart } from "cdk8s";
import { inGroups, sameBut } from "../admission/cel";
import { admissionPolicy, type Validation } from "../admission/policy";
import { TENANT } from "../tenant/namespace";
import { SERVER_OWNED } from "./server-owned";

/** What `kubectl rollout restart` writes; a template that differs makes new pods. */
const RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

/** RFC 3339, as kubectl writes it: an annotation of free text could carry anything into a pod. */
const INSTANT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$";

/**
 * Lets the groups change one annotation of a pod template in a tenant and nothing else. RBAC cannot say this: who may patch a Deployment may change
 * its image, mount a secret or make it privileged.
 */
export function restartOnly(tenant: Chart, groups: readonly string[]): ApiObject {
  const annotations = (object: string) => `${object}.spec.template.?metadata.?annotations.orValue({})`;
  const template = (object: string) => `${object}.spec.template.?metadata.orValue({})`;
  return admissionPolicy(tenant, {
    name: `bulwark-${tenant.node.id}-restart-only`,
    rules: [["apps", ["daemonsets", "deployments", "statefulsets"]]],
    operations: ["UPDATE"],
    namespaces: { [TENANT]: tenant.node.id },
    requester: inGroups(groups),
    variables: {
      now: annotations("dyn(object)"),
      before: annotations("dyn(oldObject)"),
      templateNow: template("dyn(object)"),
      templateBefore: template("dyn(oldObject)"),
    },
    validations: [
      ...onlySpec("a restart"),
      {
        expression: sameBut(["template"], "object.spec", "oldObject.spec"),
        message:
          "a restart changes nothing of the spec but the pod template's annotation; scale by the scale sub-resource",
      },
      {
        expression: sameBut(["metadata"], "object.spec.template", "oldObject.spec.template"),
        message: "a restart leaves the pods as they are: images, volumes and settings are the deploying identity's",
      },
      {
        expression: sameBut(["annotations"], "variables.templateNow", "variables.templateBefore"),
        message: "a restart leaves the pods' labels as they are",
      },
      {
        expression: sameBut([RESTARTED_AT], "variables.now", "variables.before"),
        message: `a restart writes no annotation but ${RESTARTED_AT}`,
      },
      {
        expression: `"${RESTARTED_AT}" in variables.now ? variables.now["${RESTARTED_AT}"].matches("${INSTANT}") : !("${RESTARTED_AT}" in variables.before)`,
        message: `${RESTARTED_AT} is the time of the restart, as kubectl rollout restart writes it`,
      },
    ],
  });
}

/** Nothing beside the spec changes, except what the API server itself writes with every request. */
export function onlySpec(what: string): Validation[] {
  return [
    {
      expression: sameBut(["metadata", "spec"], "object", "oldObject"),
      message: `${what} changes nothing beside the spec`,
    },
    {
      expression: sameBut(SERVER_OWNED, "object.metadata", "oldObject.metadata"),
      message: `${what} leaves labels, annotations, owners and finalizers as they are`,
    },
  ];
}
