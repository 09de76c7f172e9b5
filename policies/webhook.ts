import { type Control, inventoryControl } from "./control";
import { object, objectsOf } from "./object";

interface Configuration {
  readonly webhooks?: readonly { readonly name?: string; readonly failurePolicy?: string }[];
}

const GROUP = "admissionregistration.k8s.io";

/** What a webhook that judges requests promises. */
export const webhook: readonly Control[] = [
  inventoryControl({
    id: "webhook-fails-closed",
    title: "What judges a request refuses it while nobody answers",
    severity: "high",
    why: "with Ignore, as Gatekeeper has it, whoever stops the judge is judged by nobody",
    fix: "set `failurePolicy: Fail`, and leave the judge's own namespace out by a selector",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of objectsOf<Configuration>(
        inventory,
        [GROUP],
        ["ValidatingWebhookConfiguration"],
      ))
        for (const { name: called = "", failurePolicy = "Fail" } of made.webhooks ?? [])
          if (failurePolicy !== "Fail")
            yield `webhook ${called} of ${name} lets everything pass while it does not answer`;
      for (const { name, object: made } of objectsOf<{ spec?: { failurePolicy?: string } }>(
        inventory,
        [GROUP],
        ["ValidatingAdmissionPolicy"],
      ))
        if ((made.spec?.failurePolicy ?? "Fail") !== "Fail")
          yield `ValidatingAdmissionPolicy ${name} lets pass what it cannot judge`;
    },
    good: [[configuration("Fail")], [configuration(undefined)]],
    bad: [
      [configuration("Ignore")],
      [object(`${GROUP}/v1`, "ValidatingAdmissionPolicy", { spec: { failurePolicy: "Ignore" } }, "no-doors")],
    ],
  }),
];

function configuration(failurePolicy: string | undefined) {
  const webhooks = [{ name: "validation.gatekeeper.sh", ...(failurePolicy !== undefined && { failurePolicy }) }];
  return object(
    `${GROUP}/v1`,
    "ValidatingWebhookConfiguration",
    { webhooks },
    "gatekeeper-validating-webhook-configuration",
  );
}
