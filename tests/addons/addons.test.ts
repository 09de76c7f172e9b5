import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";
import { made } from "./program";

// A run of a cluster makes some two hundred resources.
jest.setTimeout(60_000);

const ADDON = "aws:eks/addon:Addon";
const ROLE = "aws:iam/role:Role";

const addon = (registrations: readonly Registration[], name: string) => only(registrations, ADDON, `main-${name}`);
const configured = (registrations: readonly Registration[], name: string): unknown =>
  JSON.parse(String(addon(registrations, name).inputs.configurationValues));
const document = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: readonly Record<string, unknown>[] }).Statement;

describe("add-ons that are told nothing", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await made(clusterBlueprint());
  });

  it("are the seven that EKS manages, each at one version that the cluster's own version fits", () => {
    const versions = all(registrations, ADDON).map(({ inputs }) => [inputs.addonName, inputs.addonVersion]);

    expect(Object.fromEntries(versions)).toEqual({
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.36.0-eksbuild.21",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      coredns: "v1.14.3-eksbuild.16",
      "aws-ebs-csi-driver": "v1.65.0-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.10",
      "eks-node-monitoring-agent": "v1.7.2-eksbuild.1",
    });
  });

  it("enforce network policies, in standard mode until somebody has written the system's", () => {
    expect(configured(registrations, "vpc-cni")).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", NETWORK_POLICY_ENFORCING_MODE: "standard" },
    });
  });

  it("take nothing from EKS's defaults where nothing is said", () => {
    const silent = ["kube-proxy", "eks-pod-identity-agent", "coredns", "metrics-server", "eks-node-monitoring-agent"];

    for (const name of silent) expect(addon(registrations, name).inputs).not.toHaveProperty("configurationValues");
  });

  it("stop at changes that somebody made by hand, and go when they are removed", () => {
    for (const { inputs } of all(registrations, ADDON))
      expect(inputs).toMatchObject({
        resolveConflictsOnCreate: "NONE",
        resolveConflictsOnUpdate: "NONE",
        preserve: false,
      });
  });

  it("come before the nodes where nodes need them, and after them where they need nodes", () => {
    const nodes = only(registrations, "aws:eks/nodeGroup:NodeGroup");
    const before = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
    const after = ["coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent"];

    expect(nodes.dependencies).toEqual(expect.arrayContaining(before.map((name) => addon(registrations, name).urn)));
    for (const name of after) expect(addon(registrations, name).dependencies).toContain(nodes.urn);
    for (const name of before) expect(addon(registrations, name).dependencies).not.toContain(nodes.urn);
  });

  it.each([
    ["vpc-cni", "vpc-cni", "aws-node", "AmazonEKS_CNI_Policy"],
    ["aws-ebs-csi-driver", "ebs-csi", "ebs-csi-controller-sa", "AmazonEBSCSIDriverEKSClusterScopedPolicy"],
  ])(
    "give %s a role that its service account alone gets, with what is attached there first",
    (name, purpose, account, policy) => {
      const role = only(registrations, ROLE, `main-${purpose}`);
      const attached = only(registrations, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", `main-${purpose}`);

      expect(addon(registrations, name).inputs.podIdentityAssociations).toEqual([
        { serviceAccount: account, roleArn: `arn:aws:iam::111122223333:role/bulwark-production-${purpose}` },
      ]);
      expect(role.inputs).toMatchObject({ name: `bulwark-production-${purpose}` });
      expect(document(role.inputs.assumeRolePolicy)).toMatchObject([
        {
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:RequestTag/kubernetes-namespace": "kube-system",
              "aws:RequestTag/kubernetes-service-account": account,
            },
          },
        },
      ]);
      expect(attached.inputs.policyArn).toBe(`arn:aws:iam::aws:policy/${policy}`);
      expect(addon(registrations, name).dependencies).toContain(attached.urn);
    },
  );

  it("give no other add-on a role", () => {
    const withRole = all(registrations, ADDON).filter(({ inputs }) => inputs.podIdentityAssociations !== undefined);

    expect(withRole.map(({ inputs }) => inputs.addonName).sort()).toEqual(["aws-ebs-csi-driver", "vpc-cni"]);
    expect(all(registrations, ADDON).filter(({ inputs }) => "serviceAccountRoleArn" in inputs)).toEqual([]);
  });

  it("keep every role inside one boundary", () => {
    const boundary = only(registrations, "aws:iam/policy:Policy", "main-addons-boundary");

    for (const purpose of ["vpc-cni", "ebs-csi"])
      expect(only(registrations, ROLE, `main-${purpose}`).propertyDependencies.permissionsBoundary).toEqual([
        boundary.urn,
      ]);
  });

  it("write on every volume whose it is", () => {
    expect(configured(registrations, "aws-ebs-csi-driver")).toEqual({
      controller: {
        extraVolumeTags: {
          owner: "platform@example.com",
          environment: "production",
          "data-classification": "confidential",
          "bulwark:cluster": "production",
        },
      },
    });
  });
});

describe("add-ons that are told otherwise", () => {
  it("refuse a pod without a policy everything when the blueprint says strict", async () => {
    const registrations = await made(clusterBlueprint({ addons: { networkPolicy: "strict" } }));

    expect(configured(registrations, "vpc-cni")).toMatchObject({
      enableNetworkPolicy: "true",
      env: { NETWORK_POLICY_ENFORCING_MODE: "strict" },
    });
  });

  it("have the version that the blueprint names, and no other changes", async () => {
    const registrations = await made(clusterBlueprint({ addons: { versions: { coredns: "v1.14.2-eksbuild.1" } } }));

    expect(addon(registrations, "coredns").inputs.addonVersion).toBe("v1.14.2-eksbuild.1");
    expect(addon(registrations, "vpc-cni").inputs.addonVersion).toBe("v1.22.4-eksbuild.3");
  });

  it("follow the cluster's version", async () => {
    const registrations = await made(clusterBlueprint({ cluster: { name: "production", version: "1.35" } }));

    expect(addon(registrations, "kube-proxy").inputs.addonVersion).toMatch(/^v1\.35\./);
    expect(addon(registrations, "coredns").inputs.addonVersion).toBe("v1.14.3-eksbuild.2");
  });

  it("give IPv6 addresses with a policy of our own, on the account's interfaces only", async () => {
    const network = {
      mode: "create",
      cidr: "10.20.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      pods: "ipv6",
    };
    const registrations = await made(clusterBlueprint({ network }));
    const policy = only(registrations, "aws:iam/rolePolicy:RolePolicy", "main-vpc-cni");

    expect(JSON.stringify(registrations)).not.toContain("AmazonEKS_CNI_Policy");
    expect(addon(registrations, "vpc-cni").dependencies).toContain(policy.urn);
    expect(document(policy.inputs.policy)).toContainEqual({
      Sid: "Addresses",
      Effect: "Allow",
      Action: ["ec2:AssignIpv6Addresses"],
      Resource: "arn:aws:ec2:eu-central-1:111122223333:network-interface/*",
    });
  });
});
