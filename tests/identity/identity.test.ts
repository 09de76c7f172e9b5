import { clusterLayer } from "../../stacks/cluster-layer";
import { groupOf, PERSONAS, subjects } from "../../stacks/identity/personas";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { breakGlass, clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const PROVIDER = "aws:eks/identityProviderConfig:IdentityProviderConfig";
const ROLE = "aws:iam/role:Role";

const sso = (name: string) =>
  `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${name}_0123456789abcdef`;
const OWN = "arn:aws:iam::111122223333:role/bulwark-production-break-glass";
const provider = {
  mode: "create",
  issuer: "https://login.example.com",
  clientId: "kubernetes",
  requiredClaims: { hd: "example.com" },
};

const registered = async (identity: object = {}, more: object = {}) =>
  (await run(() => clusterLayer(clusterBlueprint({ identity: { breakGlass, ...identity }, ...more })))).registrations;
const entryOf = (registrations: readonly Registration[], principal: string) =>
  all(registrations, ENTRY).filter(({ inputs }) => inputs.principalArn === principal);

describe("a cluster of which nothing is said about people", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await registered();
  });

  it("lets in break-glass and nobody else", () => {
    // Nodes come in by entries of their own.
    const people = all(registrations, ASSOCIATION);

    expect(people.map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({
        principalArn: OWN,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      }),
    ]);
    expect(entryOf(registrations, OWN).map(({ inputs }) => inputs.kubernetesGroups)).toEqual([undefined]);
    expect(all(registrations, PROVIDER)).toEqual([]);
  });

  it("makes the break-glass role, for an hour and only for the keys, before its entry", () => {
    const role = only(registrations, ROLE, "main-break-glass");
    const policies = registrations.filter(
      ({ type, inputs }) => type.startsWith("aws:iam/role") && type !== ROLE && inputs.role === role.inputs.name,
    );

    expect(role.inputs).toMatchObject({ name: "bulwark-production-break-glass", maxSessionDuration: 3600 });
    expect(policies.map(({ name }) => name)).toEqual(["main-break-glass"]);
    expect(entryOf(registrations, OWN)[0]?.dependencies).toContain(role.urn);
  });

  it("reports by mail to the owner whoever becomes break-glass", () => {
    const rule = only(registrations, "aws:cloudwatch/eventRule:EventRule", "main-break-glass");
    const target = only(registrations, "aws:cloudwatch/eventTarget:EventTarget", "main-break-glass");
    const topic = only(registrations, "aws:sns/topic:Topic", "main-alarms");
    const subscription = only(registrations, "aws:sns/topicSubscription:TopicSubscription", "main-owner");

    expect(JSON.parse(String(rule.inputs.eventPattern))).toMatchObject({
      source: ["aws.sts"],
      detail: {
        eventName: ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
        requestParameters: { roleArn: [OWN] },
      },
    });
    expect(rule.inputs.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(target.propertyDependencies.arn).toEqual([topic.urn]);
    expect(subscription.propertyDependencies.topic).toEqual([topic.urn]);
    expect(subscription.inputs).toMatchObject({ protocol: "email", endpoint: "platform@example.com" });
  });

  it("encrypts the report with a key that only its publisher uses", () => {
    const topic = only(registrations, "aws:sns/topic:Topic", "main-alarms");
    const key = only(registrations, "aws:kms/key:Key", "main-alarms");

    expect(topic.propertyDependencies.kmsMasterKeyId).toEqual([key.urn]);
    expect(key.protect).toBe(true);
    expect(String(key.inputs.policy)).toContain("role/bulwark-production-alarm");
  });

  it("lets IAM trust the cluster's own issuer, for STS alone", () => {
    const issuer = only(registrations, "aws:iam/openIdConnectProvider:OpenIdConnectProvider");
    const cluster = only(registrations, "aws:eks/cluster:Cluster");

    expect(issuer.inputs.clientIdLists).toEqual(["sts.amazonaws.com"]);
    expect(issuer.propertyDependencies.url).toEqual([cluster.urn]);
  });
});

