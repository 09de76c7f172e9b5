import type { Manifest } from "../manifest";
import { authorises, type Request } from "./authorization";

const request: Request = {
  principal: "cluster.local/ns/one/sa/a",
  namespace: "one",
  to: { namespace: "two", labels: { app: "b" } },
  port: 8080,
};
const policy = (spec: Readonly<Record<string, unknown>>, namespace = "two"): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "p", namespace },
  spec,
});
const from = (source: object) => ({ from: [{ source }] });
const to = (operation: object) => ({ to: [{ operation }] });
const principals = (...names: string[]) => policy({ rules: [from({ principals: names })] });

describe("authorization policies, as the tests read them", () => {
  it.each<[string, readonly Manifest[], boolean]>([
    ["admit everybody where there are none", [], true],
    ["admit nobody without rules", [policy({})], false],
    ["admit nobody by an empty list of rules", [policy({ action: "ALLOW", rules: [] })], false],
    ["admit everybody by an empty rule", [policy({ rules: [{}] })], true],
    ["refuse nobody by a DENY without rules", [policy({ action: "DENY" })], true],
    ["add up", [policy({}), principals("cluster.local/ns/one/sa/a")], true],
    [
      "refuse what a DENY names, whatever else admits it",
      [policy({ rules: [{}] }), policy({ action: "DENY", rules: [from({ namespaces: ["one"] })] })],
      false,
    ],
    ["hold in their own namespace", [policy({}, "three")], true],
    ["hold everywhere when they stand in the root", [policy({}, "istio-system")], false],
    ["hold for whom they choose", [policy({ selector: { matchLabels: { app: "x" } } })], true],
    [
      "choose by their selector in the root as well",
      [policy({ selector: { matchLabels: { app: "x" } } }, "istio-system")],
      true,
    ],
    ["admit no other principal", [principals("cluster.local/ns/one/sa/b")], false],
    ["know a principal by its beginning", [principals("cluster.local/ns/one/*")], true],
    ["know a principal by its end", [principals("*/sa/a")], true],
    ["admit whoever is known by a star", [principals("*")], true],
    ["want every part of a source", [policy({ rules: [from({ principals: ["*"], namespaces: ["three"] })] })], false],
    ["leave out whom they name so", [policy({ rules: [from({ notPrincipals: ["*/sa/a"] })] })], false],
    [
      "want the port they name",
      [policy({ rules: [{ ...from({ principals: ["*"] }), ...to({ ports: ["9090"] }) }] })],
      false,
    ],
    [
      "admit on the port they name",
      [policy({ rules: [{ ...from({ principals: ["*"] }), ...to({ ports: ["8080"] }) }] })],
      true,
    ],
    ["leave out the port they name so", [policy({ rules: [to({ notPorts: ["8080"] })] })], false],
  ])("%s", (_, policies, expected) => {
    expect(authorises(policies, request)).toBe(expected);
  });

  it("know nobody by a star who has no certificate", () => {
    expect(authorises([principals("*")], { namespace: "one", to: request.to, port: 8080 })).toBe(false);
  });

  it.each([
    ["when", policy({ rules: [{ when: [{ key: "x" }] }] })],
    ["paths", policy({ rules: [to({ paths: ["/x"] })] })],
    ["targetRefs", policy({ targetRefs: [] })],
    ["CUSTOM", policy({ action: "CUSTOM" })],
  ])("are not evaluated by half: %s", (word, odd) => {
    expect(() => authorises([odd], request)).toThrow(word);
  });
});
