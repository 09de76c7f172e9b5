import fc from "fast-check";

import { breakGlassTrust } from "../../stacks/identity/break-glass";
import { clusterArn, irsaTrust, podIdentityTrust } from "../../stacks/identity/trust";
import { clusterBlueprint } from "../layers/blueprints";

interface Trust {
  readonly Statement: readonly {
    readonly Principal: unknown;
    readonly Action: unknown;
    readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

const blueprint = clusterBlueprint();
const api = { namespace: "orders", name: "api" };
const only = (json: string) => {
  const { Statement: statements } = JSON.parse(json) as Trust;
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) throw new Error(`${statements.length} statements`);
  return statement;
};
const names = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);

describe("a role that Pod Identity hands out", () => {
  it("is for one service account of this cluster in this account", () => {
    expect(only(podIdentityTrust(blueprint, api))).toMatchObject({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:SourceAccount": "111122223333",
          "aws:RequestTag/kubernetes-namespace": "orders",
          "aws:RequestTag/kubernetes-service-account": "api",
        },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/production" },
      },
    });
  });

  it("is never for two service accounts, whatever they are called", () => {
    fc.assert(
      fc.property(names, names, names, names, (a, b, c, d) => {
        fc.pre(a !== c || b !== d);
        const [one, other] = [
          { namespace: a, name: b },
          { namespace: c, name: d },
        ];
        return podIdentityTrust(blueprint, one) !== podIdentityTrust(blueprint, other);
      }),
    );
  });
});

describe("a role that a service account's token opens", () => {
  const issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/ABC";
  const arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC";

  it("compares audience and service account exactly", () => {
    expect(only(irsaTrust({ arn, issuer }, api))).toEqual({
      Sid: "ServiceAccount",
      Effect: "Allow",
      Principal: { Federated: arn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "oidc.eks.eu-central-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
          "oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:orders:api",
        },
      },
    });
  });

  it("takes the issuer with or without its scheme", () => {
    expect(irsaTrust({ arn, issuer: issuer.slice("https://".length) }, api)).toBe(irsaTrust({ arn, issuer }, api));
  });
});

describe("the break-glass role", () => {
  const principals = ["arn:aws:iam::111122223333:role/security-on-call"];

  it("asks AWS for a second factor when nothing is said about it", () => {
    const { breakGlass } = clusterBlueprint({ identity: { breakGlass: { principals } } }).identity;

    expect(breakGlass && only(breakGlassTrust("111122223333", breakGlass)).Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": principals },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
    });
  });

  it("names its people even where the identity provider asks for the second factor", () => {
    const mfa = { checkedBy: "identity-provider", reason: "the provider asks everybody for a key" } as const;

    expect(only(breakGlassTrust("111122223333", { principals, mfa })).Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": principals },
    });
  });
});

it("knows the cluster's ARN before the cluster exists", () => {
  expect(clusterArn(blueprint)).toBe("arn:aws:eks:eu-central-1:111122223333:cluster/production");
});
