import type { Manifest } from "../manifest";
import { connects, type End } from "./network";

const pod = (namespace: string, app: string, address: string): End => ({
  address,
  pod: {
    namespace,
    namespaceLabels: { "kubernetes.io/metadata.name": namespace, team: namespace },
    labels: { app },
    ports: { web: 8080 },
  },
});
const a = pod("one", "a", "10.0.0.1");
const b = pod("one", "b", "10.0.0.2");
const c = pod("two", "c", "10.0.1.1");
const outside: End = { address: "203.0.113.9" };

const policy = (spec: Readonly<Record<string, unknown>>, namespace = "one"): Manifest => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "p", namespace },
  spec,
});
const into = (rule: object): Manifest => policy({ podSelector: { matchLabels: { app: "b" } }, ingress: [rule] });
const out = (rule: object): Manifest => policy({ podSelector: {}, policyTypes: ["Egress"], egress: [rule] });

describe("network policies, as the tests read them", () => {
  it.each<[string, readonly Manifest[], End, End, number, boolean]>([
    ["let everything through where there are none", [], a, b, 1, true],
    ["close what they choose", [policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] })], a, c, 1, false],
    ["close no other namespace", [policy({ podSelector: {} }, "two")], a, b, 1, true],
    ["close only ingress where no type is said", [policy({ podSelector: {} })], b, c, 1, true],
    [
      "close egress where there is a rule for it",
      [policy({ podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] })],
      a,
      c,
      1,
      false,
    ],
    ["close no egress by an empty list of rules", [policy({ podSelector: {}, egress: [] })], a, c, 1, true],
    [
      "do not read rules of a direction that the types leave out",
      [policy({ podSelector: {}, policyTypes: ["Ingress"], egress: [{}] })],
      c,
      a,
      1,
      false,
    ],
    ["add up", [policy({ podSelector: {} }), into({})], a, b, 1, true],
    ["let in by a rule without peers from everywhere", [into({ from: [] })], outside, b, 1, true],
    [
      "mean pods of their own namespace by a pod selector",
      [into({ from: [{ podSelector: { matchLabels: { app: "c" } } }] })],
      c,
      b,
      1,
      false,
    ],
    [
      "mean all pods of a namespace by its selector",
      [into({ from: [{ namespaceSelector: { matchLabels: { team: "two" } } }] })],
      c,
      b,
      1,
      true,
    ],
    [
      "want both selectors of one peer",
      [
        into({
          from: [{ namespaceSelector: { matchLabels: { team: "two" } }, podSelector: { matchLabels: { app: "x" } } }],
        }),
      ],
      c,
      b,
      1,
      false,
    ],
    [
      "want one of two peers",
      [into({ from: [{ namespaceSelector: { matchLabels: { team: "x" } } }, { podSelector: {} }] })],
      a,
      b,
      1,
      true,
    ],
    [
      "read In",
      [into({ from: [{ podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["x"] }] } }] })],
      a,
      b,
      1,
      false,
    ],
    [
      "read NotIn for a label that is absent",
      [into({ from: [{ podSelector: { matchExpressions: [{ key: "x", operator: "NotIn", values: ["y"] }] } }] })],
      a,
      b,
      1,
      true,
    ],
    [
      "read Exists",
      [into({ from: [{ podSelector: { matchExpressions: [{ key: "x", operator: "Exists" }] } }] })],
      a,
      b,
      1,
      false,
    ],
    [
      "read DoesNotExist",
      [into({ from: [{ podSelector: { matchExpressions: [{ key: "x", operator: "DoesNotExist" }] } }] })],
      a,
      b,
      1,
      true,
    ],
    ["open a block", [out({ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }] })], a, outside, 1, true],
    ["open a block to pods in it as well", [out({ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] })], a, c, 1, true],
    [
      "leave out what a block excepts",
      [out({ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["203.0.113.0/28"] } }] })],
      a,
      outside,
      1,
      false,
    ],
    ["open only the port they name", [into({ ports: [{ port: 8080 }] })], a, b, 8081, false],
    ["open a port by its name", [into({ ports: [{ port: "web" }] })], a, b, 8080, true],
    ["open a range of ports", [into({ ports: [{ port: 8000, endPort: 8100 }] })], a, b, 8100, true],
    ["end a range where it ends", [into({ ports: [{ port: 8000, endPort: 8100 }] })], a, b, 8101, false],
    ["mean TCP where no protocol is said", [into({ ports: [{ port: 53, protocol: "UDP" }] })], a, b, 53, false],
    ["open every port of a protocol", [into({ ports: [{ protocol: "TCP" }] })], a, b, 9, true],
    [
      "want consent of both ends",
      [into({}), out({ to: [{ podSelector: { matchLabels: { app: "x" } } }] })],
      a,
      b,
      1,
      false,
    ],
  ])("%s", (_, policies, from, to, port, expected) => {
    expect(connects(policies, { from, to, port })).toBe(expected);
  });

  it("are refused where a selector says what the standard does not know", () => {
    const odd = into({ from: [{ podSelector: { matchExpressions: [{ key: "x", operator: "Near" }] } }] });
    expect(() => connects([odd], { from: a, to: b, port: 1 })).toThrow('got "Near"');
  });
});
