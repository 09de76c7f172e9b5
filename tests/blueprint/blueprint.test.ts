import fc from "fast-check";
import { parseBlueprint } from "../../stacks/blueprint";
import { dotted, type Path } from "../../stacks/blueprint/problem";
import { asPulumi, example, problems, read, TODAY } from "./stack-file";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const good = asPulumi(example("production"))["bulwark:blueprint"] as Json;
const parse = (value: unknown) => parseBlueprint(value, { file: "Pulumi.production.yaml", today: TODAY });

/** The paths of everything that is not an object or a list. */
const leaves = (value: Json, path: Path = []): Path[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, Array.isArray(value) ? Number(key) : key]))
    : [path];

const replaced = (value: Json, [head, ...rest]: Path, leaf: unknown): unknown => {
  if (head === undefined) return leaf;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => (index === head ? replaced(item, rest, leaf) : item));
  const object = value as Record<string, Json>;
  return { ...object, [head]: replaced(object[head] ?? null, rest, leaf) };
};

const nasty = fc.oneof(
  fc.jsonValue(),
  fc.string(),
  fc.constantFrom<unknown>(null, true, 0, 1.36, -1, "", "*", [], {}, "0.0.0.0/0", "10.0.0.0/8", "1.34", "2020-01-01"),
  fc.constantFrom("10.30.0.0/16", "staging", "restricted", "eu-west-1", "222233334444", "other", "a@example.com"),
);

describe("a blueprint", () => {
  it("is accepted as the example writes it, with every default filled in", () => {
    expect(read(example("production"))).toMatchObject({
      layer: "cluster",
      network: { nat: "per-zone", pods: "ipv4", firewall: "none" },
      cluster: { version: "1.36", endpoint: { access: "private" } },
      logs: { retentionDays: 400 },
    });
    expect(read(example("account-111122223333-eu-central-1"))).toMatchObject({
      ebsEncryption: { managed: "here" },
      instanceMetadata: { managed: "here" },
      imageBlockPublicAccess: { managed: "here" },
    });
  });

  it("carries no teardown that nobody declared", () => {
    expect(read(example("production"))).not.toHaveProperty("teardown");
  });

  it("with one changed leaf is accepted, or refused with that leaf's path and nothing else thrown", () => {
    // What one leaf says may make another one wrong: the zones no longer lie in the region, the roles in the account.
    const drags: Record<string, RegExp> = {
      region: /^(network\.zones|runner\.image)/,
      account: /^(access|identity|runner)\./,
      "network.mode": /^network\./,
      layer: /./,
      environment: /^network\./,
      "access.administrators[0]": /^access\.breakGlass/,
      // The role that the stack makes carries the cluster's name, and says for whom it is.
      "access.breakGlass": /^identity\.breakGlass/,
      "cluster.name": /^identity\.breakGlass/,
      "identity.provider.mode": /^identity\.provider\./,
      "edge.zone.name": /^edge\.hosts/,
      "network.cidr": /^cluster\.serviceCidr/,
    };
    fc.assert(
      fc.property(fc.constantFrom(...leaves(good)), nasty, (path, leaf) => {
        const name = dotted(path);
        const found = problems(() => parse(replaced(good, path, leaf))).map((problem) => problem.path);
        // Of two zones that have become the same it is the later one that is named.
        const dragged = name.startsWith("network.zones") ? /^network\.zones/ : drags[name];
        expect(found.filter((other) => !other.startsWith(name) && !dragged?.test(other))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("names the leaf that was left out, when it has no default", () => {
    // Of claims one is needed, whichever: it is their list that is named then.
    const left = leaves(good).filter((leaf) => typeof leaf.at(-1) === "string" && !leaf.includes("requiredClaims"));
    const missed = left.flatMap((path) =>
      problems(() => parse(JSON.parse(JSON.stringify(replaced(good, path, undefined))))).map((problem) => {
        expect(problem).toMatchObject({ path: dotted(path), got: "nothing" });
        return problem.path;
      }),
    );
    expect(missed).toEqual(
      ["layer", "environment", "account", "region", "owner", "access.breakGlass", "network.mode", "network.cidr"]
        .concat("cluster.name", "identity.provider.mode", "identity.provider.issuer", "identity.provider.clientId")
        .concat("karpenter.reason")
        .concat("images[0].family")
        .concat("edge.zone.mode", "edge.zone.name", "edge.exposure.to", "edge.exposure.reason")
        .concat("edge.shield.advanced", "edge.shield.reason", "edge.shield.by")
        .concat("runner.image", "runner.commit", "runner.pipeline"),
    );
  });

  it.each([
    ["missing", undefined],
    ["empty", null],
    ["a number", 42],
    ["text", "layer: cluster"],
    ["a list", [good]],
  ])("is refused when it is %s", (_, value) => {
    const found = problems(() => parse(value));
    expect(found.map(({ path }) => path)).toEqual(["bulwark:blueprint"]);
    expect(found[0]?.fix).toContain("layer: cluster");
  });

  it("is refused on the very day on which ninety days of support are left, and accepted the day before", () => {
    // 1.36 leaves standard support on 2027-08-02.
    expect(problems(() => read(example("production"), "2027-05-03"))).toEqual([]);
    expect(problems(() => read(example("production"), "2027-05-04"))).toMatchObject([{ path: "cluster.version" }]);
  });

  it("says when no version of the table is left", () => {
    const [problem] = problems(() => read(example("production"), "2030-01-01"));
    expect(problem?.fix).toContain("update facts/kubernetes-versions.json");
  });
});

describe("the message of a refusal", () => {
  const source = example("production").replace('"1.36"', "1.36").replace("cidr: 10.20.0.0/16", "cidr: 10.20.0.9/16");

  it("numbers the problems in the order of the file, each with got, allowed, fix and its place", () => {
    expect(() => read(source)).toThrow(
      /2 problems in the configuration; nothing was created\n\n1\. network\.cidr {2}\(Pulumi\.production\.yaml:20:13\)\n {3}got: +"10\.20\.0\.9\/16"\n {3}allowed: .+\n {3}fix: +write cidr: 10\.20\.0\.0\/16\n\n2\. cluster\.version {2}\(Pulumi\.production\.yaml:27:16\)/,
    );
  });

  it("does without lines when the file is not there", () => {
    const found = problems(() => parse(replaced(good, ["cluster", "version"], 1.36)));
    expect(found).toMatchObject([{ at: "Pulumi.production.yaml", fix: 'quote it: version: "1.36"' }]);
  });

  it("shows no value of an encrypted configuration", () => {
    const value = replaced(good, ["owner"], "hunter2");
    const [problem] = problems(() => parseBlueprint(value, { file: "f", today: TODAY, secret: true }));
    expect(problem).toMatchObject({ path: "owner", got: "a secret value (not shown)" });
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });
});
