import { trust } from "../../stacks/cluster/role";

describe("the control plane's role", () => {
  it("trusts EKS alone, and only on behalf of its own account", () => {
    const { Statement: statements } = JSON.parse(trust("111122223333")) as { Statement: unknown[] };

    expect(statements).toEqual([
      {
        Sid: "EksOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });
});
