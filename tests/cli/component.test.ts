import { byComponent, called, kinds } from "../../cli/component";

const urn = (types: string, name: string): string => `urn:pulumi:production::bulwark::${types}::${name}`;
const network = "bulwark:index:Network";
const part = (type: string, name: string, parents = network) => ({ type, urn: urn(`${parents}$${type}`, name) });

describe("sorting resources for people", () => {
  it("puts a resource under the component that made it, however deep", () => {
    const groups = byComponent([
      part("aws:ec2/vpc:Vpc", "main"),
      part("aws:ec2/subnet:Subnet", "a", `${network}$aws:ec2/vpc:Vpc`),
      { type: "aws:eks/cluster:Cluster", urn: urn("bulwark:index:Cluster$aws:eks/cluster:Cluster", "main") },
    ]);

    expect(groups.map(({ component, parts }) => [component, parts.length])).toEqual([
      ["Network", 2],
      ["Cluster", 1],
    ]);
  });

  it("leaves out stack, provider and the components themselves", () => {
    expect(
      byComponent([
        { type: "pulumi:pulumi:Stack", urn: urn("pulumi:pulumi:Stack", "bulwark-production") },
        { type: "pulumi:providers:aws", urn: urn("pulumi:providers:aws", "aws") },
        { type: network, urn: urn(network, "main") },
      ]),
    ).toEqual([]);
  });

  it("says the rare kinds together, so that a component stays one line", () => {
    const parts = ["A", "A", "B", "C", "D", "E", "F", "G", "H"].map((letter) => ({
      urn: letter,
      type: `aws:x/y:${letter}`,
    }));

    expect(kinds(parts)).toBe("2 as, 1 b, 1 c, 1 d, 1 e, 1 f and 2 of 2 other kinds");
  });

  it("counts kinds in words, the most frequent first", () => {
    const parts = [
      part("aws:ec2/vpc:Vpc", "main"),
      part("aws:iam/rolePolicy:RolePolicy", "a"),
      part("aws:iam/rolePolicy:RolePolicy", "b"),
    ];
    expect(kinds(parts)).toBe("2 role policies, 1 vpc");
  });

  it("calls a resource by kind and name", () => {
    expect(called(part("aws:cloudwatch/logGroup:LogGroup", "main-flow-logs"))).toBe("log group main-flow-logs");
  });
});
