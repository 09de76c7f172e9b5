import { AwsError } from "../error";
import { ProviderError } from "../provider-error";
import { RELEASE } from "./kind";
import { Refusal } from "./refusal";

/** What the provider was about to do. */
export type Operation = "create" | "update" | "delete" | "read";

const FORGET =
  "you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment " +
  'variable set to "true"';

/** What the provider says when the cluster does not answer. */
export function unreachable(type: string, operation: Operation, why: string): string {
  if (operation === "read") {
    return `failed to read resource state due to unreachable cluster. If the cluster was deleted, ${FORGET}`;
  }
  if (type === RELEASE) return `can't ${operation} Helm Release with unreachable cluster: ${why}`;
  if (operation === "delete")
    return `configured Kubernetes cluster is unreachable. If the cluster was deleted, ${FORGET}`;
  return `configured Kubernetes cluster is unreachable: ${why}`;
}

/** A refusal in the provider's words; any other error as it is. */
export function refused(error: unknown, urn: string, operation: Operation): unknown {
  if (error instanceof AwsError) return new ProviderError(`${error.code}: ${error.message}`, error.code);
  if (!(error instanceof Refusal)) return error;
  if (operation !== "create")
    return new ProviderError(`update of resource "${urn}" failed: ${error.message}`, error.reason);
  if (error.reason === "NoMatch") {
    const why = "the Kubernetes API server reported that the apiVersion for this resource does not exist";
    const hint = "Verify that any required CRDs have been created";
    return new ProviderError(
      `creation of resource "${urn}" failed because ${why}. ${hint}: ${error.message}`,
      error.reason,
    );
  }
  return new ProviderError(
    `resource "${urn}" was not successfully created by the Kubernetes API server: ${error.message}`,
    error.reason,
  );
}
