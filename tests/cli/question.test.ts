import { type Answer, filledIn, from, waitsFor } from "../../cli/ask/question";

const question = {
  id: "session",
  token: "aws:iam/getSessionContext:getSessionContext",
  args: { arn: from("caller", "arn"), region: "x" },
};
const said = (answer: Answer) => new Map([["caller", answer]]);

describe("a question that needs an earlier answer", () => {
  it("waits for it and is filled in with it", () => {
    expect(waitsFor(question)).toEqual(["caller"]);
    expect(filledIn(question.args, said({ value: { arn: "arn:me" } }))).toEqual({ arn: "arn:me", region: "x" });
  });

  it("is not put when that answer did not come", () => {
    expect(filledIn(question.args, said({ error: "no credentials" }))).toBeUndefined();
    expect(filledIn(question.args, said({ value: {} }))).toBeUndefined();
  });
});
