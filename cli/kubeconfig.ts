import { renderKubeconfig, type SignIn } from "../stacks/identity/kubeconfig";
import { standing } from "./cluster";

export interface KubeconfigOptions {
  /** @default oidc where the cluster has an identity provider, else aws */
  readonly signIn?: SignIn;
  /** The rehearsed cluster instead of a real one; a text says where the rehearsal lies. */
  readonly rehearse?: true | string;
}

/** `kubeconfig <stack>`: prints a kubeconfig that holds no credential, from the stack's configuration and its outputs. */
export async function kubeconfig(stack: string, { signIn, rehearse }: KubeconfigOptions): Promise<void> {
  const { blueprint, endpoint, certificateAuthority } = await standing(stack, rehearse);
  const told = { blueprint, endpoint, certificateAuthority, ...(signIn !== undefined && { signIn }) };
  process.stdout.write(renderKubeconfig(told));
}
