import { type Control, inventoryControl, item, resourceControl } from "../control";
import { isSet } from "../unknown";
import { DISTRIBUTION, LIFECYCLE, PIPELINE, pipeline, RECIPE, recipe } from "./example";

const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";
const to = (amiDistributionConfiguration: object) => ({
  distributions: [{ region: "eu-central-1", amiDistributionConfiguration }],
});
const role = "arn:aws:iam::111122223333:role/bulwark-production-image-retention";
const old = {
  action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
  filter: { type: "COUNT", value: 12 },
  exclusionRules: { amis: { lastLaunched: { unit: "DAYS", value: 90 } } },
};

/** Who gets an image, and for how long it is there. */
export const distribution: readonly Control[] = [
  resourceControl({
    id: "image-private",
    title: "Nobody but this account may start, copy or export an image",
    severity: "critical",
    why: "an image that somebody else starts is read at leisure, with all that was left in it",
    fix: "leave `launchPermission`, `targetAccountIds` and `s3ExportConfiguration` out",
    refs: {
      catalogue: "EKS-NODE-7",
      checkov: ["CKV_AWS_199", "CKV_AWS_200", "CKV_AWS_204", "CKV_AWS_205"],
    },
    resource: DISTRIBUTION,
    *check({ distributions }) {
      for (const one of distributions) {
        const ami = one.amiDistributionConfiguration;
        if (isSet(ami, "launchPermission")) yield { path: "distributions", message: "others may start the image" };
        if (isSet(ami, "targetAccountIds"))
          yield { path: "distributions", message: "the image is copied to other accounts" };
        if (isSet(one, "s3ExportConfiguration"))
          yield { path: "distributions", message: "the image is exported as a file" };
      }
    },
    good: [to({ kmsKeyId })],
    bad: [
      to({ launchPermission: { userGroups: ["all"] } }),
      to({ launchPermission: { userIds: ["444455556666"] } }),
      to({ targetAccountIds: ["444455556666"] }),
      {
        distributions: [
          {
            region: "eu-central-1",
            s3ExportConfiguration: { diskImageFormat: "RAW", roleName: "export", s3Bucket: "images" },
          },
        ],
      },
    ],
  }),

  resourceControl({
    id: "image-distribution-encrypted",
    title: "An image is encrypted under our key wherever it is handed out",
    severity: "high",
    why: "a copy takes the key of its region's default, which every principal of the account may use",
    fix: "set `amiDistributionConfiguration.kmsKeyId` for every region",
    refs: { catalogue: "EKS-NODE-7" },
    resource: DISTRIBUTION,
    *check({ distributions }) {
      for (const { region, amiDistributionConfiguration: ami } of distributions)
        if (!isSet(ami, "kmsKeyId"))
          yield { path: "distributions", message: `in ${region} the image has no key of ours` };
    },
    good: [to({ kmsKeyId })],
    bad: [to({}), { distributions: [{ region: "eu-central-1" }] }],
  }),

  inventoryControl({
    id: "image-retained",
    title: "Old images go, some stay, and none goes from which nodes start",
    severity: "medium",
    why: "old images start nodes with old holes; without any there is nothing to go back to",
    fix: "register `aws.imagebuilder.LifecyclePolicy` for the recipe: DELETE by COUNT of 3 or more, sparing what was launched lately",
    refs: {},
    about: [PIPELINE],
    *check(one, inventory) {
      for (const { inputs, ...made } of inventory.linked(one, "imageRecipeArn", RECIPE)) {
        const policies = inventory.linking(LIFECYCLE, "resourceSelection", { inputs, ...made });
        if (policies.length === 0) yield `no image of recipe ${made.name} ever goes`;
        for (const policy of policies) {
          if (policy.inputs.status === "DISABLED") yield `lifecycle policy ${policy.name} is switched off`;
          for (const { filter, exclusionRules } of policy.inputs.policyDetails) {
            const least = filter.type === "COUNT" ? filter.value : (filter.retainAtLeast ?? 0);
            if (least < 3) yield `lifecycle policy ${policy.name} leaves ${least} images to go back to`;
            if (exclusionRules?.amis?.lastLaunched === undefined)
              yield `lifecycle policy ${policy.name} deletes images from which nodes start`;
          }
        }
      }
    },
    good: [retained(old), retained({ ...old, filter: { type: "AGE", unit: "MONTHS", value: 6, retainAtLeast: 3 } })],
    bad: [
      retained(),
      retained({ ...old, filter: { type: "COUNT", value: 1 } }),
      retained({ ...old, filter: { type: "AGE", unit: "MONTHS", value: 6 } }),
      retained({ action: old.action, filter: old.filter }),
      retained(old, { status: "DISABLED" }),
    ],
  }),
];

function retained(details?: typeof old | { action: object; filter: object }, more: object = {}) {
  const made = item(RECIPE, "main", recipe);
  const line = item(PIPELINE, "main", pipeline, { links: { imageRecipeArn: [made] } });
  if (details === undefined) return [made, line];
  const inputs = {
    executionRole: role,
    resourceType: "AMI_IMAGE",
    resourceSelection: { recipes: [{ name: "bulwark-production", semanticVersion: "x.x.x" }] },
    policyDetails: [details],
    ...more,
  };
  return [made, line, item(LIFECYCLE, "main", inputs as never, { links: { resourceSelection: [made] } })];
}
