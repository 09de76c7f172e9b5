import { parse } from "yaml";

import { renderKubeconfig, type SignIn } from "../../stacks/identity/kubeconfig";
import { clusterBlueprint } from "../layers/blueprints";

const provider = {
  mode: "create",
  issuer: "https://login.example.com",
  clientId: "kubernetes",
  requiredClaims: { hd: "example.com" },
};
const api = { endpoint: "https://ABC.gr7.eu-central-1.eks.amazonaws.com", certificateAuthority: "LS0tLS1CRUdJTg==" };

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: object }[];
  readonly users: readonly { readonly name: string; readonly user: { readonly exec: { readonly args: string[] } } }[];
  readonly contexts: readonly { readonly name: string; readonly context: object }[];
  readonly "current-context": string;
}

const rendered = (identity: object = {}, signIn?: SignIn) =>
  renderKubeconfig({ blueprint: clusterBlueprint({ identity }), ...api, ...(signIn && { signIn }) });
const read = (text: string) => parse(text) as Kubeconfig;

describe("a kubeconfig", () => {
  it("signs in by the AWS role where there is no identity provider", () => {
    const exec = read(rendered()).users[0]?.user.exec;

    expect(exec).toMatchObject({ command: "aws" });
    expect(exec?.args.join(" ")).toBe("--region eu-central-1 eks get-token --cluster-name production --output json");
  });

  it("signs in by the identity provider where there is one, and by AWS on demand", () => {
    expect(read(rendered({ provider })).users[0]?.user.exec.args).toEqual(
      expect.arrayContaining(["--oidc-issuer-url=https://login.example.com", "--oidc-client-id=kubernetes"]),
    );
    expect(read(rendered({ provider }, "aws")).users[0]?.user.exec).toMatchObject({ command: "aws" });
  });

  it.each([
    ["aws", {}],
    ["oidc", { provider }],
  ])("holds no credential when it signs in by %s", (_, identity) => {
    const text = rendered(identity);

    expect(text).not.toMatch(/"(token|password|username|client-key(-data)?|client-certificate(-data)?|auth-provider)"/);
    expect(text).not.toMatch(/client-secret|insecure-skip/);
  });

  it("checks the API's certificate and names one context that fits together", () => {
    const config = read(rendered());
    const [{ name } = { name: "" }] = config.users;

    expect(config.clusters).toEqual([
      {
        name: "production",
        cluster: { server: api.endpoint, "certificate-authority-data": api.certificateAuthority },
      },
    ]);
    expect(config.contexts).toMatchObject([{ name: "production", context: { cluster: "production", user: name } }]);
    expect(config["current-context"]).toBe("production");
  });

  it("is the same each time it is rendered", () => {
    expect(rendered({ provider })).toBe(rendered({ provider }));
  });

  it("is refused without a provider to sign in by, without https, and before the API's certificate is known", () => {
    const blueprint = clusterBlueprint();

    expect(() => rendered({}, "oidc")).toThrow("identity.provider");
    expect(() => renderKubeconfig({ ...api, blueprint, endpoint: "http://api" })).toThrow('got "http://api"');
    expect(() => renderKubeconfig({ ...api, blueprint, certificateAuthority: "" })).toThrow("base64");
  });
});
