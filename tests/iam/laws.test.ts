import fc from "fast-check";

import type { Identity } from "../../twin/iam/caller";
import { type Decision, decide, type Request } from "../../twin/iam/evaluate";
import { deny, document } from "./document";

const ORDER: readonly Decision[] = ["denied", "unknown", "allowed"];
const atMost = (one: Decision, other: Decision): boolean => ORDER.indexOf(one) <= ORDER.indexOf(other);

const actions = fc.constantFrom("s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:PutKeyPolicy");
const patterns = fc.oneof(actions, fc.constantFrom("s3:*", "kms:*", "*", "s3:Get*"));
const arns = fc.constantFrom(
  "arn:aws:s3:::shop/a",
  "arn:aws:s3:::other/b",
  "arn:aws:kms:eu-central-1:111122223333:key/1",
);
const resources = fc.oneof(arns, fc.constantFrom("*", "arn:aws:s3:::shop/*", "arn:aws:kms:*:*:key/*"));
const operators = fc.constantFrom("StringEquals", "StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringLike");
const keys = fc.constantFrom("aws:SourceVpc", "aws:PrincipalTag/team");
const values = fc.constantFrom("a", "b");
const conditions = fc.option(
  fc.tuple(operators, keys, values).map(([operator, key, value]) => ({ [operator]: { [key]: value } })),
  { nil: undefined },
);
const roleArns = fc.constantFrom("arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:role/b");
const principals = fc.oneof(
  fc.constant("*"),
  fc.oneof(roleArns, fc.constant("111122223333")).map((AWS) => ({ AWS })),
);

const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Action: patterns,
    Resource: resources,
    Condition: conditions,
  })
  .map(({ Condition, ...rest }) => (Condition === undefined ? rest : { ...rest, Condition }));
const identityPolicy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((all) => document(...all));
const resourcePolicy = fc
  .array(fc.tuple(statement, principals), { minLength: 1, maxLength: 3 })
  .map((all) => document(...all.map(([one, Principal]) => ({ ...one, Principal }))));
const context = fc.dictionary(keys, values);

const caller: fc.Arbitrary<Identity> = fc
  .record({
    arn: roleArns,
    policies: fc.array(identityPolicy, { maxLength: 2 }),
    boundary: fc.option(identityPolicy, { nil: undefined }),
  })
  .map(({ boundary, ...rest }) => (boundary === undefined ? rest : { ...rest, boundary }));
const request = fc
  .record({ caller, action: actions, arn: arns, policy: fc.option(resourcePolicy, { nil: undefined }), context })
  .map(({ arn, policy, ...rest }) => {
    const resource = { arn, account: "111122223333", ...(policy === undefined ? {} : { policy }) };
    return { ...rest, resource };
  });

const evaluations = { numRuns: 300 };

describe("whatever the policies say", () => {
  it("a denial more never widens", () => {
    fc.assert(
      fc.property(request, statement, (asked, more) => {
        const policies = [...(asked.caller.policies ?? []), document(deny(more))];
        return atMost(decide({ ...asked, caller: { ...asked.caller, policies } }), decide(asked));
      }),
      evaluations,
    );
  });

  it("a boundary never widens", () => {
    fc.assert(
      fc.property(request, identityPolicy, (asked, boundary) => {
        const free: Request = { ...asked, caller: { arn: asked.caller.arn, policies: asked.caller.policies ?? [] } };
        return atMost(decide({ ...free, caller: { ...asked.caller, boundary } }), decide(free));
      }),
      evaluations,
    );
  });

  it("a permission more never narrows", () => {
    fc.assert(
      fc.property(request, statement, (asked, more) => {
        const policies = [...(asked.caller.policies ?? []), document({ ...more, Effect: "Allow" })];
        return atMost(decide(asked), decide({ ...asked, caller: { ...asked.caller, policies } }));
      }),
      evaluations,
    );
  });

  it("the order of policies says nothing", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const policies = [...(asked.caller.policies ?? [])].reverse();
        return decide({ ...asked, caller: { ...asked.caller, policies } }) === decide(asked);
      }),
      evaluations,
    );
  });

  it("an answer given while keys are unknown holds whatever they turn out to be", () => {
    fc.assert(
      fc.property(request, context, (asked, said) => {
        const early = decide({ ...asked, unsaid: "unknown" });
        return early === "unknown" || early === decide({ ...asked, context: { ...said, ...asked.context } });
      }),
      evaluations,
    );
  });

  it("nobody of another account is allowed anything without both sides", () => {
    fc.assert(
      fc.property(request, (asked) => {
        fc.pre(asked.caller.arn.includes("444455556666"));
        const alone = decide({ ...asked, caller: { arn: asked.caller.arn } });
        return (
          alone === "denied" &&
          decide({ ...asked, resource: { arn: asked.resource.arn, account: "111122223333" } }) === "denied"
        );
      }),
      evaluations,
    );
  });
});
