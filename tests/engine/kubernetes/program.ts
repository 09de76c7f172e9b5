import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

// Two stacks of one small program: `cluster` says where the API server is, `platform` puts something into it.
export = async () => (pulumi.getStack() === "cluster" ? cluster() : await platform());

function cluster() {
  return { kubeconfig: new pulumi.Config().require("kubeconfig") };
}

async function platform() {
  const reference = new pulumi.StackReference("organization/twin/cluster");
  const kubeconfig = (await reference.getOutputDetails("kubeconfig")).value as string;
  const provider = new k8s.Provider("kubernetes", { kubeconfig });

  const shop = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });
  const release = new k8s.helm.v3.Release(
    "istio-base",
    {
      chart: "base",
      name: "istio-base",
      namespace: shop.metadata.name,
      version: "1.30.3",
      repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
    },
    { provider },
  );
  const metadata = { name: "web", namespace: "shop" };
  new k8s.apiextensions.CustomResource(
    "web",
    { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec: { hosts: ["shop.example.com"] } },
    { provider, dependsOn: release },
  );
  for (const name of ["web", "logging"]) workload(name, { provider, dependsOn: shop });
  const token = { metadata: { name: "token", namespace: "shop" }, stringData: { token: "hunter2" } };
  const secret = new k8s.core.v1.Secret("token", token, { provider, dependsOn: shop });
  return { token: secret.data };
}

function workload(name: string, opts: pulumi.CustomResourceOptions) {
  const labels = { app: name };
  const metadata = { name, namespace: "shop" };
  const image = name === "web" ? new pulumi.Config().require("image") : "registry.example/logging";
  new k8s.core.v1.ServiceAccount(name, { metadata }, opts);
  const pod = { serviceAccountName: name, containers: [{ name, image }] };
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
  new k8s.apps.v1.Deployment(name, { metadata, spec }, opts);
}
