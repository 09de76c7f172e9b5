import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { run } from "../../../twin/mocks";

const program = () => {
  const namespace = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } });
  const data = { region: "eu-central-1" };
  new k8s.core.v1.ConfigMap("settings", { metadata: { namespace: namespace.metadata.name }, data });
};

it("runs a program of Kubernetes objects in this process", async () => {
  const { registrations, account } = await run(program);
  expect(registrations.map(({ type }) => type)).toEqual([
    "pulumi:pulumi:Stack",
    "kubernetes:core/v1:Namespace",
    "kubernetes:core/v1:ConfigMap",
  ]);
  expect(account.leftovers().made.map(({ id }) => id)).toEqual([
    expect.stringMatching(/^test:shop\/settings-[0-9a-f]{8}$/),
    "test:shop",
  ]);
});

it("reads the outputs that another stack is said to have", async () => {
  const read = async () => {
    const cluster = new pulumi.StackReference("cluster", { name: "organization/bulwark/production" });
    return { endpoint: (await cluster.getOutputDetails("endpoint")).value as string };
  };
  const stacks = { production: { endpoint: "https://example.eu-central-1.eks.amazonaws.com" } };
  const { outputs } = await run(read, { stacks });
  expect(outputs).toEqual({ endpoint: "https://example.eu-central-1.eks.amazonaws.com" });
});

it("ends a program that refers to a stack which is not there, in the engine's words", async () => {
  const program = () => new pulumi.StackReference("cluster", { name: "organization/bulwark/production" });
  await expect(run(program)).rejects.toThrow('unknown stack "organization/bulwark/production"');
});
