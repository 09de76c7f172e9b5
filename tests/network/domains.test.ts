import endpoints from "../../facts/aws-endpoints.json";
import { allowedDomains, serverNames } from "../../stacks/network/domains";

const domains = (region: string, more: readonly string[] = [], karpenter?: { readonly reason: string }) =>
  allowedDomains({ images: [], region, karpenter, network: { allowedDomains: [...more] } });
const names = domains("eu-central-1");

it("resolves the name of every AWS service that the network has an endpoint for", () => {
  const expected = endpoints.services.flatMap((service) => service.names);
  expect(names).toEqual(expect.arrayContaining(expected.map((name) => name.replace("{region}", "eu-central-1"))));
});

it("resolves the Kubernetes API, its issuer and the private names of nodes", () => {
  expect(names).toEqual(
    expect.arrayContaining([
      "*.eu-central-1.eks.amazonaws.com",
      "oidc.eks.eu-central-1.amazonaws.com",
      "*.eu-central-1.compute.internal",
    ]),
  );
});

it("knows that nodes of the oldest region have names of another form", () => {
  expect(domains("us-east-1")).toContain("*.ec2.internal");
});

it("resolves no other region and no name under which strangers can register", () => {
  for (const name of names) {
    expect(name).toMatch(/eu-central-1/);
    expect(name).not.toMatch(/^\*\.(eu-central-1\.)?(amazonaws\.com|api\.aws|on\.aws)$/);
  }
});

it("resolves what Karpenter asks where there is one, and nowhere else", () => {
  const asked = ["sqs.eu-central-1.amazonaws.com", "arc-zonal-shift.eu-central-1.amazonaws.com"];
  const karpenter = { reason: "campaigns fill the shop within minutes" };

  expect(domains("eu-central-1", [], karpenter).filter((name) => !names.includes(name))).toEqual(
    [...asked, "iam.amazonaws.com", "api.pricing.eu-central-1.amazonaws.com"].sort(),
  );
  expect(domains("ap-southeast-2", [], karpenter)).toContain("api.pricing.ap-south-1.amazonaws.com");
  expect(domains("us-west-2", [], karpenter)).toContain("api.pricing.us-east-1.amazonaws.com");
});

it("adds what the blueprint allows, once and in a fixed order", () => {
  const added = domains("eu-central-1", ["pagerduty.com", "*.example.com", "pagerduty.com"]);
  expect(added.filter((name) => !names.includes(name))).toEqual(["*.example.com", "pagerduty.com"]);
  expect(added).toEqual([...added].sort());
});

it("writes for Network Firewall the same names, whose wildcards begin with a dot", () => {
  expect(serverNames(["*.dkr.ecr.eu-central-1.amazonaws.com", "api.example.com"])).toEqual([
    ".dkr.ecr.eu-central-1.amazonaws.com",
    "api.example.com",
  ]);
  expect(serverNames(names).filter((name) => name.includes("*"))).toEqual([]);
});
