import { readFileSync } from "node:fs";

import { Landscape, spoken } from "./landscape";

// What the account itself answers, and prefixes, which AWS does not keep.
const EVERYWHERE = ["region", "tagsAll", "namePrefix", "nodeGroupNamePrefix"];

/** What the SDK says of a type: its token, and what only AWS fills in. */
function declared(token: string): { readonly token: string | undefined; readonly outputs: readonly string[] } {
  const file = require.resolve(`@pulumi/aws/${token.split(":")[1] ?? ""}`);
  const [properties = "", args = ""] = readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8").split(/constructor\(/);
  const inputs = [...(args.split(/export interface \w+Args /)[1] ?? "").matchAll(/^ {4}(\w+)\??:/gm)].map(
    ([, name]) => name,
  );
  return {
    token: /__pulumiType = '([^']+)'/.exec(readFileSync(file, "utf8"))?.[1],
    outputs: [...properties.matchAll(/readonly (\w+): pulumi\.Output</g)].flatMap(([, name = ""]) =>
      inputs.includes(name) ? [] : [name],
    ),
  };
}

describe("every type of the cluster's services", () => {
  it.each(spoken.map((behaviour) => [behaviour.token, behaviour] as const))(
    "%s is a type of the SDK and answers all that only AWS fills in",
    (token, { defaults, id, outputs }) => {
      const known = declared(token);
      const call = { world: new Landscape().world(), inputs: {} };
      const answered = Object.keys({ ...defaults?.(call), ...outputs(call, id(call)) });

      expect(known.token).toBe(token);
      expect(known.outputs.filter((name) => !answered.includes(name) && !EVERYWHERE.includes(name))).toEqual([]);
    },
  );

  it("is there once", () => {
    expect(new Set(spoken.map(({ token }) => token)).size).toBe(spoken.length);
    expect(spoken).toHaveLength(52);
  });
});
