import { App, Application, type Needs, NodeAgent, Tenant, type TenantArgs } from "../../constructs";
import { IMAGE } from "./golden/cases";
import { ofKind, pods, written } from "./manifest";
import { refusals } from "./pod-security";

const REASON = "it reads the node's container logs";

function agent(needs: Needs, podSecurity?: TenantArgs["podSecurity"]) {
  const app = new App();
  new Tenant(app, "sensors", {
    owner: "sre@example.com",
    podSecurityVersion: "v1.36",
    ...(podSecurity && { podSecurity }),
  });
  const application = new Application(app, "watch", { tenant: "sensors", owner: "sre@example.com" });
  new NodeAgent(application, "sensor", { image: IMAGE, health: { command: ["/bin/alive"] }, needs });
  return written(app);
}

const privileged = { level: "privileged", reason: "sensors read their nodes" } as const;
const baseline = { level: "baseline", reason: "sensors run as root" } as const;

describe("a node agent", () => {
  it("gets nothing of its node that it does not name", () => {
    const [made] = pods(agent({ reason: REASON }, baseline));
    expect(made && refusals(made.pod as never)).toEqual([]);
    expect(JSON.stringify(made?.pod)).not.toMatch(/hostPath|hostNetwork|hostPID|"privileged":true/);
  });

  it("gets exactly what it names, read-only and never privileged", () => {
    const needs: Needs = {
      reason: REASON,
      folders: [{ path: "/var/log" }],
      capabilities: ["DAC_READ_SEARCH"],
      root: true,
    };
    const [made] = pods(agent(needs, privileged));
    expect(made && refusals(made.pod as never).sort()).toEqual([
      "a capability",
      "a container that may run as root",
      "a volume type",
      "the user 0",
    ]);
    expect(made?.pod.spec.containers).toMatchObject([
      {
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"], add: ["DAC_READ_SEARCH"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
    ]);
    expect(JSON.stringify(made?.pod)).toContain('{"mountPath":"/host/var/log","name":"node-var-log","readOnly":true}');
  });

  it("is privileged only if that is said, in a form that Kubernetes accepts", () => {
    const [made] = pods(agent({ reason: REASON, privileged: true }, privileged));
    expect(made?.pod.spec.containers).toMatchObject([
      { securityContext: { privileged: true, allowPrivilegeEscalation: true } },
    ]);
  });

  it("says why in the DaemonSet, and runs on tainted nodes too", () => {
    const [daemonSet] = ofKind(agent({ reason: REASON }, baseline), "DaemonSet");
    expect(daemonSet).toMatchObject({
      metadata: { annotations: { "bulwark/privilege-reason": REASON } },
      spec: { template: { spec: { tolerations: [{ operator: "Exists" }] } } },
    });
  });

  it("keeps the network closed like every other workload", () => {
    const [policy] = ofKind(agent({ reason: REASON }, baseline), "NetworkPolicy").filter(
      ({ metadata }) => metadata.name === "sensor",
    );
    expect(policy?.spec).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "sensor" } },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it.each<[string, Needs, TenantArgs["podSecurity"], string]>([
    ["without a reason", { reason: " " }, privileged, "say what it must see of its node and why"],
    ["in a restricted tenant", { reason: REASON }, undefined, 'level baseline, and tenant "sensors" has restricted'],
    [
      "with a folder in a baseline tenant",
      { reason: REASON, folders: [{ path: "/var/log" }] },
      baseline,
      'podSecurity: { level: "privileged"',
    ],
    [
      "with a strong capability in a baseline tenant",
      { reason: REASON, capabilities: ["SYS_ADMIN"] },
      baseline,
      "needs Pod Security level privileged",
    ],
    [
      "with the whole node as a folder",
      { reason: REASON, folders: [{ path: "/" }] },
      privileged,
      'a folder of the node must be an absolute path without "..", got "/"',
    ],
    ["with a way back up", { reason: REASON, folders: [{ path: "/var/../etc" }] }, privileged, 'got "/var/../etc"'],
    ["with one capability twice", { reason: REASON, capabilities: ["BPF", "BPF"] }, privileged, '"BPF" twice'],
  ])("is refused %s", (_, needs, podSecurity, message) => {
    expect(() => agent(needs, podSecurity)).toThrow(message);
  });
});
