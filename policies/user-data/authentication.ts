import { type Control, resourceControl } from "../control";
import { bottlerocket, nodeConfig, TEMPLATE, wrong } from "./example";
import { kubeletOf } from "./kubelet";

const standalone = bottlerocket({ kubernetes: { "standalone-mode": true } });

/** Whom a kubelet answers. Both images are right by themselves, so these report only what user data spoils. */
export const authentication: readonly Control[] = [
  resourceControl({
    id: "user-data-kubelet-anonymous",
    title: "The kubelet answers nobody who does not say who they are",
    severity: "critical",
    why: "an anonymous caller of a kubelet reads every pod of its node, and runs commands in them",
    fix: "set `authentication.anonymous.enabled: false` in the NodeConfig, and no standalone mode on Bottlerocket",
    refs: {
      catalogue: "EKS-NODE-10",
      cis: ["CIS EKS 3.2.1"],
      checkov: ["CKV_K8S_138"],
      trivy: ["KCV-0079"],
      kubescape: ["C-0172", "C-0069"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      if (kubeletOf(userData).said("authentication", "anonymous", "enabled") === true)
        yield { path: "userData", message: "the kubelet answers anonymous callers" };
    },
    good: [
      bottlerocket({ kubernetes: {} }),
      nodeConfig({ authentication: { anonymous: { enabled: false } } }),
      nodeConfig({}),
    ],
    bad: [
      standalone,
      ...wrong({ authentication: { anonymous: { enabled: true } } }),
      nodeConfig({}, ["--anonymous-auth=true"]),
    ],
  }),

  resourceControl({
    id: "user-data-kubelet-authorization",
    title: "The kubelet asks the cluster what a caller may do",
    severity: "critical",
    why: "with AlwaysAllow every caller with any certificate of the cluster may run commands in every pod of the node",
    fix: "set `authorization.mode: Webhook` in the NodeConfig, and no standalone mode on Bottlerocket",
    refs: {
      catalogue: "EKS-NODE-11",
      cis: ["CIS EKS 3.2.2"],
      checkov: ["CKV_K8S_139"],
      trivy: ["KCV-0080"],
      kubescape: ["C-0173"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const mode = kubeletOf(userData).said("authorization", "mode");
      if (mode !== undefined && mode !== "Webhook")
        yield { path: "userData", message: `the kubelet authorises by ${JSON.stringify(mode)}` };
    },
    good: [
      bottlerocket({ kubernetes: {} }),
      nodeConfig({ authorization: { mode: "Webhook" } }),
      nodeConfig({}, ["--authorization-mode=Webhook"]),
    ],
    bad: [
      standalone,
      ...wrong({ authorization: { mode: "AlwaysAllow" } }),
      nodeConfig({ authorization: { mode: "Webhook" } }, ["--authorization-mode=AlwaysAllow"]),
    ],
  }),

  resourceControl({
    id: "user-data-kubelet-client-ca",
    title: "The kubelet knows its callers by certificates of the cluster",
    severity: "high",
    why: "without the client CA the kubelet cannot tell the API server from anybody else",
    fix: "leave `authentication.x509.clientCAFile` to the image",
    refs: {
      catalogue: "EKS-NODE-12",
      cis: ["CIS EKS 3.2.3"],
      checkov: ["CKV_K8S_140"],
      trivy: ["KCV-0081"],
      kubescape: ["C-0174", "C-0070"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      if (kubeletOf(userData).said("authentication", "x509", "clientCAFile") === "")
        yield { path: "userData", message: "the kubelet knows no client CA" };
    },
    good: [bottlerocket({ kubernetes: {} }), nodeConfig({})],
    bad: [standalone, ...wrong({ authentication: { x509: { clientCAFile: "" } } })],
  }),

  resourceControl({
    id: "user-data-kubelet-read-only-port",
    title: "The kubelet has no port that asks for nothing",
    severity: "high",
    why: "the read-only port tells every pod of the network what runs on the node, secrets in command lines included",
    fix: "set `readOnlyPort: 0` in the NodeConfig",
    refs: {
      catalogue: "EKS-NODE-13",
      cis: ["CIS EKS 3.2.4"],
      checkov: ["CKV_K8S_141"],
      trivy: ["KCV-0082"],
      kubescape: ["C-0175"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const port = kubeletOf(userData).said("readOnlyPort");
      if (port !== undefined && port !== 0)
        yield { path: "userData", message: `the kubelet answers without asking on port ${JSON.stringify(port)}` };
    },
    good: [bottlerocket({ kubernetes: {} }), nodeConfig({ readOnlyPort: 0 }), nodeConfig({})],
    bad: [...wrong({ readOnlyPort: 10255 }), nodeConfig({}, ["--read-only-port=10255"])],
  }),
];
