import {
  accountOf,
  allowsOf,
  covers,
  coversEverything,
  isPublic,
  like,
  pinned,
  type Statement,
  statementsOf,
} from "../../policies/iam-document";

const only = (fields: object): Statement => {
  const [statement] = statementsOf(
    JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...fields } }),
  );
  if (statement === undefined) throw new Error("no statement was read");
  return statement;
};

describe("an IAM document", () => {
  it("is read as text or object, with one statement or a list of them", () => {
    const statement = { Effect: "Deny", Principal: "*", Action: ["a:B"], Resource: "*" };

    expect(statementsOf({ Statement: [statement] })).toEqual(statementsOf(JSON.stringify({ Statement: statement })));
    expect(allowsOf({ Statement: statement })).toEqual([]);
  });

  it.each(["", "no json", "[]", "null", undefined, 4])("that is %j is not judged but refused", (text) => {
    expect(() => statementsOf(text)).toThrow();
  });

  it("covers an action by wildcard, in any case, and by naming what it leaves out", () => {
    expect(
      ["s3:*", "*", "S3:getobject", "s3:Get*", "s3:GetObjec?"].map((Action) =>
        covers(only({ Action }), "s3:GetObject"),
      ),
    ).toEqual([true, true, true, true, true]);
    expect(["s3:Put*", "s3:GetObjectAcl", "sts:*"].map((Action) => covers(only({ Action }), "s3:GetObject"))).toEqual([
      false,
      false,
      false,
    ]);
    expect(covers(only({ Action: undefined, NotAction: "iam:*" }), "s3:GetObject")).toBe(true);
    expect(covers(only({ Action: undefined, NotAction: "s3:*" }), "s3:GetObject")).toBe(false);
  });

  it("covers everything by a star or by naming what it leaves out", () => {
    expect(coversEverything(only({}))).toBe(true);
    expect(coversEverything(only({ Resource: undefined, NotResource: "arn:aws:s3:::a" }))).toBe(true);
    expect(coversEverything(only({ Resource: ["arn:aws:s3:::a/*"] }))).toBe(false);
  });

  it("is public by a star in any place, or by naming whom it leaves out", () => {
    for (const Principal of ["*", { AWS: "*" }, { AWS: ["arn:aws:iam::111122223333:root", "*"] }])
      expect(isPublic(only({ Principal }))).toBe(true);
    expect(isPublic(only({ NotPrincipal: { AWS: "111122223333" } }))).toBe(true);
    expect(isPublic(only({ Principal: { AWS: "111122223333" } }))).toBe(false);
  });

  it("pins a key only by operators that hold when the key is absent", () => {
    const by = (operator: string) =>
      pinned(only({ Condition: { [operator]: { "AWS:SourceAccount": "111122223333" } } }), "aws:SourceAccount");

    expect(["StringEquals", "StringLike", "ArnLike", "ArnEquals"].flatMap(by)).toHaveLength(4);
    expect(["StringNotEquals", "StringEqualsIfExists", "Null", "ForAllValues:StringEquals"].flatMap(by)).toEqual([]);
  });

  it("knows the account of a principal", () => {
    expect(
      ["111122223333", "arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:role/a"].map(accountOf),
    ).toEqual(Array(3).fill("111122223333"));
    expect(["*", "eks.amazonaws.com", "arn:aws:s3:::111122223333"].map(accountOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("takes only stars and question marks for wildcards", () => {
    expect(like("s3:Get.bject", "s3:GetObject")).toBe(false);
    expect(like("(a+)+$*", "(a+)+$ and more")).toBe(true);
  });
});
