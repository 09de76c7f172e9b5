import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { isPublic, like, type Statement, statementsOf } from "../iam-document";
import type { Inventory, Item, Subject } from "../inventory";
import { base, COMMIT, PROJECT, projectOf } from "./example";

const BUCKET = token<aws.s3.BucketArgs>("aws:s3/bucket:Bucket");
const POLICY = token<aws.s3.BucketPolicyArgs>("aws:s3/bucketPolicy:BucketPolicy");

const source = (more: object) => ({ ...base, source: { ...base.source, ...more } });

/** What builds apply, and by which commands. */
export const sources: readonly Control[] = [
  resourceControl({
    id: "runner-source-reviewed",
    title: "A build applies one commit, which the configuration names",
    severity: "critical",
    why: "a branch is something else tomorrow; what administers the cluster is what was reviewed",
    fix: "name an archive in S3 by the whole id of its commit, and no second source",
    refs: {},
    resource: PROJECT,
    *check({ source: { type, location }, secondarySources, sourceVersion }) {
      if (type !== "S3") yield { path: "source.type", message: `the source is ${type}, outside our bucket` };
      else if (!/\/[0-9a-f]{40}\.zip$/.test(location ?? "") && sourceVersion === undefined)
        yield { path: "source.location", message: `${location ?? "nothing"} says no commit` };
      if ((secondarySources ?? []).length > 0)
        yield { path: "secondarySources", message: "a second source comes along" };
    },
    good: [base],
    bad: [
      source({ location: "archives/platform/main.zip" }),
      source({ location: "archives/platform/" }),
      source({ type: "GITHUB", location: "https://github.com/example/platform.git" }),
      { ...base, secondarySources: [{ sourceIdentifier: "more", type: "S3", location: "elsewhere/more.zip" }] },
    ],
  }),

  resourceControl({
    id: "runner-own-commands",
    title: "The commands of a build stand in the project, not in what it fetches",
    severity: "high",
    why: "a build that asks its archive what to do does whatever the archive says",
    fix: "write the build specification into `source.buildspec`",
    refs: {},
    resource: PROJECT,
    *check({ source: { buildspec } }) {
      if (buildspec === undefined || !/(^|\n|\{)\s*"?version"?\s*:/.test(buildspec))
        yield { path: "source.buildspec", message: "the archive decides what a build does" };
    },
    good: [base, source({ buildspec: "version: 0.2\nphases: {}\n" })],
    bad: [source({ buildspec: undefined }), source({ buildspec: "ci/build.yaml" })],
  }),

  inventoryControl({
    id: "runner-source-kept",
    title: "An archive is brought by one role, once, and stays as it was",
    severity: "critical",
    why: "whoever may write over an archive changes what was reviewed after it was reviewed",
    fix: "deny s3:PutObject to all but the pipeline and without `s3:if-none-match`, and deletions to all but administrators",
    refs: {},
    about: [PROJECT],
    *check(project, inventory) {
      const { location, type } = project.inputs.source;
      if (type !== "S3") return;
      const buckets = inventory.all(BUCKET).filter((one) => one.inputs.bucket === location?.split("/")[0]);
      if (buckets.length === 0)
        yield { path: "source.location", message: "the bucket is not of this stack, so nobody knows who writes there" };
      for (const bucket of buckets) yield* unkept(deniesOf(bucket, inventory), bucket.name);
    },
    good: [archived()],
    bad: [
      projectOf({}),
      archived({ Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } } }),
      archived({ Condition: { ArnNotEquals: { "aws:PrincipalArn": [pipeline(), `${pipeline()}-2`] } } }),
      archived({}, { Condition: {} }),
      archived({}, { Action: "s3:GetObject" }),
      archived({}, {}, { Action: "s3:DeleteObject" }),
    ],
  }),
];

function* unkept(denies: readonly Statement[], bucket: string) {
  const writing = denies.filter((one) => speaks(one, "s3:PutObject"));
  const writers = writing.flatMap(({ conditions }) => (conditions.length === 1 ? conditions : []));
  const one = writers.some(
    ({ operator, key, values }) =>
      operator === "ArnNotEquals" &&
      key === "aws:principalarn" &&
      values.length === 1 &&
      values.every((arn) => !/[*?]/.test(arn)),
  );
  if (!one) yield `more than one role may bring archives into ${bucket}`;
  if (!writing.some(({ conditions }) => demandsNew(conditions))) yield `an archive in ${bucket} may be written over`;
  for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion"])
    // Whoever is excepted is named; any other condition leaves a way for everybody.
    if (!denies.some((each) => speaks(each, action) && each.conditions.every(({ key }) => key === "aws:principalarn")))
      yield `whoever may ${action} brings another archive under the same name to ${bucket}`;
}

function speaks({ actions }: Statement, action: string): boolean {
  return actions.some((pattern) => like(pattern, action));
}

/** Denied wherever the header that asks for a new name is missing, with the exception that S3 needs for uploads in parts. */
function demandsNew(conditions: Statement["conditions"]): boolean {
  const [needed, ...others] = [
    ...conditions.filter(({ operator, key }) => operator === "Null" && key === "s3:if-none-match"),
    ...conditions.filter(({ key }) => key !== "s3:if-none-match"),
  ];
  return needed?.values.join() === "true" && others.every(({ key }) => key === "s3:objectcreationoperation");
}

function deniesOf(bucket: Subject<unknown>, inventory: Inventory): readonly Statement[] {
  return inventory
    .linking(POLICY, "bucket", bucket)
    .flatMap(({ inputs }) => statementsOf(inputs.policy))
    .filter((one) => one.effect === "Deny" && isPublic(one));
}

function pipeline(): string {
  return "arn:aws:iam::111122223333:role/pipeline";
}

function archived(writers: object = {}, once: object = {}, kept: object = {}): readonly Item[] {
  const deny = { Effect: "Deny", Principal: "*", Resource: "arn:aws:s3:::archives/*" };
  const policy = JSON.stringify({
    Statement: [
      { ...deny, Action: "s3:PutObject", Condition: { ArnNotEquals: { "aws:PrincipalArn": pipeline() } }, ...writers },
      { ...deny, Action: "s3:PutObject", Condition: { Null: { "s3:if-none-match": "true" } }, ...once },
      { ...deny, Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"], ...kept },
    ],
  });
  const bucket = item(BUCKET, "main-runner", { bucket: "archives" });
  return [
    bucket,
    item(POLICY, "main-runner", { bucket: "archives", policy }, { links: { bucket: [bucket] } }),
    ...projectOf({ source: { ...base.source, location: `archives/platform/${COMMIT}.zip` } }),
  ];
}
