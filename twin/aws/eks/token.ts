/** The tokens of EKS that know each other. */
export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const FARGATE = "aws:eks/fargateProfile:FargateProfile";
export const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";
export const ACCESS_POLICY_ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const ADDON = "aws:eks/addon:Addon";
export const IDENTITY_PROVIDER = "aws:eks/identityProviderConfig:IdentityProviderConfig";

/** The tokens of EC2 that EKS looks at or makes. */
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const AUTO_SCALING_GROUP = "aws:autoscaling/group:Group";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
