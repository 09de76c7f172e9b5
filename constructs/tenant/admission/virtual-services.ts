import { text, texts } from "../../admission/cel";
import { INGRESS_GATEWAY } from "../../platform";
import type { Judgement } from "./index";

/** A route leads a host that was granted to the tenant from the platform's gateway to the tenant's own services, seen by nobody else. */
export function virtualServices(tenant: string, hosts: readonly string[]): Judgement {
  const { gateway, namespace } = INGRESS_GATEWAY;
  return {
    rules: [["networking.istio.io", ["virtualservices"]]],
    variables: {
      exportTo: "object.?spec.?exportTo.orValue([])",
      gateways: `object.?spec.?gateways.orValue(["mesh"])`,
      hosts: "object.?spec.?hosts.orValue([])",
      http: "object.?spec.?http.orValue([])",
    },
    validations: [
      {
        expression: `variables.exportTo.size() > 0 && variables.exportTo.all(e, e in ${texts([".", namespace])})`,
        message: `exportTo names "." and ${namespace} at most; left out, a route takes the host over in every namespace`,
      },
      {
        expression: `variables.gateways.size() > 0 && variables.gateways.all(g, g in ${texts(["mesh", gateway])})`,
        message: `gateways are mesh and the platform's ${gateway}`,
      },
      {
        expression:
          `(variables.exportTo == ["."] && variables.gateways == ["mesh"]) || ` +
          `(variables.hosts.size() > 0 && variables.hosts.all(h, h in ${texts([...hosts].sort())}))`,
        message: "a public name belongs to one tenant: ask the platform's owners to grant it, then name it in full",
      },
      {
        expression:
          `!has(object.spec.tcp) && !has(object.spec.tls) && variables.http.all(h, !has(h.delegate) && !has(h.mirror) && !has(h.mirrors) && ` +
          `h.?route.orValue([]).all(r, r.destination.host.endsWith(${text(`.${tenant}.svc.cluster.local`)})))`,
        message: `a route is http and ends at services of ${tenant}, by their full names, without delegate or mirror`,
      },
    ],
  };
}
