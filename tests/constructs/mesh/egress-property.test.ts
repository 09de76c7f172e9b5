import fc from "fast-check";
import { EgressGateway, type Requirements } from "../../../constructs";
import type { Resource } from "./definitions";
import { render } from "./render";
import { application, workload } from "./requirements";

const TENANTS = ["team-a", "team-b", "team-c"];
const WORKLOADS = ["one", "two"];
const HOSTS = ["a.example.com", "b.example.com", "a-b.example.com", "a.b.example.com"];

const requirements: fc.Arbitrary<readonly Requirements[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...TENANTS), fc.constantFrom(...WORKLOADS), fc.subarray(HOSTS))
    .map(([tenant, name, reaches]) => application(tenant, workload(name, { reaches }))),
  { maxLength: 6 },
);

const flows = TENANTS.flatMap((tenant) => WORKLOADS.flatMap((name) => HOSTS.map((host) => ({ tenant, name, host }))));

describe("whatever was approved", () => {
  it("is let through for exactly the workloads and hosts in it, by what the objects say", () => {
    fc.assert(
      fc.property(requirements, (approved) => {
        const objects = render((app) => new EgressGateway(app, "egress", { requirements: approved }));
        for (const flow of flows) {
          const asked = approved.some(
            ({ tenant, workloads }) =>
              tenant === flow.tenant &&
              workloads.some((each) => each.workload === flow.name && each.reaches.includes(flow.host)),
          );
          expect(authorized(objects, flow)).toBe(asked);
          if (asked)
            expect([seen(objects, flow), led(objects, flow), admitted(objects, flow)]).toEqual([true, true, true]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

type Flow = (typeof flows)[number];

interface Spec {
  readonly hosts?: readonly string[];
  readonly exportTo?: readonly string[];
  readonly tls?: readonly { readonly route: readonly { readonly destination: { readonly subset: string } }[] }[];
  readonly subsets?: readonly {
    readonly name: string;
    readonly trafficPolicy: { readonly tls: { readonly sni: string } };
  }[];
  readonly rules?: readonly {
    readonly from: readonly { readonly source: { readonly principals: readonly string[] } }[];
    readonly when: readonly { readonly key: string; readonly values: readonly string[] }[];
  }[];
  readonly ingress?: readonly {
    readonly from: readonly Readonly<Record<string, { readonly matchLabels: Readonly<Record<string, string>> }>>[];
  }[];
}

function specs(objects: readonly Resource[], kind: string): readonly Spec[] {
  return objects.filter((each) => each.kind === kind).map(({ spec }) => spec as Spec);
}

/** Whether an ALLOW policy at the gateway names the caller and the host in one rule. */
function authorized(objects: readonly Resource[], { tenant, name, host }: Flow): boolean {
  const caller = `cluster.local/ns/${tenant}/sa/${name}`;
  return specs(objects, "AuthorizationPolicy")
    .flatMap(({ rules = [] }) => rules)
    .some(
      ({ from, when }) =>
        from.some(({ source }) => source.principals.includes(caller)) &&
        when.every(({ key, values }) => key === "connection.sni" && values.includes(host)),
    );
}

/** Whether the tenant's sidecars know the host. */
function seen(objects: readonly Resource[], { tenant, host }: Flow): boolean {
  return specs(objects, "ServiceEntry").some(
    ({ hosts, exportTo }) => hosts?.includes(host) === true && exportTo?.includes(tenant) === true,
  );
}

/** Whether they lead it to the gateway under its own name, by the one rule that they see for the gateway. */
function led(objects: readonly Resource[], { tenant, host }: Flow): boolean {
  const rules = specs(objects, "DestinationRule").filter(({ exportTo }) => exportTo?.includes(tenant));
  const route = specs(objects, "VirtualService").find(
    ({ hosts, exportTo, tls }) => tls && hosts?.includes(host) && exportTo?.includes(tenant),
  );
  const subset = route?.tls?.[0]?.route[0]?.destination.subset;
  const sni = rules[0]?.subsets?.find(({ name }) => name === subset)?.trafficPolicy.tls.sni;
  return rules.length === 1 && sni === host;
}

/** Whether the gateway's pods let the workload's in. */
function admitted(objects: readonly Resource[], { tenant, name }: Flow): boolean {
  return specs(objects, "NetworkPolicy")
    .flatMap(({ ingress = [] }) => ingress)
    .some(({ from }) =>
      from.some(
        ({ namespaceSelector, podSelector }) =>
          namespaceSelector?.matchLabels["kubernetes.io/metadata.name"] === tenant &&
          podSelector?.matchLabels["app.kubernetes.io/name"] === name,
      ),
    );
}
