import { flows } from "../../stacks/network/flows";

const every = flows(true);
const to = (from: string, party: string) =>
  every.filter((flow) => flow.from === from && flow.to === party).map(({ protocol, port }) => ({ protocol, port }));

it("says of every flow why it is there, in characters and a length that EC2 accepts", () => {
  for (const { why } of every) expect(why).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{10,255}$/);
});

it("lists no flow twice, since EC2 refuses an identical rule", () => {
  const keys = every.map(({ from, to, protocol, port }) => JSON.stringify([from, to, protocol, port]));
  expect(new Set(keys).size).toBe(keys.length);
});

it("lets the API server reach kubelet, metrics and every webhook port, and nothing else on nodes", () => {
  const ports = [10250, 10251, 9443, 15017, 8443];
  expect(to("cluster", "nodes")).toEqual(ports.map((port) => ({ protocol: "tcp", port })));
});

it("lets the load balancer reach the ingress gateway and its health port only", () => {
  expect(to("loadBalancer", "nodes").map(({ port }) => port)).toEqual([443, 15021]);
  expect(every.filter(({ from }) => from === "loadBalancer")).toHaveLength(2);
});

it("lets nodes reach the Kubernetes API and the endpoints on 443", () => {
  expect(to("nodes", "cluster")).toEqual([{ protocol: "tcp", port: 443 }]);
  expect(to("nodes", "endpoints")).toEqual([{ protocol: "tcp", port: 443 }]);
});

it("lets nothing start from an endpoint", () => {
  expect(every.filter(({ from }) => from === "endpoints")).toEqual([]);
});

it("opens a way to the internet only where a route leads there, and only 443", () => {
  expect(flows(false).filter((flow) => flow.to === "internet")).toEqual([]);
  expect(every.filter((flow) => flow.to === "internet")).toMatchObject([{ from: "nodes", protocol: "tcp", port: 443 }]);
});
