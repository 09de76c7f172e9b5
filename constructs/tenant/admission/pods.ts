import { texts } from "../../admission/cel";
import type { Judgement } from "./index";

/** How much the proxy may use is the team's to say; all other marks of the mesh say whether there is one, and what it captures. */
const ALLOWED = [
  "sidecar.istio.io/proxyCPU",
  "sidecar.istio.io/proxyCPULimit",
  "sidecar.istio.io/proxyMemory",
  "sidecar.istio.io/proxyMemoryLimit",
];
/** A container of such a name is merged over the injected one, image included. */
const INJECTED = ["istio-init", "istio-proxy", "istio-validation"];
/** Traffic of the proxy's own user and group is not captured. */
const PROXY = 1337;

const UNMARKED = (marks: string) => `${marks}.all(k, !k.contains("istio.io/") || k in ${texts(ALLOWED)})`;
const NOT_PROXY = (context: string) =>
  ["runAsUser", "runAsGroup"].map((field) => `${context}.?${field}.orValue(0) != ${PROXY}`).join(" && ");

/** Every pod is in the mesh, with the platform's proxy, and all of its traffic is captured. */
export function pods(): Judgement {
  return {
    rules: [
      ["apps", ["deployments", "statefulsets"]],
      ["batch", ["cronjobs", "jobs"]],
    ],
    variables: {
      template: `dyn(object).kind == "CronJob" ? dyn(object).spec.jobTemplate.spec.template : dyn(object).spec.template`,
      labels: "variables.template.?metadata.?labels.orValue({})",
      annotations: "variables.template.?metadata.?annotations.orValue({})",
      containers: "variables.template.spec.containers + variables.template.spec.?initContainers.orValue([])",
    },
    validations: [
      {
        expression: `${UNMARKED("variables.labels")} && ${UNMARKED("variables.annotations")}`,
        message: "every pod is in the mesh: no label or annotation of istio.io but the proxy's requests and limits",
      },
      {
        expression: `variables.containers.all(c, !(c.name in ${texts(INJECTED)}))`,
        message: `no container is called ${INJECTED.join(", ")}: it would replace the proxy`,
      },
      {
        expression: `${NOT_PROXY("variables.template.spec.?securityContext")} && variables.containers.all(c, ${NOT_PROXY("c.?securityContext")})`,
        message: `no container runs as ${PROXY}, whose traffic the mesh leaves alone`,
      },
    ],
  };
}
