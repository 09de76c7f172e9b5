import { type Control, inventoryControl } from "./control";
import type { Inventory } from "./inventory";
import { object, objectsOf } from "./object";

interface Gateway {
  readonly spec?: {
    readonly gatewayClassName?: string;
    readonly listeners?: readonly {
      readonly name?: string;
      readonly tls?: { readonly certificateRefs?: readonly unknown[] };
    }[];
  };
}

interface GatewayClass {
  readonly spec?: { readonly controllerName?: string };
}

const SECRET = [{ name: "shop-tls" }];

/** What a Gateway of the Gateway API promises. */
export const gateway: readonly Control[] = [
  inventoryControl({
    id: "gateway-certificate-from-acm",
    title: "A Gateway of the AWS Load Balancer Controller names no Secret as its certificate",
    severity: "medium",
    why: "the controller takes certificates from ACM alone: the reference is not heard, and a private key lies in a Secret for nothing",
    fix: "leave `certificateRefs` away and set `defaultCertificate` in the LoadBalancerConfiguration",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, object: made } of objectsOf<Gateway>(inventory, ["gateway.networking.k8s.io"], ["Gateway"]))
        for (const listener of made.spec?.listeners ?? [])
          if (isAws(made.spec?.gatewayClassName, inventory) && (listener.tls?.certificateRefs ?? []).length > 0)
            yield `Gateway ${name} takes the certificate of listener ${listener.name ?? ""} from a Secret`;
    },
    good: [
      example("alb", []),
      example("istio", SECRET),
      [...example("ours", SECRET), ...classOf("ours", "example.com/gateway")],
    ],
    bad: [example("alb", SECRET), [...example("ours", SECRET), ...classOf("ours", "gateway.k8s.aws/alb")]],
  }),
];

/** Made by istiod itself, so no stack registers them. */
const ISTIO = ["istio", "istio-remote", "istio-waypoint"];

/** A class says whose it is; one that nobody registered may be the controller's. */
function isAws(className: string | undefined, inventory: Inventory): boolean {
  if (ISTIO.includes(className ?? "")) return false;
  const [made] = objectsOf<GatewayClass>(inventory, ["gateway.networking.k8s.io"], ["GatewayClass"]).filter(
    ({ object: { metadata } }) => metadata?.name === className,
  );
  return made?.object.spec?.controllerName?.startsWith("gateway.k8s.aws/") ?? true;
}

function example(gatewayClassName: string, certificateRefs: readonly object[]) {
  const listeners = [{ name: "https", protocol: "HTTPS", port: 443, tls: { certificateRefs } }];
  return [object("gateway.networking.k8s.io/v1", "Gateway", { spec: { gatewayClassName, listeners } }, "shop")];
}

function classOf(name: string, controllerName: string) {
  return [object("gateway.networking.k8s.io/v1", "GatewayClass", { spec: { controllerName } }, name)];
}