describe("people", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await registered({
      provider,
      roles: { developer: [sso("Developer")], sre: [sso("Sre")] },
      deployer: sso("Platform"),
    });
  });

  it("come in with a persona's group and no access policy", () => {
    const [sre] = entryOf(registrations, sso("Sre"));

    expect(sre?.inputs).toMatchObject({ type: "STANDARD", kubernetesGroups: ["bulwark:sre"] });
    expect(all(registrations, ASSOCIATION).map(({ inputs }) => inputs.principalArn)).not.toContain(sso("Sre"));
  });

  it("who develop only read in production", () => {
    expect(entryOf(registrations, sso("Developer"))[0]?.inputs.kubernetesGroups).toEqual(["bulwark:developer-read"]);
  });

  it("keep their entry when they get another persona", () => {
    // Named by the principal: a new name would make the second entry before the first is gone, which EKS refuses.
    expect(entryOf(registrations, sso("Sre"))[0]?.name).toBe("main-AWSReservedSSO_Sre_0123456789abcdef");
  });

  it("do not include the deployer, who administers the cluster and says why", () => {
    const [deployer] = entryOf(registrations, sso("Platform"));

    expect(deployer?.inputs.tags).toMatchObject({ "bulwark:purpose": "deployer" });
    expect(all(registrations, ASSOCIATION).map(({ inputs }) => inputs.principalArn)).toContain(sso("Platform"));
  });

  it("sign in by a provider whose names have a prefix and whose tokens carry a claim", () => {
    expect(only(registrations, PROVIDER).inputs).toMatchObject({
      oidc: {
        issuerUrl: "https://login.example.com",
        clientId: "kubernetes",
        usernameClaim: "sub",
        usernamePrefix: "oidc:",
        groupsClaim: "groups",
        groupsPrefix: "oidc:",
        requiredClaims: { hd: "example.com" },
      },
      tags: { owner: "platform@example.com", environment: "production", "data-classification": "confidential" },
    });
  });

  it("get their provider only when everything else of identity is there, since EKS takes one update at a time", () => {
    const { dependencies } = only(registrations, PROVIDER);

    for (const { urn } of all(registrations, ASSOCIATION)) expect(dependencies).toContain(urn);
  });
});

it("leaves a provider alone that somebody else associates", async () => {
  const existing = {
    mode: "existing",
    name: "corporate",
    issuer: "https://login.example.com",
    clientId: "kubernetes",
    groupsPrefix: "corp:",
    groups: { sre: ["platform-sre"] },
  };
  const identity = { provider: existing };

  expect(all(await registered(identity), PROVIDER)).toEqual([]);
  expect(subjects(clusterBlueprint({ identity })).sre).toEqual(["bulwark:sre", "corp:platform-sre"]);
});

it("lets in a break-glass role that exists, watches it and makes none", async () => {
  const arn = sso("BreakGlass");
  const administrators = ["arn:aws:iam::111122223333:role/platform-admin"];
  const registrations = await registered({ breakGlass: undefined }, { access: { administrators, breakGlass: arn } });
  const rule = only(registrations, "aws:cloudwatch/eventRule:EventRule", "main-break-glass");

  expect(entryOf(registrations, arn)).toHaveLength(1);
  expect(rule.inputs.eventPattern).toContain(arn);
  expect(all(registrations, ROLE).map(({ name }) => name)).not.toContain("main-break-glass");
});

describe("a persona", () => {
  it.each(["development", "staging", "production"] as const)(
    "has in %s a group of ours and none of Kubernetes'",
    (environment) => {
      const groups = PERSONAS.map((persona) => groupOf(persona, environment));

      expect(new Set(groups).size).toBe(5);
      for (const group of groups) expect(group).toMatch(/^bulwark:[a-z-]+$/);
    },
  );

  it("that writes elsewhere has another group in production", () => {
    expect(groupOf("developer", "staging")).toBe("bulwark:developer");
    expect(groupOf("developer", "production")).toBe("bulwark:developer-read");
  });
});
