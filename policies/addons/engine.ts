import { type Control, inventoryControl } from "../control";
import { object, objectsOf } from "../object";
import { deployment, podsOf } from "../pods/pod";

/** Objects that exist only where another engine than the VPC CNI's reads network policies. */
const ENGINES: readonly (readonly [group: string, kinds: readonly string[] | undefined, name: string])[] = [
  ["operator.tigera.io", ["Installation"], "Calico"],
  ["crd.projectcalico.org", undefined, "Calico"],
  ["projectcalico.org", undefined, "Calico"],
  ["cilium.io", undefined, "Cilium"],
];
/** Agents by the image that they are, whoever mirrored it. */
const AGENTS = /(?:^|\/)(?:calico\/node|calico-node|cilium\/cilium|cilium)(?:[:@]|$)/;

/** Whether one engine alone reads the network policies. */
export const engine: readonly Control[] = [
  inventoryControl({
    id: "addons-one-policy-engine",
    title: "One engine enforces network policies, and it is the VPC CNI's",
    severity: "high",
    why: "two engines write rules for the same pods in an order that nobody decides: what one refuses the other may have let in, and a pod that neither knows yet is open",
    fix: "leave the second engine away, or switch the VPC CNI's off first and prove reachability anew",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const [group, kinds, engineName] of ENGINES)
        for (const { name, kind } of objectsOf(inventory, [group], kinds)) yield `${kind} ${name} is ${engineName}'s`;
      for (const { of, containers } of podsOf(inventory))
        for (const { image = "" } of containers) if (AGENTS.test(image)) yield `${of} runs ${image}`;
    },
    good: [[object("networking.k8s.io/v1", "NetworkPolicy")], deployment()],
    bad: [
      [object("operator.tigera.io/v1", "Installation", { spec: { cni: { type: "AmazonVPC" } } })],
      [object("crd.projectcalico.org/v1", "GlobalNetworkPolicy")],
      [object("cilium.io/v2", "CiliumClusterwideNetworkPolicy")],
      deployment({}, { image: `registry.example.com/mirror/calico/node@sha256:${"0".repeat(64)}` }),
    ],
  }),
];
