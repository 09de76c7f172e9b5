import type { ClusterBlueprint } from "../blueprint/schema";

/** How somebody signs in: by the AWS role of their session, or by the company's identity provider. */
export type SignIn = "aws" | "oidc";

/** What a kubeconfig says about a cluster; all of it is public. */
export interface KubeconfigArgs {
  readonly blueprint: {
    readonly region: string;
    readonly cluster: Pick<ClusterBlueprint["cluster"], "name">;
    readonly identity: Pick<ClusterBlueprint["identity"], "provider">;
  };
  /** Where the Kubernetes API answers. */
  readonly endpoint: string;
  /** The base64 certificate by which the API is known. */
  readonly certificateAuthority: string;
  /** @default oidc where the cluster has an identity provider, else aws */
  readonly signIn?: SignIn;
  /** The port of this machine that a tunnel leads from. @default none: the API is reached at its own address */
  readonly tunnelPort?: number;
}

/** The scope by which many providers put groups into a token; a provider that does not know it passes over it. */
const SCOPES = ["email", "groups"];

/**
 * A kubeconfig for people, as YAML (JSON is YAML). It holds no credential and so may lie in a repository: each time,
 * kubectl calls a program that asks whoever sits there. The name of the context is the cluster's, so that two clusters
 * fit into one file.
 */
export function renderKubeconfig({ blueprint, endpoint, certificateAuthority, ...args }: KubeconfigArgs): string {
  if (!/^https:\/\/\S+$/.test(endpoint)) throw new Error(`the API's endpoint must be https, got "${endpoint}"`);
  if (!/^[A-Za-z0-9+/]+=*$/.test(certificateAuthority))
    throw new Error("the certificate authority must be base64; take it from the stack's outputs after the first up");

  const { name } = blueprint.cluster;
  const signIn = args.signIn ?? (blueprint.identity.provider === undefined ? "aws" : "oidc");
  const user = `${name}-${signIn}`;
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name, cluster: { ...server(endpoint, args.tunnelPort), "certificate-authority-data": certificateAuthority } },
    ],
    users: [{ name: user, user: { exec: { ...exec(blueprint, signIn), apiVersion: EXEC_VERSION } } }],
    contexts: [{ name, context: { cluster: name, user, namespace: "default" } }],
    "current-context": name,
    preferences: {},
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** Through a tunnel the address is another, and the certificate is still asked for the API's own name. */
function server(endpoint: string, port: number | undefined) {
  if (port === undefined) return { server: endpoint };
  return { server: `https://127.0.0.1:${port}`, "tls-server-name": endpoint.replace(/^https:\/\//, "") };
}

/** What `aws eks update-kubeconfig` writes too; both programs speak it. */
const EXEC_VERSION = "client.authentication.k8s.io/v1beta1";

interface Exec {
  readonly command: string;
  readonly args: readonly string[];
  readonly interactiveMode: "Never" | "IfAvailable";
  readonly installHint: string;
  readonly provideClusterInfo: false;
}

function exec({ region, cluster, identity }: KubeconfigArgs["blueprint"], signIn: SignIn): Exec {
  switch (signIn) {
    case "aws":
      return {
        command: "aws",
        args: ["--region", region, "eks", "get-token", "--cluster-name", cluster.name, "--output", "json"],
        interactiveMode: "Never",
        installHint: "install the AWS CLI, then sign in, for example with `aws sso login`",
        provideClusterInfo: false,
      };
    case "oidc": {
      const { provider } = identity;
      if (provider === undefined)
        throw new Error("signing in by oidc needs identity.provider in the blueprint; sign in by aws, or describe one");
      return {
        command: "kubectl",
        args: [
          "oidc-login",
          "get-token",
          `--oidc-issuer-url=${provider.issuer}`,
          `--oidc-client-id=${provider.clientId}`,
          ...SCOPES.map((scope) => `--oidc-extra-scope=${scope}`),
          "--oidc-pkce-method=S256",
          // Else the tokens lie in plain files under ~/.kube/cache.
          "--token-cache-storage=keyring",
        ],
        interactiveMode: "IfAvailable",
        installHint: "install kubelogin: `kubectl krew install oidc-login`",
        provideClusterInfo: false,
      };
    }
  }
}
