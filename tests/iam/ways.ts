/**
 * Known ways to more rights, each as the actions that open it together. Gathered from Rhino Security Labs' "AWS IAM
 * Privilege Escalation: Methods and Mitigation" and from the paths listed at pathfinding.cloud, both as generally known in
 * 2026; names of actions are AWS's own. Not verified: that the list is complete.
 */

/** What somebody could come to administer. */
export type Target = "account" | "cluster" | "keys";

/** Actions that alone rewrite who may do what in the account. */
export const ACCOUNT = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateUser",
  "iam:DeactivateMFADevice",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DetachRolePolicy",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:ResetServiceSpecificCredential",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAccessKey",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "iam:UpdateOpenIDConnectProviderThumbprint",
  "iam:UpdateSAMLProvider",
  "identitystore:CreateGroupMembership",
  "organizations:DetachPolicy",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:CreateAccountAssignment",
  "sso:PutInlinePolicyToPermissionSet",
] as const;

/** Sets of actions that together make somebody an administrator of a cluster. */
export const CLUSTER: readonly (readonly string[])[] = [
  ["eks:AssociateAccessPolicy"],
  ["eks:AssociateIdentityProviderConfig"],
  ["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"],
  ["eks:CreateAccessEntry"],
  ["eks:UpdateAccessEntry"],
  ["eks:UpdateClusterConfig"],
];

/** A service that lends a role to whoever makes it run something. */
export interface Door {
  /** Whom the role must trust. */
  readonly service: string;
  readonly opened: readonly (readonly string[])[];
}

/** Services that run something new under a role that one may pass. */
export const PASSING: readonly Door[] = [
  {
    service: "ec2",
    opened: [
      ["ec2:RunInstances"],
      ["ec2:CreateFleet"],
      ["ec2:RequestSpotInstances"],
      ["ec2:RequestSpotFleet"],
      ["ec2:AssociateIamInstanceProfile"],
      ["ec2:ReplaceIamInstanceProfileAssociation"],
      ["autoscaling:CreateAutoScalingGroup"],
      ["autoscaling:CreateLaunchConfiguration"],
      ["autoscaling:UpdateAutoScalingGroup", "ec2:CreateLaunchTemplateVersion"],
      ["eks:CreateNodegroup"],
      ["imagebuilder:CreateInfrastructureConfiguration"],
      ["iam:AddRoleToInstanceProfile"],
    ],
  },
  {
    service: "lambda",
    opened: [["lambda:CreateFunction"], ["lambda:UpdateFunctionConfiguration"]],
  },
  {
    service: "glue",
    opened: [
      ["glue:CreateDevEndpoint"],
      ["glue:CreateJob", "glue:StartJobRun"],
      ["glue:CreateJob", "glue:CreateTrigger"],
      ["glue:UpdateJob"],
      ["glue:CreateSession"],
    ],
  },
  {
    service: "cloudformation",
    opened: [
      ["cloudformation:CreateStack"],
      ["cloudformation:UpdateStack"],
      ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
      ["cloudformation:CreateStackSet"],
      ["cloudformation:UpdateStackSet"],
    ],
  },
  { service: "codebuild", opened: [["codebuild:CreateProject"], ["codebuild:UpdateProject"]] },
  { service: "codepipeline", opened: [["codepipeline:CreatePipeline"], ["codepipeline:UpdatePipeline"]] },
  { service: "datapipeline", opened: [["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"]] },
  {
    service: "sagemaker",
    opened: [["sagemaker:CreateNotebookInstance"], ["sagemaker:CreateTrainingJob"], ["sagemaker:CreateProcessingJob"]],
  },
  {
    service: "ecs-tasks",
    opened: [["ecs:RegisterTaskDefinition"], ["ecs:RunTask"], ["ecs:StartTask"], ["batch:RegisterJobDefinition"]],
  },
  { service: "ssm", opened: [["ssm:StartAutomationExecution"], ["ssm:CreateAssociation"]] },
  { service: "states", opened: [["states:CreateStateMachine"], ["states:UpdateStateMachine"]] },
  { service: "scheduler", opened: [["scheduler:CreateSchedule"], ["scheduler:UpdateSchedule"]] },
  { service: "events", opened: [["events:PutTargets"]] },
  { service: "tasks.apprunner", opened: [["apprunner:CreateService"], ["apprunner:UpdateService"]] },
  { service: "elasticmapreduce", opened: [["elasticmapreduce:RunJobFlow"]] },
  {
    service: "bedrock-agentcore",
    opened: [["bedrock-agentcore:CreateCodeInterpreter"], ["bedrock-agentcore:CreateAgentRuntime"]],
  },
  {
    service: "pods.eks",
    opened: [
      ["eks:CreatePodIdentityAssociation"],
      ["eks:UpdatePodIdentityAssociation"],
      ["eks:CreateAddon"],
      ["eks:UpdateAddon"],
    ],
  },
];

/** Services that let one into what runs already, under whatever role it has. */
export const ENTERING: readonly Door[] = [
  {
    service: "ec2",
    opened: [
      ["ssm:SendCommand"],
      ["ssm:StartSession"],
      ["ssm:CreateAssociation"],
      ["ec2:ModifyInstanceAttribute", "ec2:StopInstances"],
      ["ec2-instance-connect:SendSSHPublicKey"],
      ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"],
      ["ec2:CreateReplaceRootVolumeTask"],
      ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
    ],
  },
  { service: "lambda", opened: [["lambda:UpdateFunctionCode"], ["lambda:UpdateFunctionConfiguration"]] },
  { service: "glue", opened: [["glue:UpdateDevEndpoint"], ["glue:UpdateJob"], ["glue:RunStatement"]] },
  {
    service: "cloudformation",
    opened: [["cloudformation:UpdateStack"], ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]],
  },
  {
    service: "codebuild",
    opened: [["codebuild:StartBuild"], ["codebuild:StartBuildBatch"], ["codebuild:UpdateProject"]],
  },
  { service: "datapipeline", opened: [["datapipeline:PutPipelineDefinition"]] },
  { service: "sagemaker", opened: [["sagemaker:CreatePresignedNotebookInstanceUrl"]] },
  { service: "ecs-tasks", opened: [["ecs:ExecuteCommand"]] },
  { service: "states", opened: [["states:UpdateStateMachine"]] },
  { service: "bedrock-agentcore", opened: [["bedrock-agentcore:InvokeCodeInterpreter"]] },
  // A node asks for the credentials of the pods that run on it, and whoever has the node has those pods.
  { service: "pods.eks", opened: [["eks-auth:AssumeRoleForPodIdentity"]] },
];
