import * as aws from "@pulumi/aws";

import type { Run } from "../../../twin/mocks";
import { cluster, nodes, role, subnets } from "./cluster-program";
import { type Careless, deleting, trust } from "./program";

const CLUSTER = "aws:eks/cluster:Cluster";
/** Whoever runs these programs. */
const CREATOR = "arn:aws:iam::111122223333:role/platform-admin";
const api = { accessConfig: { authenticationMode: "API" } };

/** Updates the cluster as the engine does, with other inputs than it has. */
const updating =
  (...changes: readonly object[]) =>
  async ({ account, registrations }: Run) => {
    const { urn = "", inputs = {} } = registrations.find(({ type }) => type === CLUSTER) ?? {};
    const subject = { urn, type: CLUSTER, id: "production", oldInputs: inputs };
    await Promise.all(changes.map((change) => account.update({ ...subject, inputs: { ...inputs, ...change } })));
  };

/** A node group whose template names its image, and what the group says of it. */
const withImage = (more: Partial<aws.eks.NodeGroupArgs>, imageId: string | undefined = "ami-0123456789abcdef0") => {
  const { name, vpcConfig } = cluster();
  const template = new aws.ec2.LaunchTemplate("main", { ...(imageId !== "" && { imageId }) });
  const launchTemplate = { id: template.id, version: template.latestVersion.apply(String) };
  nodes(name, vpcConfig.subnetIds, [], { launchTemplate, ...more });
};

/** What EKS refuses. */
export const eks: readonly Careless[] = [
  ["a cluster in one zone", "at least two different AZs", () => cluster({}, ["a"])],
  ["a cluster version that EKS does not offer", "unsupported Kubernetes version", () => cluster({ version: "1.12" })],
  [
    "a cluster role for another service",
    "Role could not be assumed because the trusted entity is not correct",
    () => {
      const wrong = role("wrong", "ec2.amazonaws.com", "AmazonEKSClusterPolicy");
      return cluster({ roleArn: wrong.arn });
    },
  ],
  [
    "a cluster role without its policy",
    "The provided role doesn't have the Amazon EKS Managed Policies",
    () => cluster({ roleArn: role("bare", "eks.amazonaws.com").arn }),
  ],
  [
    "a cluster with a subnet that does not exist",
    "InvalidParameterException: The subnet ID 'subnet-1' does not exist",
    () => cluster({ vpcConfig: { subnetIds: ["subnet-1"] } }),
  ],
  [
    "a cluster that nobody can reach",
    "Private and public endpoint access cannot be false",
    () => cluster({ vpcConfig: { subnetIds: subnets("a", "b"), endpointPublicAccess: false } }, []),
  ],
  [
    "secrets under a key that waits for its end",
    "KMSInvalidStateException",
    () => cluster(),
    async (run) => {
      const key = { urn: "urn:pulumi:test::bulwark::aws:kms/key:Key::late", type: "aws:kms/key:Key" };
      const { id, properties } = await run.account.create({ ...key, inputs: {} });
      await run.account.delete({ ...key, id });
      const encryptionConfig = { resources: ["secrets"], provider: { keyArn: properties["arn"] } };
      await updating({ encryptionConfig })(run);
    },
  ],
  [
    "nodes of a cluster that does not exist",
    "No cluster found for name: staging.",
    () => nodes("staging", subnets("a")),
  ],
  [
    "nodes before their cluster is ACTIVE",
    "InvalidRequestException: Cluster 'production' is not in ACTIVE status, it is CREATING",
    () => {
      // The literal name is the mistake: nothing waits for the cluster.
      const home = subnets("a", "b");
      cluster({ vpcConfig: { subnetIds: home } }, []);
      const later = new aws.iam.Role(
        "later",
        { assumeRolePolicy: trust("ec2.amazonaws.com") },
        { dependsOn: role("soon", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy").ready },
      );
      nodes("production", home, [later]);
    },
  ],
  [
    "nodes without a way out",
    "NodeCreationFailure",
    () => {
      const { name, vpcConfig } = cluster();
      nodes(name, vpcConfig.subnetIds);
    },
  ],
  [
    "two updates of a cluster at once",
    "Cannot LoggingUpdate because cluster production currently has update",
    () => cluster({ version: "1.34" }),
    updating({ version: "1.35" }, { version: "1.35", enabledClusterLogTypes: ["audit"] }),
  ],
  [
    "an upgrade over two versions",
    "Unsupported Kubernetes minor version update from 1.34 to 1.36",
    () => cluster({ version: "1.34" }),
    updating({ version: "1.36" }),
  ],
  [
    "a way back from access entries",
    "Unsupported authentication mode update from API to CONFIG_MAP",
    () => cluster(api),
    updating({ accessConfig: { authenticationMode: "CONFIG_MAP" } }),
  ],
  [
    "an access entry for the cluster's creator, who has one",
    "The specified access entry resource is already in use on this cluster.",
    () => new aws.eks.AccessEntry("main", { clusterName: cluster(api).name, principalArn: CREATOR }),
  ],
  [
    "an access policy for who has no entry",
    "The specified principalArn could not be found",
    () => {
      const clusterName = cluster({
        accessConfig: { ...api.accessConfig, bootstrapClusterCreatorAdminPermissions: false },
      }).name;
      const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
      const principalArn = "arn:aws:iam::111122223333:role/cluster";
      new aws.eks.AccessPolicyAssociation("main", {
        clusterName,
        policyArn,
        principalArn,
        accessScope: { type: "cluster" },
      });
    },
  ],
  [
    "a node group of EKS's image from a template with another",
    "You cannot specify an AMI Type other than CUSTOM",
    () => {
      withImage({ amiType: "AL2023_x86_64_STANDARD" });
    },
  ],
  [
    "a node group of a version with an image that has one",
    "You cannot specify a kubernetes version to use when specifying an image id",
    () => {
      withImage({ amiType: "CUSTOM", version: "1.35" });
    },
  ],
  [
    "a node group on a release of an image that EKS does not know",
    "You cannot specify a release version to use when specifying an image id",
    () => {
      withImage({ amiType: "CUSTOM", releaseVersion: "1.35.2-20261112" });
    },
  ],
  [
    "a node group of an image that nobody names",
    "You must specify an image id in your launch template",
    () => {
      withImage({ amiType: "CUSTOM" }, "");
    },
  ],
  [
    "CoreDNS before there are nodes",
    "InsufficientNumberOfReplicas",
    () => {
      const clusterName = cluster({ bootstrapSelfManagedAddons: false }).name;
      return new aws.eks.Addon("main", { clusterName, addonName: "coredns" });
    },
  ],
  [
    "an add-on over the copy that EKS installs by itself",
    "ConfigurationConflict",
    () => new aws.eks.Addon("main", { clusterName: cluster().name, addonName: "vpc-cni" }),
  ],
  [
    "a pod's role that pods may not assume",
    "Trust policy of the role does not allow pods.eks.amazonaws.com",
    () => {
      const args = { clusterName: cluster().name, namespace: "orders", serviceAccount: "api" };
      new aws.eks.PodIdentityAssociation("main", { ...args, roleArn: role("pods", "eks.amazonaws.com").arn });
    },
  ],
  [
    "a cluster deleted while it is protected",
    "because deletion protection is enabled",
    () => cluster({ deletionProtection: true }),
    deleting(CLUSTER),
  ],
  [
    "a cluster deleted before its subnet's interfaces",
    "DependencyViolation",
    () => cluster(),
    deleting("aws:ec2/subnet:Subnet", "a"),
  ],
];
