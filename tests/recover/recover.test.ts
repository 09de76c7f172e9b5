import { adopted, type Exported, type Wanted, waits } from "../../cli/recover/deployment";
import { idOfArn, keyOf, wayTo } from "../../cli/recover/import-id";
import { wantedOf } from "../../cli/recover/wanted";
import facts from "../../facts/import-ids.json";
import { UNKNOWN } from "../../twin/wire";
import { schema } from "../../twin/schema";
import { registrations, STACKS } from "../policies/example";

// The examples together are some hundreds of resources.
jest.setTimeout(60_000);

const PLACE = { account: "111122223333", region: "eu-central-1" };
const STACK = "urn:pulumi:development::bulwark";

const wanted = (type: string, name: string, inputs: Record<string, unknown>, begun = false): Wanted => ({
  urn: `${STACK}::${type}::${name}`,
  type,
  custom: true,
  inputs,
  begun,
});

describe("how a resource is found that no state knows", () => {
  it("is written down for no type that the twin does not know", () => {
    expect(Object.keys(facts.types).filter((type) => !(type in schema.resources))).toEqual([]);
  });

  it("asks by tag only for types that take tags", () => {
    const byTag = Object.entries(facts.types).filter(([, way]) => "tag" in way);
    expect(byTag.filter(([type]) => schema.resources[type]?.inputs["tags"] === undefined)).toEqual([]);
  });

  it("names only inputs that the type has", () => {
    const unknown = Object.entries(facts.types).flatMap(([type, way]) =>
      ("key" in way ? way.key : []).flatMap((template) =>
        [...template.matchAll(/\{(\w+)/g)].filter(
          ([, input = ""]) => !(input in (schema.resources[type]?.inputs ?? {})),
        ),
      ),
    );
    expect(unknown.map(([text]) => text)).toEqual([]);
  });

  it("finds every resource of the examples by itself, but for those of three types", async () => {
    const lost = new Set<string>();
    for (const stack of STACKS) {
      for (const { type, inputs } of await registrations(stack)) {
        if (!type.startsWith("aws:")) continue;
        const way = wayTo(type);
        const isFound = way.again !== undefined || way.tag !== undefined || keyOf(type, inputs, PLACE) !== undefined;
        if (!isFound) lost.add(type);
      }
    }
    expect([...lost].toSorted()).toEqual([
      "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
      "aws:sns/topicSubscription:TopicSubscription",
    ]);
  });

  it.each([
    ["aws:ec2/vpc:Vpc", "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a", {}, "vpc-0a"],
    [
      "aws:lb/loadBalancer:LoadBalancer",
      "arn:aws:elasticloadbalancing:x:1:loadbalancer/app/a/b",
      {},
      "arn:aws:elasticloadbalancing:x:1:loadbalancer/app/a/b",
    ],
    [
      "aws:eks/nodeGroup:NodeGroup",
      "arn:aws:eks:eu-central-1:111122223333:nodegroup/development/main/0a-1b",
      {},
      "development:main",
    ],
    [
      "aws:wafv2/webAcl:WebAcl",
      "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/edge/0a-1b",
      { scope: "REGIONAL" },
      "0a-1b/edge/REGIONAL",
    ],
    [
      "aws:sqs/queue:Queue",
      "arn:aws:sqs:eu-central-1:111122223333:events",
      {},
      "https://sqs.eu-central-1.amazonaws.com/111122223333/events",
    ],
  ])("reads the import id of %s out of its ARN", (type, arn, inputs, id) => {
    expect(idOfArn(type, arn, inputs, PLACE)).toBe(id);
  });

  it("takes the ARN of another type for nothing", () => {
    expect(
      idOfArn("aws:ec2/vpc:Vpc", "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0a", {}, PLACE),
    ).toBeUndefined();
  });

  it("has no name to ask for while an input is not known", () => {
    const inputs = { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/x" };
    expect(keyOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment", inputs, PLACE)).toBeUndefined();
    expect(waits({ rules: [{ to: UNKNOWN }] })).toBe(true);
  });
});

describe("what may be in the account", () => {
  const key = wanted("aws:kms/key:Key", "main", { description: "planned" });

  it("is what the program would create, with the inputs of the engine that died where one had begun it", () => {
    const begun = { type: "creating", resource: { ...key, inputs: { description: "begun" } } };
    const update = { type: "updating", resource: wanted("aws:ec2/vpc:Vpc", "main", {}) };

    expect(wantedOf([key], [begun, update])).toEqual([
      expect.objectContaining({ urn: key.urn, begun: true, inputs: { description: "begun" } }),
    ]);
  });

  it("is no component and nothing of another provider", () => {
    const component = { ...wanted("bulwark:index:Keys", "main", {}), custom: false };
    expect(wantedOf([component, wanted("pulumi:providers:aws", "aws", {})], [])).toEqual([]);
  });
});

describe("a state into which something is adopted", () => {
  const before: Exported = {
    version: 3,
    deployment: {
      resources: [{ urn: `${STACK}::pulumi:pulumi:Stack::bulwark-development`, type: "pulumi:pulumi:Stack" }],
      pending_operations: [{ type: "creating", resource: wanted("aws:kms/key:Key", "main", {}) }],
    },
  };

  it("holds it with the program's inputs and the account's properties, and nothing that is pending", () => {
    const key = wanted("aws:kms/key:Key", "main", { description: "one" });
    const held = { id: "0a", inputs: { description: "one" }, properties: { description: "one", arn: "arn" } };
    const { deployment } = adopted(before, [{ wanted: key, held }]);

    expect(deployment.pending_operations).toEqual([]);
    expect(deployment.resources?.at(-1)).toEqual({
      urn: key.urn,
      custom: true,
      id: "0a",
      type: key.type,
      inputs: { description: "one" },
      outputs: held.properties,
    });
  });

  it("takes from the account the name that each preview makes up anew", () => {
    const nodes = wanted("aws:eks/nodeGroup:NodeGroup", "main", {
      nodeGroupName: "main-0a1b2c3",
      clusterName: "main-0",
    });
    const held = { id: "c:main-fffffff", inputs: { nodeGroupName: "main-fffffff" }, properties: {} };

    expect(adopted(before, [{ wanted: nodes, held }]).deployment.resources?.at(-1)?.inputs).toEqual({
      nodeGroupName: "main-fffffff",
      clusterName: "main-0",
    });
  });

  it("keeps what it replaces for the next update to delete", () => {
    const old = {
      urn: `${STACK}::aws:kms/key:Key::main`,
      type: "aws:kms/key:Key",
      id: "old",
      custom: true,
      protect: true,
    };
    const state: Exported = { version: 3, deployment: { resources: [old] } };
    const held = { id: "new", inputs: {}, properties: {} };
    const { deployment } = adopted(state, [{ wanted: wanted(old.type, "main", {}), held }]);

    expect(deployment.resources?.map(({ id, delete: gone }) => [id, gone])).toEqual([
      ["new", undefined],
      ["old", true],
    ]);
  });
});
