import type { Properties, World } from "../../behaviour";
import { AwsError } from "../../error";
import { accountOf } from "../arn";
import { managedPolicies, roleByArn, trusts } from "../iam/trust";
import { text } from "../property";

const CLUSTER_POLICY = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";

/** Refuses a cluster role that EKS cannot assume or that has not the policy EKS looks for. */
export function refuseClusterRole(world: World, inputs: Properties): void {
  const arn = text(inputs, "roleArn") ?? "";
  if (accountOf(arn) !== world.accountId)
    throw new AwsError("AccessDeniedException", "Cross-account pass role is not allowed.", 403);
  const role = roleByArn(world, arn);
  if (role === undefined || !trusts(role, "eks.amazonaws.com"))
    throw invalid("Role could not be assumed because the trusted entity is not correct");
  if (!managedPolicies(world, role).includes(CLUSTER_POLICY))
    throw invalid(
      `The provided role doesn't have the Amazon EKS Managed Policies associated with it. Please ensure the following policy is attached: ${CLUSTER_POLICY}`,
    );
}

/** What keeps the nodes of a role from joining, or undefined: the worker and network policies they need. */
export function missingNodePolicy(world: World, arn: string): string | undefined {
  const role = roleByArn(world, arn);
  if (role === undefined) return undefined;
  const names = managedPolicies(world, role).map((policy) => policy.split("/").at(-1) ?? "");
  // The network policy may sit with the vpc-cni add-on's own role instead, so only the worker policy is certain.
  return names.some((name) => /^AmazonEKSWorkerNode(Minimal)?Policy$/.test(name))
    ? undefined
    : "AmazonEKSWorkerNodePolicy";
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
