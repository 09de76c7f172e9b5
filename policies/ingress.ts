import { type Control, inventoryControl } from "./control";
import type { Inventory } from "./inventory";
import { type Found, type KubernetesObject, object, objectsOf } from "./object";

const BY = "alb.ingress.kubernetes.io";
const EVERYBODY = ["0.0.0.0/0", "::/0"];
const NGINX = "k8s.io/ingress-nginx";

interface Ingress extends KubernetesObject {
  readonly spec?: { readonly ingressClassName?: string };
}

interface IngressClass extends KubernetesObject {
  readonly spec?: { readonly controller?: string };
}

const ingresses = (inventory: Inventory): Found<Ingress>[] =>
  objectsOf<Ingress>(inventory, ["networking.k8s.io", "extensions"], ["Ingress"]);

const says = ({ object: { metadata } }: Found<Ingress>, annotation: string): string =>
  metadata?.annotations?.[`${BY}/${annotation}`]?.trim() ?? "";

const onTheInternet = (one: Found<Ingress>): boolean => says(one, "scheme") === "internet-facing";

/** The load balancers that Ingress objects ask for. Annotations that are left out are the controller's defaults, and those are the weakest. */
const byLoadBalancer = (inventory: Inventory): Found<Ingress>[] =>
  ingresses(inventory).filter(({ object: { spec, metadata } }) => !isNginx(spec?.ingressClassName, metadata));

/** What an Ingress promises, where somebody brings one beside the platform's door. */
export const ingress: readonly Control[] = [
  inventoryControl({
    id: "ingress-tls-policy",
    title: "Every Ingress says which TLS its load balancer speaks",
    severity: "high",
    why: "left out, the controller takes ELBSecurityPolicy-2016-08, which still speaks TLS 1.0",
    fix: "set the annotation `alb.ingress.kubernetes.io/ssl-policy` to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const one of byLoadBalancer(inventory)) {
        const policy = says(one, "ssl-policy");
        if (!/^ELBSecurityPolicy-TLS13-1-[23]-/.test(policy))
          yield `Ingress ${one.name} speaks ${policy === "" ? "the TLS of 2016" : policy}`;
      }
    },
    good: [sound()],
    bad: [
      sound({ "ssl-policy": "" }),
      sound({ "ssl-policy": "ELBSecurityPolicy-2016-08" }),
      sound({ "ssl-policy": "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
    ],
  }),

  inventoryControl({
    id: "ingress-callers-named",
    title: "Every Ingress names the addresses that may call",
    severity: "high",
    why: "left out, the controller opens the load balancer to 0.0.0.0/0 and ::/0",
    fix: "set the annotation `alb.ingress.kubernetes.io/inbound-cidrs`; everybody may call only one that faces the internet, in words",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const one of byLoadBalancer(inventory)) {
        const callers = says(one, "inbound-cidrs");
        if (callers === "") yield `Ingress ${one.name} lets everybody call, because nobody is named`;
        else if (!onTheInternet(one) && callers.split(",").some((each) => EVERYBODY.includes(each.trim())))
          yield `Ingress ${one.name} stands inside the network and lets everybody call`;
      }
    },
    good: [
      sound(),
      sound({ scheme: "internet-facing", "inbound-cidrs": "0.0.0.0/0", "wafv2-acl-arn": "arn:aws:wafv2:…" }),
    ],
    bad: [
      sound({ "inbound-cidrs": "" }),
      sound({ "inbound-cidrs": "10.0.0.0/8, 0.0.0.0/0" }),
      sound({ "inbound-cidrs": "::/0" }),
    ],
  }),

  inventoryControl({
    id: "ingress-web-acl",
    title: "An Ingress on the internet stands behind a web ACL",
    severity: "high",
    why: "without the annotation the controller associates none, and nothing filters what the internet sends",
    fix: "set the annotation `alb.ingress.kubernetes.io/wafv2-acl-arn`",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const one of byLoadBalancer(inventory).filter(onTheInternet)) {
        const acl = [says(one, "wafv2-acl-arn"), says(one, "wafv2-acl-name")].find((each) => each !== "") ?? "none";
        if (acl === "none") yield `Ingress ${one.name} faces the internet without a web ACL`;
      }
    },
    good: [sound(), sound({ scheme: "internet-facing", "wafv2-acl-arn": "arn:aws:wafv2:…" })],
    bad: [sound({ scheme: "internet-facing" }), sound({ scheme: "internet-facing", "wafv2-acl-arn": "none" })],
  }),

  inventoryControl({
    id: "ingress-no-nginx",
    title: "Nothing is served by ingress-nginx",
    severity: "critical",
    why: "the project ended in March 2026: what is found in it is never fixed, and it reads every Secret of the cluster",
    fix: "write `host` on a WebService, or TlsIngress in a cluster without the platform",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of objectsOf<IngressClass>(inventory, ["networking.k8s.io"], ["IngressClass"]))
        if (made.spec?.controller === NGINX) yield `IngressClass ${name} belongs to ingress-nginx`;
      for (const { name, object: made } of ingresses(inventory))
        if (isNginx(made.spec?.ingressClassName, made.metadata)) yield `Ingress ${name} asks for ingress-nginx`;
    },
    good: [
      sound(),
      [object("networking.k8s.io/v1", "IngressClass", { spec: { controller: "ingress.k8s.aws/alb" } }, "alb")],
    ],
    bad: [
      [object("networking.k8s.io/v1", "IngressClass", { spec: { controller: NGINX } }, "public")],
      [object("networking.k8s.io/v1", "Ingress", { spec: { ingressClassName: "nginx" } }, "shop")],
      [
        object(
          "networking.k8s.io/v1",
          "Ingress",
          { metadata: { annotations: { "nginx.ingress.kubernetes.io/rewrite-target": "/" } } },
          "shop",
        ),
      ],
    ],
  }),
];

function isNginx(className: string | undefined, metadata: KubernetesObject["metadata"]): boolean {
  const annotations = metadata?.annotations ?? {};
  const named = className ?? annotations["kubernetes.io/ingress.class"];
  return named === "nginx" || Object.keys(annotations).some((name) => name.startsWith("nginx.ingress.kubernetes.io/"));
}

/** An Ingress with every weak default named, and some of them said otherwise; an empty text is not said. */
function sound(other: Readonly<Record<string, string>> = {}) {
  const said = {
    scheme: "internal",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "inbound-cidrs": "10.0.0.0/16",
    ...other,
  };
  const annotations = Object.fromEntries(
    Object.entries(said).flatMap(([key, to]) => (to === "" ? [] : [[`${BY}/${key}`, to]])),
  );
  return [
    object("networking.k8s.io/v1", "Ingress", { metadata: { annotations }, spec: { ingressClassName: "alb" } }, "shop"),
  ];
}
