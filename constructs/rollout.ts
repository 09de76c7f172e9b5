import { k8s } from "cdk8s-plus-28";

/** A new pod is ready before an old one goes, so a rollout never has fewer pods than were asked for. */
export const ROLLOUT: k8s.DeploymentStrategy = {
  type: "RollingUpdate",
  rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromString("25%") },
};
