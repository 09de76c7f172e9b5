import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { roleByArn, trusts } from "../iam/trust";
import { text } from "../property";
import { ofCluster, refuseWhileUpdating, runningCluster } from "./active";
import { IDENTITY_PROVIDER } from "./token";

const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/** The IAM role of a service account, given to its pods by the agent; the agent itself is needed only at run time. */
export const podIdentityAssociation: Behaviour = {
  token: POD_IDENTITY,
  service: "EKS",
  words: "EKS Pod Identity Association",
  replaces: ["clusterName", "namespace", "serviceAccount"],
  required: ["clusterName", "namespace", "roleArn", "serviceAccount"],
  minutes: { create: 0.1, update: 0.1 },
  references: [
    ofCluster,
    {
      path: "roleArn",
      to: "aws:iam/role:Role",
      by: "arn",
      missing: () => invalid("Role provided in the request does not exist"),
    },
  ],
  defaults: () => ({ disableSessionTags: false }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    runningCluster(call);
    const role = roleByArn(world, text(inputs, "roleArn") ?? "");
    // Wording not verified.
    if (role !== undefined && !trusts(role, "pods.eks.amazonaws.com"))
      throw invalid("Trust policy of the role does not allow pods.eks.amazonaws.com");
    const twin = world
      .all(POD_IDENTITY)
      .some((other) =>
        ["clusterName", "namespace", "serviceAccount"].every((property) => other.inputs[property] === inputs[property]),
      );
    if (twin) throw new AwsError("ResourceInUseException", "Association already exists", 409); // wording not verified
    if (inputs["policy"] !== undefined && inputs["disableSessionTags"] !== true)
      throw invalid("A session policy needs disableSessionTags"); // wording not verified
  },
  id: ({ world }) => `a-${world.hex(17)}`,
  outputs: ({ world, inputs }, id) => ({
    associationId: id,
    associationArn: regionalArn(world, "eks", `podidentityassociation/${text(inputs, "clusterName") ?? ""}/${id}`),
    externalId: inputs["targetRoleArn"] === undefined ? "" : world.uuid("external"),
  }),
};

/** An outside identity provider of a cluster; associating one takes long and counts as an update of the cluster. */
export const identityProviderConfig: Behaviour = {
  token: IDENTITY_PROVIDER,
  service: "EKS",
  words: "EKS Identity Provider Config",
  replaces: "all",
  required: ["clusterName", "oidc.clientId", "oidc.identityProviderConfigName", "oidc.issuerUrl"],
  minutes: { create: 15, delete: 10 },
  references: [ofCluster],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    refuseWhileUpdating(world, runningCluster(call), "AssociateIdentityProviderConfig");
    const others = world
      .all(IDENTITY_PROVIDER)
      .filter((other) => other.inputs["clusterName"] === inputs["clusterName"]);
    if (others.length >= 10)
      throw new AwsError("ResourceLimitExceededException", "At most 10 identity provider configs per cluster"); // wording not verified
    if (!(text(inputs, "oidc.issuerUrl") ?? "").startsWith("https://"))
      throw invalid("The issuer URL must begin with https://");
  },
  id: ({ inputs }) => `${text(inputs, "clusterName") ?? ""}:${text(inputs, "oidc.identityProviderConfigName") ?? ""}`,
  outputs: ({ world, inputs }) => {
    const [cluster, name] = [text(inputs, "clusterName") ?? "", text(inputs, "oidc.identityProviderConfigName") ?? ""];
    return {
      arn: regionalArn(world, "eks", `identityproviderconfig/${cluster}/oidc/${name}/${world.uuid()}`),
      identityProviderConfigName: name,
      status: "ACTIVE",
    };
  },
};

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
