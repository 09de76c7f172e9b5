import { type Control, inventoryControl } from "../control";
import { object } from "../object";
import { deployment, type Pod, podsOf } from "./pod";

const FAMILY = "bulwark/image-family";
const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** The nodes that a pod keeps itself to, by what it calls their image. */
const keptTo = ({ spec }: Pod): string => spec.nodeSelector?.[FAMILY] ?? "any";

const asksAppArmor = ({ spec, containers, annotations }: Pod): boolean =>
  [spec, ...containers].some(({ securityContext }) => securityContext?.appArmorProfile !== undefined) ||
  Object.keys(annotations).some((name) => name.startsWith("container.apparmor.security."));

/** What pods promise that the platform registers, whoever wrote them. */
export const pods: readonly Control[] = [
  inventoryControl({
    id: "pods-image-by-digest",
    title: "Every container runs an image that is named by its digest",
    severity: "high",
    why: "whoever may push can move a tag: 76 of 77 tags of a scanner's action were moved to malware in one night (CVE-2026-33634)",
    fix: "write `name@sha256:<64 hex digits>`; `docker buildx imagetools inspect` tells the digest",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { of, containers } of podsOf(inventory))
        for (const { name = "", image = "" } of containers)
          if (!DIGEST.test(image)) yield `${of}: container ${name} runs ${image === "" ? "no image" : image}`;
    },
    good: [deployment()],
    bad: [
      deployment({}, { image: "docker.io/aquasec/trivy:0.69.4" }),
      deployment({}, { image: "docker.io/aquasec/trivy" }),
      deployment({ initContainers: [{ name: "setup", image: "busybox:latest" }] }),
      [cronJob("aquasec/trivy:latest")],
    ],
  }),

  inventoryControl({
    id: "pods-apparmor-on-ubuntu",
    title: "A pod that names an AppArmor profile is kept to Ubuntu nodes",
    severity: "medium",
    why: "a kubelet without AppArmor refuses such a pod, RuntimeDefault included, and its controller makes the next one for ever",
    fix: "give the pod the nodeSelector `bulwark/image-family: ubuntu`, or leave the profile away",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const pod of podsOf(inventory))
        if (asksAppArmor(pod) && keptTo(pod) !== "ubuntu")
          yield `${pod.of} names an AppArmor profile and runs on ${keptTo(pod)} nodes`;
    },
    good: [
      deployment(),
      deployment({
        nodeSelector: { [FAMILY]: "ubuntu" },
        securityContext: { appArmorProfile: { type: "RuntimeDefault" } },
      }),
    ],
    bad: [
      deployment({ securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }),
      deployment(
        { nodeSelector: { [FAMILY]: "bottlerocket" } },
        { securityContext: { appArmorProfile: { type: "Localhost" } } },
      ),
      [annotated()],
    ],
  }),

  inventoryControl({
    id: "pods-user-namespace-possible",
    title: "A pod with a user namespace of its own is kept to nodes that can make one",
    severity: "medium",
    why: "Bottlerocket sets user.max_user_namespaces to 0, so such a pod never starts there, and a level that is lowered for it protects nobody",
    fix: "give the pod the nodeSelector `bulwark/image-family: al2023` or `ubuntu`, or leave `hostUsers` away",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const pod of podsOf(inventory))
        if (pod.spec.hostUsers === false && !["al2023", "ubuntu"].includes(keptTo(pod)))
          yield `${pod.of} asks for a user namespace and runs on ${keptTo(pod)} nodes`;
    },
    good: [deployment(), deployment({ hostUsers: false, nodeSelector: { [FAMILY]: "al2023" } })],
    bad: [
      deployment({ hostUsers: false }),
      deployment({ hostUsers: false, nodeSelector: { [FAMILY]: "bottlerocket" } }),
    ],
  }),
];

function cronJob(image: string) {
  const spec = { containers: [{ name: "scan", image }] };
  return object("batch/v1", "CronJob", { spec: { jobTemplate: { spec: { template: { spec } } } } }, "scan");
}

function annotated() {
  const metadata = {
    name: "app",
    annotations: { "container.apparmor.security.beta.kubernetes.io/app": "runtime/default" },
  };
  return object("v1", "Pod", {
    metadata,
    spec: { containers: [{ name: "app", image: `app@sha256:${"0".repeat(64)}` }] },
  });
}
