import { readFileSync } from "node:fs";

import { catalogue } from "../../twin/catalogue";
import { Caller, services } from "./services";

// What the account itself answers for every type, and prefixes, which AWS does not keep.
const EVERYWHERE = ["region", "tagsAll", "namePrefix"];

// What AWS answers only when it was asked for: no input, no answer.
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  "aws:guardduty/detectorFeature:DetectorFeature": ["name"], // required by the twin, computed by the SDK's types only
  "aws:lambda/permission:Permission": ["statementIdPrefix"],
  "aws:s3/bucket:Bucket": ["bucketPrefix"],
};

/** What the SDK says of a resource type: its token, and the properties that AWS fills in. */
function declared(token: string): {
  readonly token: string | undefined;
  readonly computed: readonly string[];
  readonly inputs: readonly string[];
} {
  const [, path = ""] = token.split(":");
  const file = require.resolve(`@pulumi/aws/${path}`);
  const source = readFileSync(file, "utf8");
  const types = readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8").split("export interface")[0] ?? "";
  const required = [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name]) => name);
  return {
    inputs: [...source.matchAll(/resourceInputs\["(\w+)"\] = .*args\?\./g)].map(([, name = ""]) => name),
    token: /__pulumiType = '([^']+)'/.exec(source)?.[1],
    computed: [...types.matchAll(/readonly (\w+): pulumi\.Output<(.*)>;/g)]
      .filter(([, name, type]) => !required.includes(name) && type?.includes("undefined") === false)
      .map(([, name = ""]) => name),
  };
}

const behaviours = Object.values(services).flat();

describe("the twin's services say all that the AWS SDK says", () => {
  it.each(behaviours.map((behaviour) => [behaviour.token, behaviour] as const))(
    "%s answers every property that AWS fills in",
    (token, { autoName, defaults, id, outputs }) => {
      const { token: actual, computed } = declared(token);
      expect(actual).toBe(token);

      const call = { world: new Caller().world(), inputs: {} };
      const answered = Object.keys({ ...defaults?.(call), ...outputs(call, id(call)) });
      const excepted = [...EVERYWHERE, autoName?.property, ...(EXCEPTIONS[token] ?? [])];
      expect(computed.filter((name) => !answered.includes(name) && !excepted.includes(name))).toEqual([]);
    },
  );

  it.each(behaviours.map((behaviour) => [behaviour.token, behaviour] as const))(
    "%s names only inputs that the SDK has",
    (token, { replaces, required = [], references = [] }) => {
      const { inputs } = declared(token);
      const paths = [...(replaces === "all" ? [] : replaces), ...required, ...references.map(({ path }) => path)];
      expect(paths.map((path) => /^\w+/.exec(path)?.[0]).filter((name) => !inputs.includes(name ?? ""))).toEqual([]);
    },
  );

  it("has every one of them in the account's catalogue", () => {
    expect(behaviours.filter((behaviour) => !catalogue.includes(behaviour))).toEqual([]);
  });

  it("knows each type once", () => {
    const tokens = behaviours.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens).toHaveLength(57);
  });
});
