import * as fc from "fast-check";

import { edge as rule } from "../../stacks/blueprint/rules/edge";
import { Account } from "../../twin/account";
import type { Registration } from "../../twin/registration";
import { only } from "../layers/found";
import { edgeBlueprint, made, subscribe, words } from "./program";

jest.setTimeout(180_000);

const TODAY = "2026-11-23";

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const hosts = fc
  .uniqueArray(label, { minLength: 1, maxLength: 4 })
  .map((own) => own.map((one) => `${one}.example.com`));
const publicBlocks = fc
  .uniqueArray(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 3 })
  .map((own) => own.map((byte) => `203.0.${byte}.0/24`));
const exposure = fc.oneof(
  fc.constant({ to: "internal" }),
  fc.constant({ to: "internet", reason: words.reason }),
  publicBlocks.map((from) => ({ to: "internet", reason: words.reason, from })),
);
const asked = fc.constantFrom({ action: "none" }, { action: "block" });
const waf = fc.record(
  {
    rateLimit: fc.constantFrom(100, 2000, 20_000),
    anonymousIps: asked,
    botControl: asked,
    challenge: asked,
    bodySize: fc.constant({ action: "block" }),
  },
  { requiredKeys: [] },
);
const refused = { advanced: "refused", reason: words.reason, by: words.by };
const cluster = fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9-]{0,40}$/);

const blueprints = fc
  .record({ hosts, exposure, waf, shield: fc.constantFrom(refused, subscribe), cluster })
  .map(({ cluster, shield, ...edge }) => {
    const decided = edge.exposure.to === "internal" ? refused : shield;
    return edgeBlueprint({ ...edge, shield: decided }, { cluster: { name: cluster } });
  });

it("never makes a web ACL that AWS charges extra for, however an edge and its cluster are called and configured", async () => {
  await fc.assert(
    fc.asyncProperty(blueprints, async (blueprint) => {
      expect([...rule(blueprint, TODAY)]).toEqual([]);

      const account = Account.open(undefined, { timeScale: 0 });
      const { edge } = await made(blueprint, account);
      expect(await capacity(account, only(edge, "aws:wafv2/webAcl:WebAcl"))).toBeLessThanOrEqual(1500);
    }),
    { numRuns: Number(process.env["EDGE_RUNS"] ?? 12) },
  );
});

/** Capacity units of the web ACL; AWS allows 5000 and charges more from 1500 up. */
async function capacity(account: Account, { urn, type, name }: Registration): Promise<unknown> {
  const id = account.leftovers().made.find((one) => one.urn === urn)?.id ?? "";
  return (await account.read({ urn, type, name, id }))?.properties["capacity"];
}
