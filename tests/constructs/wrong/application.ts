import { ApiObject } from "cdk8s";
import { Application, remote, Task, Tenant, WebService } from "../../../constructs";
import { image, type Wrong } from "./row";

const foreign = (apiVersion: string, kind: string, more: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: "own" },
  ...more,
});

/** Wrong uses of the application and its tenant: names, flows, and objects that are not its own to write. */
export const application: readonly Wrong[] = [
  {
    name: "an application without an owner",
    write: (_, app) => new Application(app, "other", { tenant: "team-shop", owner: " " }),
    got: 'got " "',
    fix: "write an address or a team's name",
  },
  {
    name: "an application in a namespace of the cluster's own",
    write: (_, app) => new Application(app, "other", { tenant: "kube-system", owner: "me" }),
    got: '"kube-system"',
    fix: "neither default nor begins with kube-",
  },
  {
    name: "a tenant without an owner",
    write: (_, app) => new Tenant(app, "team-b", { owner: "", podSecurityVersion: "v1.36" }),
    got: 'got ""',
    fix: "who answers for tenant",
  },
  {
    name: "a tenant that weakens Pod Security without a reason",
    write: (_, app) =>
      new Tenant(app, "team-b", {
        owner: "me",
        podSecurityVersion: "v1.36",
        podSecurity: { level: "privileged", reason: "" },
      }),
    got: "level privileged needs a reason",
    fix: "say which pods need it and why",
  },
  {
    name: "two workloads with one name",
    write: (shop) => [new Task(shop, "it", { image }), new Task(shop, "it", { image })],
    got: '"it" already stands in application "shop"',
    fix: "give one of them another name",
  },
  {
    name: "two workloads of one tenant with one name, in two applications",
    write: (shop, app) => {
      const other = new Application(app, "other", { tenant: "team-shop", owner: "me" });
      return [new Task(shop, "it", { image }), new Task(other, "it", { image })];
    },
    got: 'workload "it" also stands in application',
    fix: "rename one",
  },
  {
    name: "a workload that would replace the tenant's default deny",
    write: (shop) => new Task(shop, "default-deny", { image }),
    got: '"default-deny"',
    fix: "give it another name",
  },
  {
    name: "a name in capitals",
    write: (shop) => new Task(shop, "Storefront", { image }),
    got: '"Storefront"',
    fix: "lower-case letters",
  },
  {
    name: "a wildcard host",
    write: (shop) => new WebService(shop, "it", { image, port: 8080, host: "*.example.com" }),
    got: '"*.example.com"',
    fix: "name each host by itself",
  },
  {
    name: "one host for two workloads",
    write: (shop) => [
      new WebService(shop, "a", { image, port: 8080, host: "shop.example.com" }),
      new WebService(shop, "b", { image, port: 8080, host: "shop.example.com" }),
    ],
    got: 'host "shop.example.com" of "a" also leads to "team-shop/b"',
    fix: "give one of them another name",
  },
  {
    name: "everything on the internet",
    write: (shop) => new Task(shop, "it", { image }).reaches("*"),
    got: '"*"',
    fix: "one full host name",
  },
  {
    name: "an address instead of a name",
    write: (shop) => new Task(shop, "it", { image }).reaches("169.254.169.254"),
    got: '"169.254.169.254"',
    fix: "one full host name",
  },
  {
    name: "a URL instead of a name",
    write: (shop) => new Task(shop, "it", { image }).reaches("https://api.stripe.com/v1"),
    got: '"https://api.stripe.com/v1"',
    fix: "one full host name",
  },
  {
    name: "another workload by its address in the cluster",
    write: (shop) => new Task(shop, "it", { image }).reaches("payments.team-pay.svc.cluster.local"),
    got: '"payments.team-pay.svc.cluster.local"',
    fix: "use calls",
  },
  {
    name: "a call without consent",
    write: (shop, app) => {
      const pay = new Application(app, "pay", { tenant: "team-pay", owner: "me" });
      return new Task(shop, "it", { image }).calls(new WebService(pay, "payments", { image, port: 8080 }));
    },
    got: '"team-shop/it" calls "team-pay/payments" without its consent',
    fix: 'write accepts("team-shop/it") on payments',
  },
  {
    name: "a call by name of what stands here",
    write: (shop) => {
      new WebService(shop, "web", { image, port: 8080 });
      return new Task(shop, "it", { image }).calls(remote("team-shop/web", { port: 8080 }));
    },
    got: '"it" calls "team-shop/web" as a workload of another repository',
    fix: "pass the workload itself to calls",
  },
  {
    name: "a call to a privileged port elsewhere",
    write: (shop) => new Task(shop, "it", { image }).calls(remote("team-pay/payments", { port: 443 })),
    got: "got 443",
    fix: "from 1024",
  },
  {
    name: "consent for everybody",
    write: (shop) => new WebService(shop, "it", { image, port: 8080 }).accepts("*"),
    got: '"*"',
    fix: "must be written tenant/workload",
  },
  {
    name: "consent for every workload of a tenant",
    write: (shop) => new WebService(shop, "it", { image, port: 8080 }).accepts("team-pay/*"),
    got: '"*"',
    fix: "lower-case letters",
  },
  {
    name: "consent for the gateway",
    write: (shop) => new WebService(shop, "it", { image, port: 8080 }).accepts("istio-ingress/anything"),
    got: '"istio-ingress/anything"',
    fix: "write `host` on a WebService",
  },
  {
    name: "a bucket by its ARN",
    write: (shop) => new Task(shop, "it", { image }).usesBucket("arn:aws:s3:::invoices"),
    got: '"arn:aws:s3:::invoices"',
    fix: "lower-case letters",
  },
  {
    name: "a literal secret",
    write: (shop) => new ApiObject(shop, "own", foreign("v1", "Secret", { stringData: { key: "hunter2" } })),
    got: 'Secret "own"',
    fix: "an ExternalSecret brings it from AWS Secrets Manager",
  },
  {
    name: "a pod that nobody hardened",
    write: (shop) => new ApiObject(shop, "own", foreign("apps/v1", "Deployment")),
    got: 'Deployment "own"',
    fix: "write a WebService, Worker",
  },
  {
    name: "a network policy of one's own",
    write: (shop) => new ApiObject(shop, "own", foreign("networking.k8s.io/v1", "NetworkPolicy")),
    got: 'NetworkPolicy "own"',
    fix: "declare the flow instead",
  },
  {
    name: "a way past mutual TLS",
    write: (shop) => new ApiObject(shop, "own", foreign("security.istio.io/v1", "PeerAuthentication")),
    got: 'PeerAuthentication "own"',
    fix: "ask the platform's owners to change the Tenant",
  },
  {
    name: "rights in the cluster",
    write: (shop) => new ApiObject(shop, "own", foreign("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")),
    got: 'ClusterRoleBinding "own"',
    fix: "ask its owners for a persona",
  },
  {
    name: "a door beside the platform's",
    write: (shop) => new ApiObject(shop, "own", foreign("networking.k8s.io/v1", "Ingress")),
    got: 'Ingress "own"',
    fix: "write `host` on a WebService",
  },
  {
    name: "an address of the network that somebody else may own",
    write: (shop) => new ApiObject(shop, "own", foreign("v1", "Service", { spec: { externalIPs: ["203.0.113.9"] } })),
    got: "a door of its own (externalIPs)",
    fix: "write `host` on a WebService",
  },
  {
    name: "an object in another namespace",
    write: (shop) =>
      new ApiObject(shop, "own", { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "team-pay" } }),
    got: 'in namespace "team-pay", and the application in tenant "team-shop"',
    fix: "leave metadata.namespace away",
  },
];
